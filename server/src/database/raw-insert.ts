import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { dialectOf, qualified } from './own-tables';

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

/**
 * Inserts rows by statements that are written out and remembered, as building them costs more than running them.
 *
 * @param sums where a row with the same primary key (`keys`) is there, these columns are added up instead
 */
export const createRawInsert = <Row extends object>(
  strapi: Core.Strapi,
  name: string,
  columns: readonly (keyof Row & string)[],
  { keys, sums }: { keys: readonly (keyof Row & string)[]; sums: readonly (keyof Row & string)[] } = {
    keys: [],
    sums: [],
  },
): ((connection: Knex, rows: readonly Row[]) => Promise<void>) => {
  const mysql = dialectOf(strapi).client === 'mysql';
  const added = sums.map((column) =>
    mysql ? `${column} = ${column} + values(${column})` : `${column} = t.${column} + excluded.${column}`,
  );
  const ending =
    added.length === 0
      ? ''
      : mysql
        ? ` on duplicate key update ${added.join(', ')}`
        : ` on conflict (${keys.join(', ')}) do update set ${added.join(', ')}`;
  const into = `${quotedTable(strapi, name)}${mysql ? '' : ' as t'}`;
  const values = `(${marks(columns.length)})`;
  const statements = new Map<number, string>();
  const mostRows = Math.floor(MOST_PARAMETERS / columns.length);

  const statementFor = (count: number): string => {
    let statement = statements.get(count);
    if (!statement) {
      statement = `insert into ${into} (${columns.join(',')}) values ${Array<string>(count).fill(values).join(',')}${ending}`;
      statements.set(count, statement);
    }
    return statement;
  };

  return async (connection, rows) => {
    for (let start = 0; start < rows.length; start += mostRows) {
      const some = rows.length <= mostRows ? rows : rows.slice(start, start + mostRows);
      const bindings: unknown[] = [];
      for (const row of some) for (const column of columns) bindings.push(row[column]);
      await connection.raw(statementFor(some.length), bindings as Knex.RawBinding[]);
    }
  };
};
