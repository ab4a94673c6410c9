import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import type { ExportFormat, ExportQuery } from '../../../contract';
import { csvCell } from '../http/csv-cell';
import type { Place } from './place';
import { summaryOf } from './records';
import { CONSENT_COLUMNS, fromDatabase, type ConsentDetails, type ConsentRow } from './record';
import { CONSENTS } from './tables';

const PAGE_ROWS = 1000;

const keysThatAre = (choices: Record<string, boolean>, granted: boolean): string =>
  Object.keys(choices)
    .filter((key) => choices[key] === granted)
    .join(' ');

const csvColumns: [
  name: string,
  value: (row: ConsentRow, of: ReturnType<typeof summaryOf>) => string | number | boolean | null,
][] = [
  ['id', ({ id }) => id],
  ['site', ({ site }) => site],
  ['locale', ({ locale }) => locale],
  ['config_version', ({ config_version }) => config_version],
  ['source', ({ source }) => source],
  ['layer', (_, { layer }) => layer],
  ['granted', (_, { choices }) => keysThatAre(choices, true)],
  ['refused', (_, { choices }) => keysThatAre(choices, false)],
  ['gpc', (_, { gpc }) => gpc],
  ['decided_at', (_, { decidedAt }) => decidedAt],
  ['recorded_at', (_, { recordedAt }) => recordedAt],
  ['segment', ({ segment }) => segment],
  ['seq', ({ seq }) => seq],
  ['previous_hash', ({ previous_hash }) => previous_hash.toString('hex')],
  ['hash', ({ hash }) => hash.toString('hex')],
];

const writers: Record<ExportFormat, { type: string; head: string; line: (row: ConsentRow) => string }> = {
  csv: {
    type: 'text/csv; charset=utf-8; header=present',
    head: `${csvColumns.map(([name]) => name).join(',')}\r\n`,
    line(row) {
      const summary = summaryOf(row);
      return `${csvColumns.map(([, value]) => csvCell(value(row, summary))).join(',')}\r\n`;
    },
  },
  jsonl: {
    type: 'application/jsonl; charset=utf-8',
    head: '',
    line(row) {
      const { previous, future } = JSON.parse(row.details) as ConsentDetails;
      return `${JSON.stringify({
        ...summaryOf(row),
        previousChoices: previous ?? null,
        decidedInFuture: future ?? false,
        chain: {
          segment: row.segment,
          seq: row.seq,
          previousHash: row.previous_hash.toString('base64url'),
          hash: row.hash.toString('base64url'),
          seal: row.seal,
        },
      })}\n`;
    },
  },
};

/** A page of consents in the order of their time, by the index of site and time. */
const readPage = async (
  strapi: Core.Strapi,
  { site, source, from, to }: ExportQuery,
  after: Place | null,
): Promise<ConsentRow[]> => {
  const query = strapi.db.getConnection(CONSENTS).where({ site });
  if (source !== undefined) query.where({ source });
  if (from !== undefined) query.where('decided_at_ms', '>=', Date.parse(from));
  if (to !== undefined) query.where('decided_at_ms', '<', Date.parse(to));
  if (after)
    query
      .where('decided_at_ms', '>=', after.decidedAtMs)
      .where((where) => where.where('decided_at_ms', '>', after.decidedAtMs).orWhere('id', '>', after.id));
  const rows = await query
    .orderBy('decided_at_ms')
    .orderBy('id')
    .limit(PAGE_ROWS)
    .select([...CONSENT_COLUMNS]);
  return (rows as ConsentRow[]).map(fromDatabase);
};

/**
 * An export as it is streamed: a page of consents is read when the one before has been taken, so any number of them needs
 * the same memory.
 */
export const exportConsents = (
  strapi: Core.Strapi,
  query: ExportQuery,
): { type: string; fileName: string; stream: Readable } => {
  const { type, head, line } = writers[query.format];
  async function* lines(): AsyncGenerator<string> {
    if (head) yield head;
    for (let after: Place | null = null; ;) {
      const rows: ConsentRow[] = await readPage(strapi, query, after);
      if (rows.length > 0) yield rows.map(line).join('');
      if (rows.length < PAGE_ROWS) return;
      const last = rows.at(-1)!;
      after = { decidedAtMs: last.decided_at_ms, id: last.id };
    }
  }
  const day = new Date().toISOString().slice(0, 10);
  return {
    type,
    fileName: `consents-${query.site}-${day}.${query.format}`,
    stream: Readable.from(lines(), { highWaterMark: 1 }),
  };
};
