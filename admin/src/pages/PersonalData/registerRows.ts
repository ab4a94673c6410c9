import type { ProcessingRecord, ProcessingRecords, RecordMeasure, RecordRetention } from '../../../../contract';
import type { Text, TextKey } from '../../hooks/useText';

/** A line of the register, on screen as in print. */
export interface RegisterRow {
  key: string;
  label: string;
  /** Each a line of its own; none: to be added by the controller, unless `optional`. */
  values: string[];
  optional?: boolean;
}

const lines = (value: string): string[] =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const retentionText = (text: Text, retention: RecordRetention): string =>
  typeof retention === 'string'
    ? text(`personal.retention.${retention}`)
    : text('personal.retention.days', { count: retention.days });

const measureText = (text: Text, measure: RecordMeasure): string =>
  typeof measure === 'string'
    ? text(`personal.measure.${measure}`)
    : text('personal.measure.encrypted', { fields: measure.encrypted.join(', ') });

/** Activities of the plugin itself are named in the admin's language, all others as the site names them. */
export const activityName = (text: Text, { key, source, activity }: ProcessingRecord): string =>
  source === 'privacy-desk' ? text(`personal.own-record.${key.replace('own:', '')}` as TextKey) : activity;

/** What article 30 (1) asks for, of one processing. */
export const recordRows = (text: Text, record: ProcessingRecord): RegisterRow[] => {
  const { key, source, purposes, persons, data, legalBasis, recipients, retention, measures, details } = record;
  const { form } = details;
  const purpose =
    source === 'privacy-desk' ? text(`personal.own-record.${key.replace('own:', '')}.purposes` as TextKey) : purposes;
  const values: Record<string, string[]> = {
    purposes: [purpose],
    persons: persons.map((group) => text(`personal.persons.${group}`)),
    data: [data.join(', ')],
    legalBasis: [text(`personal.basis.${legalBasis}`)],
    recipients: [...(recipients.length > 0 ? [recipients.join(', ')] : []), ...lines(form.recipients)],
    transfers: lines(form.transfers),
    retention: [retentionText(text, retention)],
    measures: [...measures.map((measure) => measureText(text, measure)), ...lines(form.measures)],
  };
  return Object.entries(values).map(([name, found]) => ({
    key: name,
    label: text(`personal.records.${name}` as TextKey),
    values: found,
  }));
};

/** What it asks for of the controller. */
export const organisationRows = (
  text: Text,
  { organisation: { form }, controllers }: ProcessingRecords,
): RegisterRow[] => [
  { key: 'controller', label: text('personal.records.controller'), values: lines(form.controller) },
  {
    key: 'sites',
    label: text('personal.records.sites'),
    values: controllers.map(({ site, name }) => (name ? `${site}: ${name}` : site)),
    optional: true,
  },
  { key: 'joint', label: text('personal.records.joint'), values: lines(form.joint), optional: true },
  {
    key: 'representative',
    label: text('personal.records.representative'),
    values: lines(form.representative),
    optional: true,
  },
  { key: 'officer', label: text('personal.records.officer'), values: lines(form.officer), optional: true },
  { key: 'measures', label: text('personal.records.generalMeasures'), values: lines(form.measures) },
];

export const isMissing = ({ values, optional }: RegisterRow): boolean => values.length === 0 && !optional;
