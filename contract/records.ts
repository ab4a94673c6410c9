import type { LegalBasis } from './personal-data';

/** Whose data a processing is about (categories of data subjects). */
export type PersonGroup = 'visitors' | 'users' | 'administrators' | 'requesters';

/** When data are erased. `as-needed`: as long as the account or the business lasts; `per-site`: as each site says. */
export type RecordRetention = { days: number } | 'session' | 'until-deleted' | 'as-needed' | 'per-site';

/** Security measures (GDPR, article 32) that the plugin itself knows of. */
export type RecordMeasure =
  | 'nothing-before-consent'
  | 'roles-and-audit'
  | 'pseudonymous'
  | 'chained'
  | 'keys-each'
  /** Paths of encrypted fields. */
  | { encrypted: string[] };

/** What only the controller knows of a processing. */
export interface ActivityDetails {
  /** Categories of recipients, processors among them, beside those that tracking items name. */
  recipients: string;
  /** Third countries and international organisations, with the safeguards. */
  transfers: string;
  /** Technical and organisational measures of one's own. */
  measures: string;
}

/** What only the controller knows of itself (article 30 (1) (a) and (g)). */
export interface OrganisationDetails {
  /** Name and contact details. */
  controller: string;
  /** Joint controllers. */
  joint: string;
  /** Representative in the Union (article 27). */
  representative: string;
  /** Contact of the data protection officer. */
  officer: string;
  /** A general description of the technical and organisational measures (article 32). */
  measures: string;
}

/** A record of processing activities (GDPR, article 30 (1)), as one row of the register. */
export interface ProcessingRecord {
  /** Stays the same: `tracking:<site>:<category>`, `content:<uid>`, `own:consents`, `own:audit`, `own:requests`. */
  key: string;
  /** What it was made from: tracking items of a site, or a mapped content type, or a part of this plugin. */
  source: 'tracking' | 'content' | 'privacy-desk';
  /** Category and site, or content type; of `privacy-desk` in English, its `key` says which. */
  activity: string;
  purposes: string;
  persons: PersonGroup[];
  /** Categories of personal data: names of storage entries, paths of fields, or what this plugin keeps, in English. */
  data: string[];
  legalBasis: LegalBasis;
  /** Providers of the tracking items. */
  recipients: string[];
  retention: RecordRetention;
  measures: RecordMeasure[];
  details: Versioned<ActivityDetails>;
}

/** What a form is filled with, and what it sends back with its save. */
export interface Versioned<Form> {
  version: string;
  form: Form;
}

/** Answer of `GET /privacy-desk/personal-data/records`. */
export interface ProcessingRecords {
  /** ISO 8601. */
  createdAt: string;
  /** Controllers, by site. */
  controllers: { site: string; name: string | null }[];
  organisation: Versioned<OrganisationDetails>;
  records: ProcessingRecord[];
}

/**
 * Body of `PUT /privacy-desk/personal-data/records/organisation` and `PUT …/records/activities/:key`: answered with the
 * new `Versioned`, or with 409 if somebody else has saved meanwhile.
 */
export interface DetailsSave<Form> {
  version?: string;
  form: Form;
}
