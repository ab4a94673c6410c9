import type { LegalBasis } from './personal-data';

/** A record of processing activities (GDPR, article 30 (1)), as one row of the register. */
export interface ProcessingRecord {
  /** What it was made from: tracking items of a site, or a mapped content type, or a part of this plugin. */
  source: 'tracking' | 'content' | 'privacy-desk';
  /** Category and site, or content type. */
  activity: string;
  purposes: string;
  /** Categories of data subjects. */
  persons: string;
  /** Categories of personal data: names of storage entries, or paths of fields. */
  data: string[];
  legalBasis: LegalBasis;
  /** Categories of recipients. */
  recipients: string[];
  /** When data are erased, in words: `365 days`, `session`. */
  retention: string;
  /** Security measures (article 32) that the plugin itself knows of. */
  measures: string[];
}

/** Answer of `GET /privacy-desk/personal-data/records`. */
export interface ProcessingRecords {
  /** ISO 8601. */
  createdAt: string;
  /** Controllers, by site. */
  controllers: { site: string; name: string | null }[];
  records: ProcessingRecord[];
}
