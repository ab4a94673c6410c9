import type { ConsentLayer } from '../../../contract';
import { chainedFromDatabase, type ChainedColumns } from '../chain/trail';
import { sha256 } from '../sha256';

/** What of a consent is not a column of its own; JSON with sorted keys. */
export interface ConsentDetails {
  /** Whether the browser sent Global Privacy Control. */
  gpc?: boolean;
  layer?: ConsentLayer;
  /** The visitor's clock was ahead: `decidedAt` lay in the future. */
  future?: true;
  /** Personal parts, sealed with the record's own key. */
  personal?: string;
  /** The choices of the subject's consent before this one. */
  previous?: Record<string, boolean>;
}

/** A consent as its row has it. */
export interface ConsentRow extends ChainedColumns {
  id: string;
  decided_at_ms: number;
  site: string;
  locale: string;
  config_version: string;
  source: string;
  choices: string;
  details: string;
  subject_ref: string;
}

export const CONSENT_COLUMNS = [
  'id',
  'decided_at_ms',
  'recorded_at_ms',
  'segment',
  'seq',
  'sealed_seq',
  'site',
  'locale',
  'config_version',
  'source',
  'choices',
  'details',
  'subject_ref',
  'previous_hash',
  'hash',
  'seal',
] as const satisfies readonly (keyof ConsentRow)[];

/** A reference of those without a subject. */
export const NO_SUBJECT = '-';

/** What the hash is taken of: every column that says something, in this order, as JSON. */
export const contentOf = (row: Omit<ConsentRow, 'previous_hash' | 'hash' | 'seal'>): string =>
  JSON.stringify([
    'consent 1',
    row.segment,
    row.seq,
    row.sealed_seq,
    row.id,
    row.decided_at_ms,
    row.recorded_at_ms,
    row.site,
    row.locale,
    row.config_version,
    row.source,
    row.choices,
    row.details,
    row.subject_ref,
  ]);

/**
 * The reference to the subject that a consent holds. It is random, as the nonce is; with the nonce, which lies apart and
 * can be destroyed, it proves whose the consent is.
 */
export const subjectRef = (nonce: string, subjectHash: string): string =>
  sha256(`${nonce}\n${subjectHash}`).subarray(0, 16).toString('base64url');

export const fromDatabase = (row: Record<keyof ConsentRow, unknown>): ConsentRow => ({
  ...(row as unknown as ConsentRow),
  ...chainedFromDatabase(row),
  decided_at_ms: Number(row.decided_at_ms),
});
