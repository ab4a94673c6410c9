import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { dialectOf, qualified } from '../database/own-tables';
import { createRawInsert, marks, quotedTable, rawRows, writeTogether, type RawStatement } from '../database/raw-insert';
import type { SegmentRow } from '../chain/segments';
import { CONSENT_COLUMNS, fromDatabase, type ConsentRow } from './record';
import { CONSENTS, SEGMENTS, SUBJECTS, TOMBSTONES } from './tables';

/** Whose a consent is. */
export interface SubjectRow {
  subject_hash: string;
  consent_id: string;
  decided_at_ms: number;
  first_of_subject: 0 | 1;
  nonce: string;
  sealed_key: string | null;
}

const SUBJECT_COLUMNS = [
  'subject_hash',
  'consent_id',
  'decided_at_ms',
  'first_of_subject',
  'nonce',
  'sealed_key',
] as const satisfies readonly (keyof SubjectRow)[];

/** What of a batch is known already. */
export interface Hits {
  ids: Set<string>;
  subjects: Set<string>;
  /** When a subject was erased, milliseconds since 1970. */
  tombstones: Map<string, number>;
}

/**
 * On PostgreSQL an id is looked for in the partitions around its own month only, or each look-up would go through all of
 * them. An id that comes again with a time months away is another consent there; uniqueness is of (id, decidedAt).
 */
const AROUND_MS = 40 * 24 * 3600 * 1000;

/** Statements of the ingest. They are written out, as building them costs more than running them. */
export const createIngestStore = (strapi: Core.Strapi) => {
  const { client } = dialectOf(strapi);
  const table = (name: string): string => quotedTable(strapi, name);
  const tables = { consents: table(CONSENTS), subjects: table(SUBJECTS), tombstones: table(TOMBSTONES) };
  const insertSegments = createRawInsert<SegmentRow & { checkpoint_seq: number }>(
    strapi,
    SEGMENTS,
    ['segment', 'site', 'started_at_ms', 'checkpoint_seq'],
    { started_at_ms: 'bigint', checkpoint_seq: 'bigint' },
  );
  const insertSubjects = createRawInsert<SubjectRow>(strapi, SUBJECTS, SUBJECT_COLUMNS, {
    decided_at_ms: 'bigint',
    first_of_subject: 'bigint',
  });
  const insertConsents = createRawInsert<ConsentRow>(strapi, CONSENTS, CONSENT_COLUMNS, {
    decided_at_ms: 'bigint',
    recorded_at_ms: 'bigint',
    seq: 'bigint',
    sealed_seq: 'bigint',
    previous_hash: 'bytea',
    hash: 'bytea',
  });
  // One array on PostgreSQL: the statement stays short and the same.
  const among = (values: readonly string[]): { sql: string; bindings: unknown[] } =>
    client === 'postgres'
      ? { sql: '= any(?::text[])', bindings: [values] }
      : { sql: `in (${marks(values.length)})`, bindings: [...values] };

  return {
    /** One look at what the batch touches. */
    async lookUp(consents: readonly { id: string; decidedAtMs: number }[], subjects: readonly string[]): Promise<Hits> {
      const times = consents.map(({ decidedAtMs }) => decidedAtMs);
      const ids = among(consents.map(({ id }) => id));
      const bindings = [...ids.bindings];
      let statement = `select 0 as kind, id as name, 0 as at from ${tables.consents} where id ${ids.sql}`;
      if (client === 'postgres') {
        statement += ' and decided_at_ms between ? and ?';
        bindings.push(Math.min(...times) - AROUND_MS, Math.max(...times) + AROUND_MS);
      }
      if (subjects.length > 0) {
        const list = among(subjects);
        statement +=
          ` union all select 1 as kind, subject_hash as name, 0 as at from ${tables.subjects} where subject_hash ${list.sql}` +
          ` union all select 2 as kind, hash as name, erased_at_ms as at from ${tables.tombstones} where hash ${list.sql}`;
        bindings.push(...list.bindings, ...list.bindings);
      }
      const hits: Hits = { ids: new Set(), subjects: new Set(), tombstones: new Map() };
      const rows = rawRows<{ kind: number; name: string; at: number | string }>(
        strapi,
        await strapi.db.connection.raw(statement, bindings as Knex.RawBinding[]),
      );
      for (const { kind, name, at } of rows)
        if (Number(kind) === 0) hits.ids.add(name);
        else if (Number(kind) === 1) hits.subjects.add(name);
        else hits.tombstones.set(name, Number(at));
      return hits;
    },

    /** The rows of these ids, by id. */
    async find(ids: readonly string[]): Promise<Map<string, ConsentRow>> {
      const rows = await strapi.db
        .getConnection(CONSENTS)
        .whereIn('id', [...ids])
        .select([...CONSENT_COLUMNS]);
      return new Map((rows as ConsentRow[]).map((row) => [row.id, fromDatabase(row)]));
    },

    /** Which subject's first consents these are, if any, by id: `true` for the first one. */
    async owners(ids: readonly string[], subjects: readonly string[]): Promise<Map<string, SubjectRow>> {
      const rows: SubjectRow[] = await strapi.db
        .getConnection(SUBJECTS)
        .whereIn('subject_hash', [...subjects])
        .whereIn('consent_id', [...ids])
        .select([...SUBJECT_COLUMNS]);
      return new Map(rows.map((row) => [row.consent_id, row]));
    },

    /** JSON of the choices of each subject's last consent, by subject. */
    async lastChoices(subjects: readonly string[]): Promise<Map<string, string>> {
      const last = new Map<string, string>();
      if (subjects.length === 0) return last;
      const rows: { subject: string; choices: string }[] = await strapi.db
        .getConnection(`${SUBJECTS} as s`)
        .join(`${qualified(strapi, CONSENTS)} as c`, (on) =>
          on.on('c.id', '=', 's.consent_id').andOn('c.decided_at_ms', '=', 's.decided_at_ms'),
        )
        .whereIn('s.subject_hash', [...subjects])
        .orderBy('s.decided_at_ms')
        .select({ subject: 's.subject_hash', choices: 'c.choices' });
      for (const { subject, choices } of rows) last.set(subject, choices);
      return last;
    },

    /**
     * Writes a group of consents, all or none.
     *
     * @param also what else belongs to it
     */
    write: (
      consents: readonly ConsentRow[],
      subjects: readonly SubjectRow[],
      segments: readonly SegmentRow[],
      also: readonly RawStatement[],
    ): Promise<void> =>
      writeTogether(strapi, [
        ...insertSegments(segments.map((segment) => ({ ...segment, checkpoint_seq: 0 }))),
        ...insertSubjects(subjects),
        ...insertConsents(consents),
        ...also,
      ]),
  };
};

export type IngestStore = ReturnType<typeof createIngestStore>;
