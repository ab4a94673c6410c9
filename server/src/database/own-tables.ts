import type { Core } from '@strapi/strapi';

/** How the databases name what they differ in. */
export interface Dialect {
  client: 'sqlite' | 'postgres' | 'mysql';
  text: string;
  bytes: string;
  /** Bytes that fit into a row or an index. */
  hash: string;
}

/** A table of the plugin's own. */
export interface OwnTable {
  name: string;
  /** Column definitions and constraints, as they stand between the brackets of `create table`. */
  columns: string[];
  /** Columns that a later release added, by name: a table from before gets them with `alter table`. */
  added?: Record<string, string>;
  /** Columns of each index, by the index's name. */
  indexes?: Record<string, string[]>;
  /** What follows the brackets, for instance `partition by …`. */
  options?: string;
}

const dialects: Record<Dialect['client'], Dialect & { options: string }> = {
  sqlite: { client: 'sqlite', text: 'text', bytes: 'blob', hash: 'blob', options: '' },
  postgres: { client: 'postgres', text: 'text', bytes: 'bytea', hash: 'bytea', options: '' },
  mysql: {
    client: 'mysql',
    text: 'longtext',
    bytes: 'longblob',
    hash: 'varbinary(64)',
    // Hashes differ by case, which MySQL's usual collations do not see.
    options: 'character set utf8mb4 collate utf8mb4_bin',
  },
};

/** The table's name for raw statements, with the schema that Strapi uses. */
export const qualified = (strapi: Core.Strapi, table: string): string => {
  const schema = strapi.db.getSchemaName();
  return schema ? `${schema}.${table}` : table;
};

export const dialectOf = (strapi: Core.Strapi): Dialect => dialects[strapi.db.dialect.client as Dialect['client']];

/**
 * Creates the tables, columns and indexes that are not there. Such tables are no content types, so that no data transfer,
 * GraphQL or Content Manager reaches them; Strapi's schema sync leaves tables alone that it does not know.
 * Each statement stands for itself and may be repeated, so a crash leaves nothing half made and there is no lock that
 * could be left behind; of two instances that boot at once, one creates and the other finds it.
 */
export const createTables = async (
  strapi: Core.Strapi,
  define: (dialect: Dialect) => readonly OwnTable[],
): Promise<void> => {
  const dialect = dialects[strapi.db.dialect.client as Dialect['client']];
  const { connection } = strapi.db;
  const schema = () => strapi.db.getSchemaConnection();
  /** `if not exists` does not keep PostgreSQL from failing when another one creates the same at the same moment. */
  const unlessThere = async (there: () => Promise<boolean>, statement: string, names: string[]): Promise<void> => {
    if (await there()) return;
    try {
      await connection.raw(statement, names);
    } catch (error) {
      if (!(await there())) throw error;
    }
  };

  for (const { name, columns, added = {}, indexes = {}, options = '' } of define(dialect)) {
    const table = qualified(strapi, name);
    // MySQL knows no `create index if not exists`.
    const inline = dialect.client === 'mysql';
    const all = [
      ...columns,
      ...Object.entries(added).map(([column, definition]) => `${column} ${definition}`),
      ...(inline ? Object.entries(indexes).map(([index, of]) => `index ${index} (${of.join(', ')})`) : []),
    ];
    await unlessThere(
      () => schema().hasTable(name),
      `create table if not exists ?? (${constraintsLast(all).join(', ')}) ${dialect.options} ${options}`,
      [table],
    );
    for (const [column, definition] of Object.entries(added))
      await unlessThere(() => schema().hasColumn(name, column), `alter table ?? add column ${column} ${definition}`, [
        table,
      ]);
    for (const [index, of] of Object.entries(indexes)) {
      if (inline) {
        const there = async (): Promise<boolean> =>
          (
            (await connection.raw(
              'select 1 from information_schema.statistics where table_schema = database() and table_name = ? and index_name = ? limit 1',
              [name, index],
            )) as unknown[][]
          )[0]!.length > 0;
        await unlessThere(there, `create index ${index} on ?? (${of.join(', ')})`, [table]);
        continue;
      }
      const create = () => connection.raw(`create index if not exists ${index} on ?? (${of.join(', ')})`, [table]);
      // The second time it is there, whoever made it.
      await create().catch(create);
    }
  }
};

/** SQLite takes constraints of a table after its columns only. */
const constraintsLast = (definitions: string[]): string[] => {
  const isConstraint = (definition: string) => /^(primary key|unique|index)\b/.test(definition);
  return [...definitions.filter((d) => !isConstraint(d)), ...definitions.filter(isConstraint)];
};
