import type { Core } from '@strapi/strapi';
import { dialectOf } from '../../../database/own-tables';
import { marks, quotedTable, rawRows } from '../../../database/raw-insert';
import type { IdSet } from '../ids';
import type { Found, Finder } from './originals';
import type { TextTable } from './text-columns';

const PAGE_ROWS = 1000;

/** Where originals were found; never what they are. */
export interface Place {
  table: string;
  column: string;
  /** Primary key of the row; of a row whose key is what was found: how many rows come before it. */
  id: string;
}
/** A cell with what was found in it. */
export interface Hit extends Place {
  found: Found[];
  /** It is not there any more. */
  changed: boolean;
}

/** Whether it is more than a coincidence of short or usual words. */
export const isCertain = ({ certainty }: Found): boolean => certainty !== 'possible';

/** Cells that were replaced: by table and column, which rows; null: all. */
export type Replaced = Map<string, Map<string, (IdSet | null)[]>>;

const parsed = (text: string): unknown => {
  if (!/^\s*[[{"]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** `%40` and the like as what they stand for; null: there is no such thing. */
const decoded = (text: string): string | null => {
  if (!/%[0-9a-f]{2}/i.test(text)) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** Changes a text in which something was found. */
export type Change = (text: string, found: Found[]) => string;

/** @returns what was found, and the text without it if it is to be changed */
export const searchText = (
  finder: Finder,
  text: string,
  change: Change | null,
): { found: Found[]; changed: string } => {
  const composed = text.normalize('NFC');
  const found = finder.find(composed);
  if (found.length > 0) return { found, changed: change ? change(composed, found) : text };
  const plain = decoded(composed);
  const within = plain === null ? [] : finder.find(plain.normalize('NFC'));
  if (within.length === 0) return { found: [], changed: text };
  return {
    found: within,
    changed: change ? change(composed, [{ ...within[0]!, from: 0, to: composed.length }]) : text,
  };
};

/** The same for a cell: JSON is looked through text by text, so that it stays JSON. */
export const searchCell = (
  finder: Finder,
  cell: unknown,
  change: Change | null,
): { found: Found[]; changed: string | null } => {
  const all: Found[] = [];
  const within = (value: unknown): unknown => {
    if (typeof value === 'string' || typeof value === 'number') {
      const { found, changed } = searchText(finder, String(value), change);
      all.push(...found);
      if (typeof value === 'string') return changed;
      return found.length > 0 && change ? Number(changed) || 0 : value;
    }
    if (Array.isArray(value)) return value.map(within);
    if (value && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [within(key), within(inner)]));
    return value;
  };
  if (cell === null || cell === undefined) return { found: all, changed: null };
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
  const json = parsed(text);
  const changed = json === undefined ? (within(text) as string) : JSON.stringify(within(json));
  return { found: all, changed: all.length > 0 ? changed : null };
};

/** Pages through a table: by its primary key, else by where the database has its rows. */
async function* pagesOf(
  strapi: Core.Strapi,
  { name, columns, key }: TextTable,
): AsyncGenerator<Record<string, unknown>[]> {
  const { client } = dialectOf(strapi);
  const quote = client === 'mysql' ? '`' : '"';
  const quoted = (column: string): string => quote + column + quote;
  const hidden = client === 'postgres' ? 'ctid' : client === 'sqlite' ? 'rowid' : null;
  const by = key.length > 0 ? key.map(quoted) : hidden ? [hidden] : [];
  // `::text`: whatever type it has, it is searched as it is written.
  const asText = (column: string): string => quoted(column) + (client === 'postgres' ? '::text' : '');
  const selected = [
    ...by.map((column, index) => `${column}${column === 'ctid' ? '::text' : ''} as k${index}`),
    ...columns.map((column, index) => `${asText(column)} as c${index}`),
  ].join(', ');
  const from = `select ${selected} from ${quotedTable(strapi, name)}`;
  let after: unknown[] = [];
  for (let page = 0; ; page++) {
    const where =
      after.length > 0
        ? ` where (${by.join(', ')}) > (${marks(after.length)}${hidden === 'ctid' && key.length === 0 ? '::tid' : ''})`
        : '';
    const sql =
      by.length > 0
        ? `${from}${where} order by ${by.join(', ')} limit ${PAGE_ROWS}`
        : `${from} limit ${PAGE_ROWS} offset ${page * PAGE_ROWS}`;
    const rows = rawRows<Record<string, unknown>>(strapi, await strapi.db.connection.raw(sql, after as string[]));
    yield rows;
    if (rows.length < PAGE_ROWS) return;
    after = by.map((_, index) => rows.at(-1)![`k${index}`]);
  }
}

/**
 * Looks through every cell of a table that was not replaced.
 *
 * @param change what to write where something was found; null: nothing
 */
export async function* scanTable(
  strapi: Core.Strapi,
  finder: Finder,
  table: TextTable,
  replaced: Replaced,
  change: Change | null,
  onRows: (count: number) => void,
): AsyncGenerator<Hit> {
  const ours = replaced.get(table.name);
  const columns = table.columns.filter((column) => !ours?.get(column)?.includes(null));
  if (columns.length === 0) return;
  let before = 0;
  for await (const rows of pagesOf(strapi, { ...table, columns })) {
    for (const row of rows) {
      const keys = table.key.map((_, index) => row[`k${index}`]);
      const keyFound = table.key.some(
        (column) => searchCell(finder, row[`c${columns.indexOf(column)}`], null).found.length > 0,
      );
      const id = table.key.length > 0 && !keyFound ? keys.map(String).join(', ') : `after ${before} rows`;
      for (const [index, column] of columns.entries()) {
        if (ours?.get(column)?.some((ids) => ids?.has(Number(row.k0)))) continue;
        const { found, changed } = searchCell(finder, row[`c${index}`], change);
        if (found.length === 0) continue;
        const canChange =
          change !== null && table.key.length > 0 && !table.key.includes(column) && found.some(isCertain);
        if (canChange && changed !== null)
          await strapi.db
            .getConnection(table.name)
            .where(Object.fromEntries(table.key.map((name, at) => [name, keys[at] as string])))
            .update({ [column]: changed });
        yield { table: table.name, column, id, found, changed: canChange };
      }
      before += 1;
    }
    onRows(rows.length);
  }
}
