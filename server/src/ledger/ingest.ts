import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { canonicalJson } from '../canonical-json';
import { isConflict } from '../database/conflict';
import type { RawStatement } from '../database/raw-insert';
import type { Failure } from '../http/failure';
import type { KeyRing } from '../keys/service';
import { seal } from '../keys/seal';
import { failureName } from '../failure-name';
import type { ReadConsent } from './consent-post';
import { createGroupCommit } from './group-commit';
import { createIngestStore, type Hits, type SubjectRow, type Touched } from './ingest-store';
import { isPartitionGone, type Partitions } from './partitions';
import { NO_SUBJECT, subjectRef, type ConsentDetails, type ConsentRow } from './record';
import { createSegments, type UnchainedRow } from './segments';
import { keyedHash } from '../keys/keyed-hash';

/** A consent that waits to be recorded. */
export interface Entry {
  consent: ReadConsent;
  /** Keyed hash of the subject; null for those who have none. */
  subjectHash: string | null;
  gpc: boolean;
  /** Whether the request brought the token of the subject's history. */
  provesHistory: boolean;
  /** What is recorded of the visitor beyond the choice; null unless it was turned on. */
  personal: Record<string, string> | null;
}

/** A recorded consent, or why it is not. */
export type Outcome = { recordedAtMs: number; repeated: boolean; history: boolean } | { failure: Failure };

/** What is written in the same transaction as the consents, for instance counters. */
export type AlsoWrite = (consents: readonly ConsentRow[]) => RawStatement[];

export interface IngestOptions {
  delayMs: number;
  maxBatch: number;
  maxQueue: number;
}

const ATTEMPTS = 4;
const MAX_WAIT_MS = 10_000;
const NONCE_BYTES = 16;
const FORGIVEN_FUTURE_MS = 60_000;

export const unavailable = (message = 'Consents cannot be recorded at the moment'): Failure => ({
  status: 503,
  message,
  headers: { 'Retry-After': '5' },
});

const conflict = (message: string): Failure => ({ status: 409, message, path: ['id'] });
const OTHER_CONTENT = conflict('Another consent has this id');
const ERASED = conflict('This consent was erased');

// The rest of a batch is innocent of a row that the database refuses: PostgreSQL's classes 22 and 23, SQLite's and MySQL's kin.
const isRowsFault = (error: unknown): boolean =>
  /^(2[23]\d{3}|22\w{3}|SQLITE_(CONSTRAINT\w*|TOOBIG|MISMATCH|RANGE)|ER_(DATA_TOO_LONG|TRUNCATED\w*|BAD_NULL_ERROR|WARN_DATA_OUT_OF_RANGE|CHECK_CONSTRAINT\w*|CONSTRAINT_FAILED))$/.test(
    String((error as { code?: unknown } | null)?.code ?? ''),
  );

const NOTHING_KNOWN: Hits = { ids: new Set(), subjects: new Set(), tombstones: new Map() };
const isKnown = ({ ids, subjects, tombstones }: Hits): boolean => ids.size + subjects.size + tombstones.size > 0;

const contextOfKey = (id: string): string => `consent ${id}`;

