import type { EntryErasure, LegalBasis } from './personal-data';

/** Formats of an export (GDPR, article 20: structured, commonly used and machine-readable). */
export const EXPORT_FORMATS = ['json', 'csv', 'xml'] as const;
export type PersonalExportFormat = (typeof EXPORT_FORMATS)[number];

/** Who is meant; one of these, and what is known of the others is found. */
export interface PersonQuery {
  /** Id of a user of users-permissions. */
  user?: number;
  email?: string;
  /** The visitor's pseudonymous id, or the value of the choice cookie. */
  subject?: string;
}

/** Body of `POST /privacy-desk/personal-data/export`: answered with a zip, or with the document alone. */
export interface PersonalExportRequest {
  person: PersonQuery;
  format: PersonalExportFormat;
  /** Whether media files and the summary go along, in a zip: `true` unless said otherwise. CSV always is a zip. */
  files?: boolean;
  /** Language of the summary. */
  locale?: string;
}

/**
 * Answer of `POST /privacy-desk/personal-data/export-tickets`, whose body is a `PersonalExportRequest`: with
 * `GET /privacy-desk/personal-data/export?ticket=` the same admin downloads the export within a minute.
 */
export interface ExportTicket {
  ticket: string;
}

/** Whom a query found. */
export interface FoundPerson {
  users: { id: number; name: string; email: string }[];
  emails: string[];
  subjects: number;
}

/** What erasure does, or did, with the entries of one type or table. */
export interface ErasureItem {
  /** Uid of a content type, or the plugin's own word: `consents`, `data-requests`. */
  type: string;
  name: string;
  action: EntryErasure;
  entries: number;
  /** Media files that are removed. */
  files: number;
  /** Paths of fields whose values are replaced. */
  replaced: string[];
  /** Paths of fields that are kept, and why. */
  kept: { path: string; reason: string }[];
  /** Why entries are not deleted. */
  reason: string | null;
}

/** Answer of `POST /privacy-desk/personal-data/find` and of a dry run of the erasure. */
export interface ErasurePlan {
  person: FoundPerson;
  items: ErasureItem[];
}

/** Body of `POST /privacy-desk/personal-data/erasures`. */
export interface ErasureRequest {
  person: PersonQuery;
  /** `true`: only says what would happen. */
  dryRun?: boolean;
  /** Typed by the admin: the e-mail address, subject or user id that the query names. Needed unless it is a dry run. */
  confirm?: string;
}

/** `running`: nothing is erased yet; `finishing`: it is, and files are being removed and others told. */
export type ErasureState = 'running' | 'finishing' | 'done';

/** An erasure; it holds nothing that tells of whom. */
export interface Erasure {
  id: string;
  state: ErasureState;
  /** Who asked for it. */
  origin: 'user' | 'admin' | 'data-request' | 'visitor';
  /** ISO 8601. */
  startedAt: string;
  /** ISO 8601; null: not yet. */
  finishedAt: string | null;
  items: ErasureItem[];
  /** Files that are still to be removed. */
  filesLeft: number;
  /** Other systems that are still to be told (GDPR, article 19). */
  noticesLeft: number;
  /** Why it has not come to its end; it is tried again. */
  failure: string | null;
  /** A signed JWS of what was done, without personal data; null until it is done. */
  proof: string | null;
}

/** What an export says of a group of entries. */
export interface ExportedGroup {
  type: string;
  name: string;
  purpose: string;
  legalBasis: LegalBasis;
  retentionDays: number | null;
}
