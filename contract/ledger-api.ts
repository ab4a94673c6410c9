import type { ConsentLayer, ConsentReceipt, ConsentSource } from './consent';
import type { Regime } from './consent-config';
import type { Actor } from './publishing-api';

/*
 * The admin API of the ledger. Each route wants a permission of its own kind, enforced on the server:
 *
 *   GET  /privacy-desk/ledger/statistics?…       ledger.statistics  → LedgerStatistics
 *   POST /privacy-desk/ledger/records/search     ledger.records     → RecordPage (body: RecordQuery)
 *   GET  /privacy-desk/ledger/records/:id        ledger.records     → RecordDetails; personal parts with ledger.personal
 *   GET  /privacy-desk/versions/:version         ledger.records or publishing.read → ConsentConfig: what the visitor saw
 *   GET  /privacy-desk/ledger/verification       ledger.records     → Verification
 *   POST /privacy-desk/ledger/verification       ledger.records     → 202 Verification; 409 while one is running
 *   GET  /privacy-desk/ledger/export?…           ledger.export      → a file of CSV or JSON Lines, streamed
 *   GET  /privacy-desk/ledger/checkpoints        ledger.export      → JSON Lines, streamed: what `export-checkpoints` writes
 *
 * They answer for what is stored also where `consents.enabled` is false.
 */

/** Query of `GET /privacy-desk/ledger/statistics`. Days are those of UTC at which the server recorded, `YYYY-MM-DD`. */
export interface StatisticsQuery {
  /** Key of a site, also of one that is gone. */
  site: string;
  /** First and last day; default: the last 30 days. At most `MAX_STATISTICS_DAYS`. */
  from?: string;
  to?: string;
  /** These narrow everything but `filters`. */
  locale?: string;
  regime?: Regime;
  source?: ConsentSource;
}

export const MAX_STATISTICS_DAYS = 1830;

/** How a category was decided on. Its opt-in rate is `granted / (granted + refused)`. */
export interface CategoryCounts {
  category: string;
  granted: number;
  refused: number;
}

/** Decisions, and what they were; `categories` in the order of `LedgerStatistics.categories`. */
export interface DecisionCounts {
  decisions: number;
  categories: CategoryCounts[];
}

/** One day; days without anything are there too. */
export interface DayCounts extends DecisionCounts {
  /** `YYYY-MM-DD`. */
  day: string;
  /** Estimated from the sample; 0 on days on which none were counted. */
  impressions: number;
}

/** One config version: what visitors decided who saw exactly this. */
export interface VersionCounts extends DecisionCounts {
  version: string;
  locale: string;
  regime: Regime | null;
  /** First and last day of the chosen ones on which somebody decided on it. */
  firstDay: string;
  lastDay: string;
  impressions: number;
}

/**
 * Answer of `GET /privacy-desk/ledger/statistics` (permission `ledger.statistics`): sums of counters in which no person is.
 * They are kept when records are purged or erased.
 */
export interface LedgerStatistics {
  site: string;
  /** `YYYY-MM-DD`, both included. */
  from: string;
  to: string;
  decisions: number;
  categories: CategoryCounts[];
  /** What categories are called in the default locale, as far as it is known. */
  categoryNames: Record<string, string>;
  /** Banners shown, by `consents.impressionShare`; null if none were counted in these days. Not narrowed by `source`. */
  impressions: {
    /** How many were counted, and of how many that is the sample. */
    sampled: number;
    estimated: number;
  } | null;
  /** Every day from `from` to `to`. */
  days: DayCounts[];
  /** The most frequent first. */
  sources: (DecisionCounts & { source: ConsentSource })[];
  locales: (DecisionCounts & { locale: string })[];
  regimes: (DecisionCounts & { regime: Regime | null })[];
  /** The latest first, at most 50. */
  versions: VersionCounts[];
  /** What there is to narrow by, within these days. */
  filters: { locales: string[]; regimes: Regime[]; sources: ConsentSource[] };
}

/** Body of `POST /privacy-desk/ledger/records/search`; a body, so that no subject gets into the log of a proxy. */
export interface RecordQuery {
  /** ID of a consent or receipt; then nothing else counts. */
  id?: string;
  /** Of a visitor: the subject, or the whole value of their choice cookie. */
  subject?: string;
  /** Key of a site; needed unless `id` or `subject` is given. */
  site?: string;
  source?: ConsentSource;
  /** When it was decided, ISO 8601: from `from` on, before `to`. */
  from?: string;
  to?: string;
  /** `RecordPage.next` of the page before. */
  after?: string;
  /** 1 to 100; default: 25. */
  limit?: number;
}

