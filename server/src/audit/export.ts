import { Readable } from 'node:stream';
import type { AuditExportFormat, AuditExportQuery, AuditSummary } from '../../../contract';
import { csvCell } from '../http/csv-cell';
import type { AuditEntries } from './entries';
import { changesOf, summaryOf } from './entries';
import type { EntryRow } from './entry-row';

const PAGE_ROWS = 500;

const csvColumns: [name: string, value: (row: EntryRow, of: AuditSummary) => string | number | null][] = [
  ['id', ({ id }) => id],
  ['recorded_at', (_, { at }) => at],
  ['action', ({ action }) => action],
  ['outcome', ({ outcome }) => outcome],
  ['actor_type', ({ actor_type }) => actor_type],
  ['actor_id', (_, { actor }) => actor.id],
  ['actor_name', (_, { actor }) => actor.name],
  ['actor_address', (_, { actor }) => actor.address ?? ''],
  ['target_type', ({ target_type }) => target_type],
  ['target_id', (_, { target }) => target?.id ?? ''],
  ['target_name', (_, { target }) => target?.name ?? ''],
  ['site', ({ site }) => site],
  ['method', ({ method }) => method],
  ['route', ({ route }) => route],
  ['request', ({ request }) => request],
  ['changes', ({ changes }) => (changes === '[]' ? '' : changes)],
  ['detail', ({ detail }) => (detail === '{}' ? '' : detail)],
  ['segment', ({ segment }) => segment],
  ['seq', ({ seq }) => seq],
  ['previous_hash', ({ previous_hash }) => previous_hash.toString('hex')],
  ['hash', ({ hash }) => hash.toString('hex')],
];

const writers: Record<
  AuditExportFormat,
  { type: string; head: string; line: (row: EntryRow, of: AuditSummary) => string }
> = {
  csv: {
    type: 'text/csv; charset=utf-8; header=present',
    head: `${csvColumns.map(([name]) => name).join(',')}\r\n`,
    line: (row, summary) => `${csvColumns.map(([, value]) => csvCell(value(row, summary))).join(',')}\r\n`,
  },
  jsonl: {
    type: 'application/jsonl; charset=utf-8',
    head: '',
    line: (row, { fields: _, ...summary }) =>
      `${JSON.stringify({
        ...summary,
        changes: changesOf(row),
        request: row.request || row.method ? { id: row.request, method: row.method, route: row.route } : null,
        chain: {
          segment: row.segment,
          seq: row.seq,
          previousHash: row.previous_hash.toString('base64url'),
          hash: row.hash.toString('base64url'),
          seal: row.seal,
        },
      })}\n`,
  },
};

/** An export as it is streamed, with the names of all who were not erased: any number of entries needs the same memory. */
export const exportEntries = (
  entries: AuditEntries,
  { format, ...narrowing }: AuditExportQuery,
): { type: string; fileName: string; stream: Readable } => {
  const { type, head, line } = writers[format];
  async function* lines(): AsyncGenerator<string> {
    if (head) yield head;
    for await (const rows of entries.pages(narrowing, PAGE_ROWS)) {
      const keys = await entries.keysOf(rows);
      yield rows.map((row) => line(row, summaryOf(row, keys, true))).join('');
    }
  }
  return {
    type,
    fileName: `audit-${new Date().toISOString().slice(0, 10)}.${format}`,
    stream: Readable.from(lines(), { highWaterMark: 1 }),
  };
};
