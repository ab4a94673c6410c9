import type { VerificationOf } from './ledger-api';

/*
 * The admin API of the audit trail. Each route wants a permission, enforced on the server:
 *
 *   GET  /privacy-desk/audit/filters         audit.read    → AuditFilters
 *   POST /privacy-desk/audit/search          audit.read    → AuditPage (body: AuditQuery)
 *   GET  /privacy-desk/audit/entries/:id     audit.read    → AuditDetails; recorded where it names a person
 *   GET  /privacy-desk/audit/verification    audit.read    → AuditVerification
 *   POST /privacy-desk/audit/verification    audit.read    → 202 AuditVerification; 409 while one is running
 *   POST /privacy-desk/audit/export          audit.export  → AuditExportTicket (body: AuditExportQuery)
 *   GET  /privacy-desk/audit/export?ticket=  audit.export  → a file of CSV or JSON Lines, streamed
 *   GET  /privacy-desk/audit/checkpoints     audit.export  → JSON Lines, streamed: what `export-checkpoints` writes of it
 */

/** Who did something: an administrator, a user of the site, a program, somebody unknown, the plugin itself, a command. */
export const auditActorTypes = ['admin', 'user', 'api-token', 'visitor', 'system', 'command'] as const;
export type AuditActorType = (typeof auditActorTypes)[number];

/** `refused`: it was not allowed or not possible; `failed`: it broke off. */
export const auditOutcomes = ['ok', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** A field that changed. Where `hidden`, the values are keyed hashes (`{hash}`): they tell whether two are equal, and nothing else. */
export interface AuditChange {
  field: string;
  /** null: it was empty. */
  before: unknown;
  after: unknown;
  hidden: boolean;
}

/** What narrows the trail. */
export interface AuditNarrowing {
  /** When it was recorded, ISO 8601: from `from` on, before `to`. */
  from?: string;
  to?: string;
  /** An action (`subject.export`), or all that begin with a word (`subject`). */
  action?: string;
  actorType?: AuditActorType;
  /** A reference as entries have it, or `<actor type>:<id>`. */
  actor?: string;
  /** UID of a content type, or a word. */
  targetType?: string;
  /** A reference as entries have it, the id of the target, or a person's e-mail address. */
  target?: string;
  /** Key of a site. */
  site?: string;
  outcome?: AuditOutcome;
  /** ID of the request. */
  request?: string;
}

/** Body of `POST /privacy-desk/audit/search`; a body, so that nobody's address gets into the log of a proxy. */
export interface AuditQuery extends AuditNarrowing {
  /** `AuditPage.next` of the page before. */
  after?: string;
  /** 1 to 100; default: 25. */
  limit?: number;
}

/** Somebody or something that an entry names. */
export interface AuditParty {
  type: string;
  /** Random; the same one is the same person or thing. null: nobody in particular. */
  ref: string | null;
  /**
   * `named`: id and name are here. `withheld`: they are told with the entry's details, which is recorded.
   * `erased`: the key was destroyed. `unreadable`: it is not as it was written. `none`: there is none.
   */
  state: 'named' | 'withheld' | 'erased' | 'unreadable' | 'none';
  id: string | null;
  name: string | null;
  /** Of an actor, truncated, where `audit.ip` says so. */
  address?: string;
}

/** An entry in a list. */
export interface AuditSummary {
  id: string;
  /** ISO 8601. */
  at: string;
  action: string;
  outcome: AuditOutcome;
  actor: AuditParty & { type: AuditActorType };
  target: AuditParty | null;
  site: string | null;
  /** Names of the fields that changed. */
  fields: string[];
  /** What else is known. */
  detail: Record<string, unknown>;
}

/** Answer of `POST /privacy-desk/audit/search`: the latest first. */
export interface AuditPage {
  entries: AuditSummary[];
  /**
   * What the next page is asked for with; null: there is none. A page may have fewer entries than asked for, or none, and
   * still be followed by another: the search goes only so far at a time.
   */
  next: string | null;
}

/** Answer of `GET /privacy-desk/audit/entries/:id`. */
export interface AuditDetails extends AuditSummary {
  /** It names a person, so that it is recorded who opens it. */
  recorded: boolean;
  changes: AuditChange[];
  /** null: there was none. */
  request: { id: string; method: string; route: string } | null;
  chain: {
    segment: string;
    seq: number;
    previousHash: string;
    hash: string;
    /** Whether the entry is as it was hashed, and its signature is of a known key. The whole chain: `AuditVerification`. */
    intact: boolean;
    /** Key ID of the signature; null: it is gone. */
    kid: string | null;
  };
}

/** Answer of `GET /privacy-desk/audit/filters`: what there is to narrow by. */
export interface AuditFilters {
  actions: string[];
  targetTypes: string[];
  /** Administrators there are now. */
  admins: { id: string; name: string }[];
}

/** Something that is not as it was written. */
export interface AuditProblem {
  kind: 'altered' | 'missing' | 'inserted' | 'reordered' | 'signature' | 'checkpoint' | 'person';
  /** An entry, the statement of a checkpoint, or a key of names. */
  of: 'entry' | 'checkpoint' | 'person';
  message: string;
  segment?: string;
  /** Place in the segment. */
  seq?: number;
  /** ID of the entry, where its row is there. */
  id?: string;
  /** Number of the checkpoint. */
  checkpoint?: number;
}

/** What was read of the trail. */
export interface VerifiedEntries {
  entries: number;
  segments: number;
  checkpoints: number;
}

/** Answer of `GET` and `POST /privacy-desk/audit/verification`; it runs in the background. */
export type AuditVerification = VerificationOf<VerifiedEntries, AuditProblem>;

export const auditExportFormats = ['csv', 'jsonl'] as const;
export type AuditExportFormat = (typeof auditExportFormats)[number];

/** Body of `POST /privacy-desk/audit/export`: what the file is to have, oldest entry first, of any length, with all names. */
export interface AuditExportQuery extends AuditNarrowing {
  format: AuditExportFormat;
}

/** Answer of `POST /privacy-desk/audit/export`. */
export interface AuditExportTicket {
  /** The query, encrypted: what stands in an address gets into logs. Good for a few minutes. */
  ticket: string;
}
