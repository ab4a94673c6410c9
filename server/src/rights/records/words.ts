import type { PersonGroup, RecordMeasure, RecordRetention } from '../../../../contract';

/** The register's own words, in English: for files. The admin panel has them in its languages. */
const persons: Record<PersonGroup, string> = {
  visitors: 'Visitors of the website',
  users: 'Users and customers',
  administrators: 'Administrators',
  requesters: 'Persons who ask for their rights',
};

const retentions: Record<Extract<RecordRetention, string>, string> = {
  session: 'session',
  'until-deleted': 'until it is deleted',
  'as-needed': 'as long as needed',
  'per-site': 'as each site says',
};

const measures: Record<Extract<RecordMeasure, string>, string> = {
  'nothing-before-consent': 'Nothing runs before it is allowed',
  'roles-and-audit': 'Access by role, recorded in the audit trail',
  pseudonymous: 'Pseudonymous',
  chained: 'Hash-chained and signed',
  'keys-each': 'Personal parts encrypted with a key each',
};

export const personsInWords = (groups: readonly PersonGroup[]): string =>
  groups.map((group) => persons[group]).join('; ');

export const retentionInWords = (retention: RecordRetention): string =>
  typeof retention === 'string' ? retentions[retention] : `${retention.days} days`;

export const measureInWords = (measure: RecordMeasure): string =>
  typeof measure === 'string' ? measures[measure] : `Encrypted at rest: ${measure.encrypted.join(', ')}`;
