import type { Core } from '@strapi/strapi';
import { dialectOf } from '../../database/own-tables';
import { marks, quotedTable, type RawStatement } from '../../database/raw-insert';
import { postgresType } from './cells';
import type { TargetColumn } from './targets';

/** A row's id, and what its columns become, in their order. */
export interface ChangedRow {
  id: number;
  values: unknown[];
}

/** SQLite takes 32,766 parameters. */
const MOST_PARAMETERS = 30_000;

/**
 * Makes statements that give many rows their new values at once: on PostgreSQL a column's values travel as one array,
 * elsewhere as a table of values.
 */
export const createBatchUpdate = (
  strapi: Core.Strapi,
  table: string,
  columns: readonly TargetColumn[],
): ((rows: readonly ChangedRow[]) => RawStatement[]) => {
  const { client } = dialectOf(strapi);
  const target = quotedTable(strapi, table);
  const quote = client === 'mysql' ? '`' : '"';
  const quoted = columns.map(({ column }) => quote + column + quote);

  if (client === 'postgres') {
    const types = columns.map(({ attribute }) => `?::${postgresType(attribute)}[]`);
    const names = columns.map((_, index) => `c${index}`);
    const sql =
      `update ${target} as t set ${quoted.map((column, index) => `${column} = v.c${index}`).join(', ')} ` +
      `from unnest(?::bigint[], ${types.join(', ')}) as v(id, ${names.join(', ')}) where t.id = v.id`;
    return (rows) => [
      {
        sql,
        bindings: [rows.map(({ id }) => id), ...columns.map((_, index) => rows.map(({ values }) => values[index]))],
      },
    ];
  }

  const perStatement = Math.floor(MOST_PARAMETERS / (columns.length + 1));
  const statementFor = (count: number): string => {
    if (client === 'sqlite') {
      const values = Array<string>(count)
        .fill(`(${marks(columns.length + 1)})`)
        .join(',');
      return (
        `update ${target} as t set ${quoted.map((column, index) => `${column} = v.column${index + 2}`).join(', ')} ` +
        `from (values ${values}) as v where t.id = v.column1`
      );
    }
    const named = `select ? as id, ${columns.map((_, index) => `? as c${index}`).join(', ')}`;
    const rest = ` union all select ${marks(columns.length + 1)}`.repeat(count - 1);
    return (
      `update ${target} as t join (${named}${rest}) as v on t.id = v.id ` +
      `set ${quoted.map((column, index) => `t.${column} = v.c${index}`).join(', ')}`
    );
  };
  return (rows) => {
    const statements: RawStatement[] = [];
    for (let start = 0; start < rows.length; start += perStatement) {
      const some = rows.slice(start, start + perStatement);
      statements.push({ sql: statementFor(some.length), bindings: some.flatMap(({ id, values }) => [id, ...values]) });
    }
    return statements;
  };
};
