import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { dialectOf, qualified } from './own-tables';
import { postgresArray, type PostgresType } from './postgres-array';
import { createPreparedRun, createSqliteTransaction } from './prepared';

/** SQLite takes 32,766 parameters, PostgreSQL 65,535. */
const MOST_PARAMETERS = 30_000;

/** `?, ?, ?` */
export const marks = (count: number): string => Array<string>(count).fill('?').join(',');

/** The table's name as it stands in a raw statement. */
export const quotedTable = (strapi: Core.Strapi, name: string): string => {
  const quote = dialectOf(strapi).client === 'mysql' ? '`' : '"';
  return qualified(strapi, name)
    .split('.')
    .map((part) => quote + part + quote)
    .join('.');
};

/** Rows of a raw statement: each driver wraps them in its own way. */
export const rawRows = <Row>(strapi: Core.Strapi, result: unknown): Row[] => {
  const { client } = dialectOf(strapi);
  if (client === 'postgres') return (result as { rows: Row[] }).rows;
  return client === 'mysql' ? (result as Row[][])[0]! : (result as Row[]);
};

/** A statement with `?` for its bindings. */
export interface RawStatement {
  sql: string;
  /** What follows its conditions: on PostgreSQL, where one may be added (`createWriteUnless`). */
  ending?: string;
  bindings: unknown[];
}

/** Where a row with the same primary key (`keys`) is there, these columns (`sums`) are added up instead. */
interface Upsert<Column> {
  keys: readonly Column[];
  sums: readonly Column[];
}

type Types<Column extends string> = Partial<Record<Column, PostgresType>>;

/**
 * Makes statements that insert rows. They are written out and remembered, as building them costs more than running them;
 * on PostgreSQL a column's values travel as one array, which leaves it one short statement for any number of rows.
 */
export const createRawInsert = <Row extends object, Column extends keyof Row & string = keyof Row & string>(
  strapi: Core.Strapi,
  name: string,
  columns: readonly Column[],
  types: Types<Column> = {},
  { keys, sums }: Upsert<Column> = { keys: [], sums: [] },
): ((rows: readonly Row[]) => RawStatement[]) => {
  const { client } = dialectOf(strapi);
  const mysql = client === 'mysql';
  const added = sums.map((column) =>
    mysql ? `${column} = ${column} + values(${column})` : `${column} = t.${column} + excluded.${column}`,
  );
  const ending =
    added.length === 0
      ? ''
      : mysql
        ? ` on duplicate key update ${added.join(', ')}`
        : ` on conflict (${keys.join(', ')}) do update set ${added.join(', ')}`;
  const beginning = `insert into ${quotedTable(strapi, name)}${mysql ? '' : ' as t'} (${columns.join(',')})`;

  if (client === 'postgres') {
    const arrays = columns.map((column) => `?::${types[column] ?? 'text'}[]`);
    const sql = `${beginning} select * from unnest(${arrays.join(',')})`;
    return (rows) => {
      if (rows.length === 0) return [];
      const bindings = columns.map((column) =>
        postgresArray(
          rows.map((row) => row[column]),
          types[column],
        ),
      );
      return [{ sql, ending, bindings }];
    };
  }

  const values = `(${marks(columns.length)})`;
  const statements = new Map<number, string>();
  const mostRows = Math.floor(MOST_PARAMETERS / columns.length);
  const statementFor = (count: number): string => {
    let statement = statements.get(count);
    if (!statement) {
      statement = `${beginning} values ${Array<string>(count).fill(values).join(',')}${ending}`;
      statements.set(count, statement);
    }
    return statement;
  };
  return (rows) => {
    const made: RawStatement[] = [];
    for (let start = 0, some; start < rows.length; start += some.length) {
      const left = Math.min(rows.length - start, mostRows);
      // On SQLite by powers of two, so that there are few different statements to prepare.
      some = rows.slice(start, start + (mysql ? left : 2 ** Math.floor(Math.log2(left))));
      const bindings: unknown[] = [];
      for (const row of some) for (const column of columns) bindings.push(row[column]);
      made.push({ sql: statementFor(some.length), bindings });
    }
    return made;
  };
};

/** Runs statements one after the other. */
export const runStatements = async (connection: Knex, statements: readonly RawStatement[]): Promise<void> => {
  for (const { sql, ending = '', bindings } of statements)
    await connection.raw(sql + ending, bindings as Knex.RawBinding[]);
};

const allBindings = (statements: readonly RawStatement[]): unknown[] => statements.flatMap(({ bindings }) => bindings);

/**
 * Makes what runs statements that write, all or none; on PostgreSQL as one statement, which saves a round trip for each, and
 * those that begin and commit.
 */
export const createWriteTogether = (strapi: Core.Strapi): ((statements: readonly RawStatement[]) => Promise<void>) => {
  const { client } = dialectOf(strapi);
  if (client === 'sqlite') return createSqliteTransaction(strapi);
  if (client === 'mysql')
    return (statements) => strapi.db.connection.transaction((trx) => runStatements(trx, statements));
  const run = createPreparedRun(strapi);
  return async (statements) => {
    const whole = statements.map(({ sql, ending = '' }) => sql + ending);
    const last = whole.pop();
    if (last === undefined) return;
    const parts = whole.map((sql, index) => `w${index} as (${sql})`);
    const sql = parts.length > 0 ? `with ${parts.join(', ')} ${last}` : last;
    await run({ sql, bindings: allBindings(statements) });
  };
};

/**
 * Makes what runs statements of `createRawInsert`, all or none, unless a query finds anything; in one round trip, on
 * PostgreSQL. Elsewhere there is none: null.
 *
 * @returns what was found; nothing is written then
 */
export const createWriteUnless = (
  strapi: Core.Strapi,
): ((query: RawStatement, statements: readonly RawStatement[]) => Promise<unknown>) | null => {
  if (dialectOf(strapi).client !== 'postgres') return null;
  const run = createPreparedRun(strapi);
  return (query, statements) => {
    const parts = statements.map(
      ({ sql, ending = '' }, index) => `w${index} as (${sql} where not exists (select from found)${ending})`,
    );
    const sql = `with found as materialized (${query.sql}), ${parts.join(', ')} select * from found`;
    return run({ sql, bindings: [...query.bindings, ...allBindings(statements)] });
  };
};
