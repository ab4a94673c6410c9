import type { Core } from '@strapi/strapi';
import { dialectOf } from '../../../database/own-tables';
import { rawRows } from '../../../database/raw-insert';

/** A table with texts, as the database itself describes it: those that Strapi does not know of, too. */
export interface TextTable {
  name: string;
  /** Columns with text or JSON. */
  columns: string[];
  /** Columns of the primary key; empty: there is none. */
  key: string[];
}

interface Described {
  table: string;
  column: string;
  text: number | string | boolean;
  key: number | string | null;
}

const statements = {
  // Without partitions: what is in them is read with the table they belong to.
  postgres: `
    select c.relname as "table", a.attname as "column", array_position(i.indkey::int2[], a.attnum) as key,
      t.typname in ('text', 'varchar', 'bpchar', 'json', 'jsonb', 'xml', 'citext', 'name', 'inet')
        or t.typcategory = 'A' as text
    from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
      left join pg_index i on i.indrelid = c.oid and i.indisprimary and a.attnum = any(i.indkey::int2[])
    where c.relkind in ('r', 'p') and not c.relispartition
      and c.relnamespace = (select oid from pg_namespace where nspname = current_schema())
    order by c.relname, a.attnum`,
  mysql: `
    select c.table_name as \`table\`, c.column_name as \`column\`, k.ordinal_position as \`key\`,
      c.data_type in ('char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'json', 'enum', 'set') as \`text\`
    from information_schema.columns c
      join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
        and t.table_type = 'BASE TABLE'
      left join information_schema.key_column_usage k on k.table_schema = c.table_schema and k.table_name = c.table_name
        and k.column_name = c.column_name and k.constraint_name = 'PRIMARY'
    where c.table_schema = database()
    order by c.table_name, c.ordinal_position`,
  sqlite: `
    select m.name as "table", p.name as "column", nullif(p.pk, 0) as key,
      p.type = '' or lower(p.type) like '%char%' or lower(p.type) like '%text%' or lower(p.type) like '%json%'
        or lower(p.type) like '%clob%' as text
    from sqlite_master m join pragma_table_info(m.name) p
    where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\'
    order by m.name, p.cid`,
};

/** Every table of the database that has texts. */
export const textTables = async (strapi: Core.Strapi): Promise<TextTable[]> => {
  const { client } = dialectOf(strapi);
  const rows = rawRows<Described>(strapi, await strapi.db.connection.raw(statements[client].replaceAll('?', '\\?')));
  const tables = new Map<string, TextTable & { keyed: [number, string][] }>();
  for (const { table, column, text, key } of rows) {
    const known = tables.get(table) ?? { name: table, columns: [], key: [], keyed: [] };
    tables.set(table, known);
    if (text === true || Number(text) === 1) known.columns.push(column);
    if (key !== null) known.keyed.push([Number(key), column]);
  }
  return [...tables.values()]
    .filter(({ columns }) => columns.length > 0)
    .map(({ name, columns, keyed }) => ({
      name,
      columns,
      key: keyed.sort(([one], [other]) => one - other).map(([, column]) => column),
    }));
};
