import type { Core } from '@strapi/strapi';
import type {
  ConsentSource,
  RecordDetails,
  RecordPage,
  RecordQuery,
  RecordSubject,
  RecordSummary,
} from '../../../contract';
import { verifyRow } from '../chain/verify-row';
import { qualified } from '../database/own-tables';
import { getService } from '../get-service';
import type { KeyRing } from '../keys/service';
import { open } from '../keys/seal';
import { recordHash, recordKeyContext, subjectHashOf } from './ingest';
import { namesOf } from './names';
import { createReceipts } from './receipts';
import { CONSENT_COLUMNS, contentOf, fromDatabase, NO_SUBJECT, type ConsentDetails, type ConsentRow } from './record';
import { CONSENT_TRAIL, CONSENTS, SUBJECTS, TOMBSTONES } from './tables';
import { readAfter, writeAfter, type Place } from './place';

const reader = { trail: CONSENT_TRAIL, columns: CONSENT_COLUMNS, fromDatabase, contentOf };

const DEFAULT_LIMIT = 25;
/** A rare source is looked for in so many consents at a time; then the page ends, full or not. */
const MOST_LOOKED_AT = 20_000;

export const summaryOf = (row: ConsentRow): RecordSummary => {
  const details = JSON.parse(row.details) as ConsentDetails;
  return {
    id: row.id,
    site: row.site,
    locale: row.locale,
    configVersion: row.config_version,
    source: row.source as ConsentSource,
    layer: details.layer ?? null,
    choices: JSON.parse(row.choices) as Record<string, boolean>,
    decidedAt: new Date(row.decided_at_ms).toISOString(),
    recordedAt: new Date(row.recorded_at_ms).toISOString(),
    gpc: details.gpc ?? false,
  };
};

/** The subject in what an admin was given: itself, or the value of the choice cookie (public contract, section 4). */
export const subjectIn = (text: string): string | null =>
  /^(?:1\.[\da-z]*\.)?([\w-]{22})(?:\.\S*)?$/i.exec(text.trim())?.[1] ?? null;

interface OwnerRow {
  subject_hash: string;
  sealed_key: string | null;
}