/** Records consents, in groups that are committed as one; see docs/ledger.md. */
export const createIngest = (
  strapi: Core.Strapi,
  keyRing: KeyRing,
  hashKey: Buffer,
  partitions: Partitions,
  { delayMs, maxBatch, maxQueue }: IngestOptions,
) => {
  const store = createIngestStore(strapi);
  const segments = createSegments((head) => keyRing.signText(head));
  const alsoWrite: AlsoWrite[] = [];
  let failing = false;
  // Most groups are of new visitors only; after one that was not, the next is looked up first.
  let expectNew = store.writeIfNew !== null;

  const sameContent = ({ consent }: Entry, row: ConsentRow): boolean =>
    row.site === consent.site &&
    row.locale === consent.locale &&
    row.config_version === consent.configVersion &&
    row.source === consent.source &&
    row.decided_at_ms === consent.decidedAtMs &&
    row.choices === canonicalJson(consent.choices) &&
    (row.subject_ref === NO_SUBJECT) === (consent.subject === null);

  /** What to answer for ids that are recorded already. */
  const answerRepeated = async (entries: readonly Entry[]): Promise<Outcome[]> => {
    const ids = entries.map(({ consent }) => consent.id);
    const rows = await store.find(ids);
    const subjects = entries.flatMap(({ subjectHash }) => subjectHash ?? []);
    const owners = await store.owners(ids, subjects);
    const records = new Map(ids.map((id) => [id, recordHash(hashKey, id)]));
    const { tombstones } = await store.lookUp({
      consents: entries.map(({ consent }) => consent),
      subjects: [...records.values(), ...subjects],
    });
    return entries.map((entry) => {
      const { consent, subjectHash } = entry;
      const row = rows.get(consent.id);
      // Purged in this very moment: the client may ask again.
      if (!row) return { failure: unavailable() };
      const erased =
        tombstones.has(records.get(consent.id)!) ||
        (subjectHash !== null && (tombstones.get(subjectHash) ?? -1) >= row.recorded_at_ms);
      if (erased) return { failure: ERASED };
      const owner = owners.get(consent.id);
      const sameSubject = subjectHash === null || owner?.subject_hash === subjectHash;
      if (!sameSubject || !sameContent(entry, row)) return { failure: OTHER_CONTENT };
      const history = owner?.first_of_subject === 1 || (entry.provesHistory && !!owner);
      return { recordedAtMs: row.recorded_at_ms, repeated: true, history };
    });
  };

  const detailsOf = (entry: Entry, now: number, previous: string | undefined, personal: string | undefined): string => {
    const details: ConsentDetails = {
      ...(entry.gpc && { gpc: true }),
      ...(entry.consent.layer && { layer: entry.consent.layer }),
      ...(entry.consent.decidedAtMs > now + FORGIVEN_FUTURE_MS && { future: true }),
      ...(personal && { personal }),
      ...(previous && { previous: JSON.parse(previous) as Record<string, boolean> }),
    };
    return canonicalJson(details);
  };

  /**
   * Writes entries as new ones, and sets the outcome of each.
   *
   * @param hits what is known of their subjects
   * @param touched given: only if nothing of it is known
   * @returns what is known of `touched`; if anything is, nothing was written
   */
  const append = async (
    entries: readonly Entry[],
    fresh: readonly number[],
    hits: Hits,
    outcomes: (Outcome | undefined)[],
    touched?: Touched,
  ): Promise<Hits> => {
    const now = Date.now();
    const lastChoices = await store.lastChoices([...hits.subjects]);
    const known = new Set(hits.subjects);
    const rows: UnchainedRow[] = [];
    const owners: SubjectRow[] = [];
    const histories: boolean[] = [];
    // At once, as asking the system for randomness costs more than what it gives.
    const nonces = randomBytes(NONCE_BYTES * fresh.length);
    for (const [position, index] of fresh.entries()) {
      const entry = entries[index]!;
      const { consent, subjectHash } = entry;
      const choices = canonicalJson(consent.choices);
      const previous = subjectHash === null ? undefined : lastChoices.get(subjectHash);
      const first = subjectHash !== null && !known.has(subjectHash);
      let subject_ref = NO_SUBJECT;
      let sealedKey: string | null = null;
      let personal: string | undefined;
      if (entry.personal) {
        const made = keyRing.createKey(contextOfKey(consent.id));
        sealedKey = made.sealed;
        personal = seal(made.key, canonicalJson(entry.personal), contextOfKey(consent.id));
      }
      if (subjectHash !== null || sealedKey !== null) {
        const nonce = nonces.toString('base64url', position * NONCE_BYTES, (position + 1) * NONCE_BYTES);
        if (subjectHash !== null) subject_ref = subjectRef(nonce, subjectHash);
        owners.push({
          subject_hash: subjectHash ?? recordHash(hashKey, consent.id),
          consent_id: consent.id,
          decided_at_ms: consent.decidedAtMs,
          first_of_subject: first ? 1 : 0,
          nonce,
          sealed_key: sealedKey,
        });
      }
      histories.push(first || (subjectHash !== null && entry.provesHistory));
      if (subjectHash !== null) {
        known.add(subjectHash);
        lastChoices.set(subjectHash, choices);
      }
      rows.push({
        id: consent.id,
        decided_at_ms: consent.decidedAtMs,
        site: consent.site,
        locale: consent.locale,
        config_version: consent.configVersion,
        source: consent.source,
        choices,
        details: detailsOf(entry, now, previous, personal),
        subject_ref,
      });
    }

    await partitions.ensure(rows.map(({ decided_at_ms }) => decided_at_ms));
    const batch = segments.chain(rows, now);
    let found = NOTHING_KNOWN;
    try {
      const group = {
        consents: batch.rows,
        subjects: owners,
        segments: batch.begun,
        also: alsoWrite.flatMap((write) => write(batch.rows)),
      };
      if (touched) found = await store.writeIfNew!(group, touched);
      else await store.write(group);
    } catch (error) {
      segments.abandon();
      partitions.forget();
      throw error;
    }
    if (isKnown(found)) return found;
    batch.committed();
    const recordedAt = new Map(batch.rows.map(({ id, recorded_at_ms }) => [id, recorded_at_ms]));
    for (const [position, index] of fresh.entries())
      outcomes[index] = {
        recordedAtMs: recordedAt.get(entries[index]!.consent.id)!,
        repeated: false,
        history: histories[position]!,
      };
    return found;
  };

  /** Writes those that are new, and tells the outcome of each. */
  const record = async (entries: readonly Entry[]): Promise<Outcome[]> => {
    const outcomes = new Array<Outcome | undefined>(entries.length);
    const touched: Touched = {
      consents: entries.map(({ consent }) => consent),
      subjects: [...new Set(entries.flatMap(({ subjectHash }) => subjectHash ?? []))],
    };
    let hits = NOTHING_KNOWN;
    if (expectNew) {
      hits = await append(entries, [...entries.keys()], hits, outcomes, touched);
      if (!isKnown(hits)) return outcomes as Outcome[];
    } else hits = await store.lookUp(touched);
    expectNew = store.writeIfNew !== null && !isKnown(hits);

    const repeated: number[] = [];
    const fresh: number[] = [];
    for (const [index, { consent, subjectHash }] of entries.entries()) {
      if (hits.ids.has(consent.id)) repeated.push(index);
      else if (subjectHash !== null && (hits.tombstones.get(subjectHash) ?? -1) >= consent.decidedAtMs)
        outcomes[index] = { failure: ERASED };
      else fresh.push(index);
    }
    if (repeated.length > 0) {
      const answers = await answerRepeated(repeated.map((index) => entries[index]!));
      for (const [position, index] of repeated.entries()) outcomes[index] = answers[position];
    }
    if (fresh.length > 0) await append(entries, fresh, hits, outcomes);
    return outcomes as Outcome[];
  };

  const tell = (error: unknown): void => {
    if (!failing) strapi.log.error(`Privacy Desk cannot record consents: ${failureName(error)}`);
    failing = true;
  };

  /** Records a group whose ids differ; where a row is at fault, without that row. */
  const recordOrFail = async (entries: readonly Entry[]): Promise<Outcome[]> => {
    for (let attempt = 1; ; attempt++) {
      try {
        const outcomes = await record(entries);
        if (failing) strapi.log.info('Privacy Desk can record consents again');
        failing = false;
        return outcomes;
      } catch (error) {
        // Another instance recorded the same id meanwhile, stood in the way, or removed a partition: look again.
        if ((isConflict(error) || isPartitionGone(error)) && attempt < ATTEMPTS) continue;
        if (isRowsFault(error) && entries.length > 1) {
          const middle = entries.length >> 1;
          return [...(await recordOrFail(entries.slice(0, middle))), ...(await recordOrFail(entries.slice(middle)))];
        }
        tell(error);
        return entries.map(() => ({ failure: unavailable() }));
      }
    }
  };

  const commit = async (
    entries: readonly Entry[],
    answer: (index: number, outcome: Outcome) => void,
  ): Promise<void> => {
    // The same id twice in one group: the first is recorded, then the others are repetitions.
    const seen = new Set<string>();
    const first: number[] = [];
    const again: number[] = [];
    for (const [index, { consent }] of entries.entries()) {
      (seen.has(consent.id) ? again : first).push(index);
      seen.add(consent.id);
    }
    for (const indexes of [first, again]) {
      if (indexes.length === 0) continue;
      // Repetitions one by one, as there may be three of an id; they are rare.
      const groups = indexes === again ? indexes.map((index) => [index]) : [indexes];
      for (const group of groups) {
        const outcomes = await recordOrFail(group.map((index) => entries[index]!));
        for (const [position, index] of group.entries()) answer(index, outcomes[position]!);
      }
    }
  };

  const group = createGroupCommit<Entry, Outcome>(
    commit,
    { delayMs, maxBatch, maxQueue, maxWaitMs: MAX_WAIT_MS },
    () => ({ failure: unavailable() }),
  );

  return {
    /** @returns false if too many wait already */
    add: group.add,
    drain: group.drain,
    /** Adds something to write in the same transaction as the consents. */
    alsoWrite: (write: AlsoWrite): void => void alsoWrite.push(write),
  };
};

export type Ingest = ReturnType<typeof createIngest>;

/** Name of a consent among the tombstones and, for those without a subject, among the subjects. */
export const recordHash = (hashKey: Buffer, id: string): string => keyedHash(hashKey, 'consent', id);
export const subjectHashOf = (hashKey: Buffer, subject: string): string => keyedHash(hashKey, 'subject', subject);
/** What a record's own key is sealed for. */
export const recordKeyContext = contextOfKey;