/** A consent in a list. */
export interface RecordSummary {
  id: string;
  site: string;
  locale: string;
  configVersion: string;
  source: ConsentSource;
  layer: ConsentLayer | null;
  choices: Record<string, boolean>;
  /** ISO 8601: by the visitor's clock, and by the server's. */
  decidedAt: string;
  recordedAt: string;
  gpc: boolean;
}

/** Answer of `POST /privacy-desk/ledger/records/search` (permission `ledger.records`): the latest decision first. */
export interface RecordPage {
  records: RecordSummary[];
  /** What the keys of their choices are called: categories, and items as `item:<key>`; also keys that none of them has. */
  names: Record<string, string>;
  /**
   * What the next page is asked for with; null: there is none. With `source` a page may have fewer records than asked for,
   * or none, and still be followed by another: the search goes only so far at a time.
   */
  next: string | null;
}

/** Whose a consent is: `none` for a visitor who only ever refused. */
export type RecordSubject = 'known' | 'erased' | 'none';

/** Answer of `GET /privacy-desk/ledger/records/:id` (permission `ledger.records`): all that is stored of a consent. */
export interface RecordDetails extends RecordSummary {
  previousChoices: Record<string, boolean> | null;
  /** As in `RecordPage`. */
  names: Record<string, string>;
  /** The visitor's clock was ahead. */
  decidedInFuture: boolean;
  regime: Regime | null;
  subject: RecordSubject;
  /** Random; the record's own pseudonym of the subject. */
  subjectRef: string | null;
  /** How many other records of the same subject there are; null: not known. */
  otherRecords: number | null;
  personal: {
    /** `hidden`: the permission `ledger.personal` is missing. `destroyed`: the key is gone, by an erasure. */
    state: 'none' | 'hidden' | 'readable' | 'destroyed';
    /** `ip` (truncated), `ipHash`, `userAgentFamily`, `country`. */
    parts: Record<string, string>;
  };
  chain: {
    segment: string;
    seq: number;
    previousHash: string;
    hash: string;
    /** Whether the record is as it was hashed, and its group's signature is of a known key. The whole chain: `Verification`. */
    intact: boolean;
    /** Key ID of the group's signature; null: it is gone. */
    kid: string | null;
  };
  /** As the visitor gets it; null if the config version is missing. */
  receipt: ConsentReceipt | null;
}

/** Something that is not as it was written. */
export interface LedgerProblem {
  kind: 'altered' | 'missing' | 'inserted' | 'reordered' | 'signature' | 'checkpoint' | 'subject';
  /** `consent`, or the statement of a checkpoint. */
  of: 'consent' | 'checkpoint';
  message: string;
  site?: string;
  segment?: string;
  /** Place in the segment. */
  seq?: number;
  /** ID of the consent, where its row is there. */
  id?: string;
  /** Number of the checkpoint. */
  checkpoint?: number;
}

/** What was read of the ledger. */
export interface VerifiedConsents {
  consents: number;
  segments: number;
  checkpoints: number;
}

/** A run of `verify`, with how much was read so far. */
export type VerificationRunOf<Counts extends object, Problem> = Counts & {
  /** `failed`: it could not be finished, which says nothing about what was read. */
  status: 'running' | 'intact' | 'problems' | 'failed';
  /** ISO 8601. */
  startedAt: string;
  finishedAt: string | null;
  startedBy: Actor | null;
  /** How many there are, and at most 200 of them. */
  problemCount: number;
  problems: Problem[];
  /** Why it failed. */
  error: string | null;
};

/** How verifying goes, and how it went. */
export interface VerificationOf<Counts extends object, Problem> {
  running: VerificationRunOf<Counts, Problem> | null;
  /** The latest that ended; null: there was none. */
  last: VerificationRunOf<Counts, Problem> | null;
}

export type VerificationRun = VerificationRunOf<VerifiedConsents, LedgerProblem>;

/**
 * Answer of `GET` and `POST /privacy-desk/ledger/verification` (permission `ledger.records`). It runs in the background and
 * may take long: ask again every few seconds while `running` is there.
 */
export type Verification = VerificationOf<VerifiedConsents, LedgerProblem>;

export const exportFormats = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/**
 * Query of `GET /privacy-desk/ledger/export` (permission `ledger.export`). The answer is a file, oldest decision first, of any
 * length; personal parts and whose a consent is are not in it.
 */
export interface ExportQuery {
  format: ExportFormat;
  /** Key of a site. */
  site: string;
  source?: ConsentSource;
  /** When it was decided, ISO 8601: from `from` on, before `to`. */
  from?: string;
  to?: string;
}
