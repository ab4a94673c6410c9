import type { ProcessingRecord, ProcessingRecords } from '../../../../contract';
import { csvCell } from '../../http/csv-cell';
import { measureInWords, personsInWords, retentionInWords } from './words';

const lines = (values: readonly string[]): string => values.filter(Boolean).join('; ');

type Cell = (record: ProcessingRecord, register: ProcessingRecords) => string;

/** A record's own site, else those that all records are of. */
const controllerOf: Cell = ({ key, source }, { controllers, organisation }) =>
  organisation.form.controller ||
  lines([
    ...new Set(
      controllers
        .filter(({ site }) => source !== 'tracking' || key.startsWith(`tracking:${site}:`))
        .map(({ name }) => name ?? ''),
    ),
  ]);

const columns: [name: string, value: Cell][] = [
  ['activity', ({ activity }) => activity],
  ['purposes', ({ purposes }) => purposes],
  ['persons', ({ persons }) => personsInWords(persons)],
  ['data', ({ data }) => lines(data)],
  ['legal_basis', ({ legalBasis }) => legalBasis],
  ['recipients', ({ recipients, details }) => lines([...recipients, details.form.recipients])],
  ['transfers', ({ details }) => details.form.transfers],
  ['retention', ({ retention }) => retentionInWords(retention)],
  [
    'measures',
    ({ measures, details }, { organisation }) =>
      lines([...measures.map(measureInWords), details.form.measures, organisation.form.measures]),
  ],
  ['source', ({ source }) => source],
  ['controller', controllerOf],
  ['joint_controllers', (_, { organisation }) => organisation.form.joint],
  ['representative', (_, { organisation }) => organisation.form.representative],
  ['data_protection_officer', (_, { organisation }) => organisation.form.officer],
];

/** The register as a table (RFC 4180), with a byte order mark by which spreadsheets know UTF-8. */
export const recordsCsv = (register: ProcessingRecords): string =>
  `\uFEFF${[
    columns.map(([name]) => name),
    ...register.records.map((record) => columns.map(([, value]) => csvCell(value(record, register)))),
  ]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('')}`;