/** Finds consents for the admin panel. Every way to them leads through an index. */
export const createRecords = (strapi: Core.Strapi, keyRing: KeyRing, hashKey: Buffer) => {
  const receipts = createReceipts(strapi, keyRing);
  const columns = CONSENT_COLUMNS.map((column) => `c.${column}`);
  const consents = () => strapi.db.getConnection(`${CONSENTS} as c`);
  const read = async (query: PromiseLike<unknown>): Promise<ConsentRow[]> =>
    ((await query) as ConsentRow[]).map(fromDatabase);

  type Query = ReturnType<typeof consents>;

  /** Only what comes after a place, the latest decision first. */
  const beyond = (query: Query, { decidedAtMs, id }: Place): Query =>
    query
      .where('c.decided_at_ms', '<=', decidedAtMs)
      .where((where) => where.where('c.decided_at_ms', '<', decidedAtMs).orWhere('c.id', '<', id));

  const narrowed = (query: Query, { site, source, from, to }: RecordQuery): Query => {
    if (site !== undefined) query.where('c.site', site);
    if (source !== undefined) query.where('c.source', source);
    if (from !== undefined) query.where('c.decided_at_ms', '>=', Date.parse(from));
    if (to !== undefined) query.where('c.decided_at_ms', '<', Date.parse(to));
    return query;
  };

  const page = async (rows: ConsentRow[], limit: number, end: Place | null = null): Promise<RecordPage> => {
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const next = rows.length > limit && last ? { decidedAtMs: last.decided_at_ms, id: last.id } : end;
    const names = last
      ? await namesOf(
          strapi,
          last.site,
          shown.map(({ config_version }) => config_version),
        )
      : {};
    return { records: shown.map(summaryOf), names, next: next && writeAfter(next) };
  };

  const newestFirst = (query: Query): Query => query.orderBy('c.decided_at_ms', 'desc').orderBy('c.id', 'desc');

  const ofSubject = (
    subject: string,
    query: RecordQuery,
    after: Place | null,
    limit: number,
  ): Promise<ConsentRow[]> => {
    const found = strapi.db
      .getConnection(`${SUBJECTS} as s`)
      .join(`${qualified(strapi, CONSENTS)} as c`, (on) =>
        on.on('c.id', '=', 's.consent_id').andOn('c.decided_at_ms', '=', 's.decided_at_ms'),
      )
      .where('s.subject_hash', subjectHashOf(hashKey, subject));
    if (after) beyond(found, after);
    return read(
      newestFirst(narrowed(found, query))
        .limit(limit + 1)
        .select(columns),
    );
  };

  /** Where the search for a rare source ends this time; null: there are fewer consents than that. */
  const endOfSearch = async (query: RecordQuery, after: Place | null): Promise<Place | null> => {
    const looked = narrowed(consents(), { ...query, source: undefined });
    if (after) beyond(looked, after);
    const [row]: { id: string; decided_at_ms: number | string }[] = await newestFirst(looked)
      .offset(MOST_LOOKED_AT)
      .limit(1)
      .select('c.id', 'c.decided_at_ms');
    return row ? { decidedAtMs: Number(row.decided_at_ms), id: row.id } : null;
  };

  const personalOf = (
    row: ConsentRow,
    sealed: string | undefined,
    owner: OwnerRow | undefined,
    permitted: boolean,
  ): RecordDetails['personal'] => {
    if (!sealed) return { state: 'none', parts: {} };
    if (!owner?.sealed_key) return { state: 'destroyed', parts: {} };
    if (!permitted) return { state: 'hidden', parts: {} };
    const context = recordKeyContext(row.id);
    const plain = open(keyRing.openKey(owner.sealed_key, context), sealed, context);
    return { state: 'readable', parts: JSON.parse(plain.toString()) as Record<string, string> };
  };

  const isErased = async (row: ConsentRow): Promise<boolean> => {
    const found: unknown[] = await strapi.db
      .getConnection(TOMBSTONES)
      .where({ hash: recordHash(hashKey, row.id) })
      .select('hash');
    return found.length > 0;
  };

  const countOf = async (subjectHash: string): Promise<number> => {
    const [counted]: { count: number | string }[] = await strapi.db
      .getConnection(SUBJECTS)
      .where({ subject_hash: subjectHash })
      .count({ count: '*' });
    return Number(counted!.count);
  };

  return {
    /**
     * @param query checked; `id`, `subject` or `site` is there
     */
    async search(query: RecordQuery): Promise<RecordPage> {
      const { id, subject, limit = DEFAULT_LIMIT } = query;
      if (id !== undefined)
        return page(await read(newestFirst(consents().where('c.id', id)).limit(100).select(columns)), 100);
      const after = query.after === undefined ? null : readAfter(query.after);
      if (subject !== undefined) return page(await ofSubject(subjectIn(subject)!, query, after, limit), limit);
      const end = query.source === undefined ? null : await endOfSearch(query, after);
      const found = narrowed(consents(), query);
      if (after) beyond(found, after);
      // The end itself was looked at.
      if (end)
        found
          .where('c.decided_at_ms', '>=', end.decidedAtMs)
          .where((where) => where.where('c.decided_at_ms', '>', end.decidedAtMs).orWhere('c.id', '>=', end.id));
      return page(
        await read(
          newestFirst(found)
            .limit(limit + 1)
            .select(columns),
        ),
        limit,
        end,
      );
    },

    /**
     * @param permitted whether the admin may read personal parts
     * @returns null: there is no such record
     */
    async find(id: string, permitted: boolean): Promise<RecordDetails | null> {
      const [row] = await read(newestFirst(consents().where('c.id', id)).limit(1).select(columns));
      if (!row) return null;
      const [owner]: OwnerRow[] = await strapi.db
        .getConnection(SUBJECTS)
        .where({ decided_at_ms: row.decided_at_ms, consent_id: row.id })
        .select('subject_hash', 'sealed_key');
      const details = JSON.parse(row.details) as ConsentDetails;
      const config = await getService('publishing', { strapi }).readConfig(row.config_version);
      const hasSubject = row.subject_ref !== NO_SUBJECT;
      const erased = hasSubject ? !owner : await isErased(row);
      const subject: RecordSubject = erased ? 'erased' : hasSubject ? 'known' : 'none';
      return {
        ...summaryOf(row),
        previousChoices: details.previous ?? null,
        names: await namesOf(strapi, row.site, [row.config_version]),
        decidedInFuture: details.future ?? false,
        regime: config?.regime ?? null,
        subject,
        subjectRef: hasSubject ? row.subject_ref : null,
        otherRecords: subject === 'known' ? (await countOf(owner!.subject_hash)) - 1 : null,
        personal: personalOf(row, details.personal, owner, permitted),
        chain: {
          segment: row.segment,
          seq: row.seq,
          previousHash: row.previous_hash.toString('base64url'),
          hash: row.hash.toString('base64url'),
          ...(await verifyRow<ConsentRow>(strapi, keyRing, reader, row)),
        },
        receipt: config && (await receipts.make(row)),
      };
    },
  };
};

export type Records = ReturnType<typeof createRecords>;
