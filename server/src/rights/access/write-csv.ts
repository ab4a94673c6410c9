import { csvCell } from '../../http/csv-cell';
import type { ExportedEntry, Json, ReadableGroup } from '../sources';

const at = (fields: Record<string, Json>, column: string): Json => {
  let value: Json | undefined = fields;
  for (const part of column.split('.')) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
    value = value[part];
  }
  return value ?? null;
};

/** Files and references by what people know them by; anything else that has no place in a cell as JSON. */
const cell = (value: Json): string => {
  if (value === null || typeof value !== 'object') return csvCell(value);
  if (!Array.isArray(value)) {
    const short = value.file ?? (value.reference && (value.label ?? value.id));
    if (typeof short === 'string') return csvCell(short);
  }
  return csvCell(JSON.stringify(value));
};

/** What an entry is, apart from fields of its own with such names. */
const ABOUT = ['entry id', 'entry locale', 'entry status'];

/** Entries of one group as a table (RFC 4180), with a byte order mark by which spreadsheets know UTF-8. */
export async function* writeCsv(
  { columns }: Pick<ReadableGroup, 'columns'>,
  entries: AsyncIterable<ExportedEntry>,
): AsyncGenerator<string> {
  yield `\uFEFF${[...ABOUT, ...columns].map(csvCell).join(',')}\r\n`;
  for await (const { id, locale, status, fields } of entries)
    yield `${[id, locale, status, ...columns.map((column) => at(fields, column))].map(cell).join(',')}\r\n`;
}

/** `api::order.order` → `order.csv`; the same for no two types. */
export const csvName = (type: string): string =>
  `${/^api::([^.]+)\.\1$/.exec(type)?.[1] ?? type.replaceAll('::', '-').replace(/[^\w.-]/g, '_')}.csv`;
