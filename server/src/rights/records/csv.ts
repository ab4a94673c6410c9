import type { ProcessingRecord } from '../../../../contract';
import { csvCell } from '../../http/csv-cell';

const columns: [name: string, value: (record: ProcessingRecord) => string][] = [
  ['activity', ({ activity }) => activity],
  ['purposes', ({ purposes }) => purposes],
  ['persons', ({ persons }) => persons],
  ['data', ({ data }) => data.join('; ')],
  ['legal_basis', ({ legalBasis }) => legalBasis],
  ['recipients', ({ recipients }) => recipients.join('; ')],
  ['retention', ({ retention }) => retention],
  ['measures', ({ measures }) => measures.join('; ')],
  ['source', ({ source }) => source],
];

/** The register as a table (RFC 4180), with a byte order mark by which spreadsheets know UTF-8. */
export const recordsCsv = (records: readonly ProcessingRecord[]): string =>
  `\uFEFF${[
    columns.map(([name]) => name),
    ...records.map((record) => columns.map(([, value]) => csvCell(value(record)))),
  ]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('')}`;
