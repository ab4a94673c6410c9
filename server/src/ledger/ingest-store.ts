import type { Core } from '@strapi/strapi';
import { dialectOf, qualified } from '../database/own-tables';
import type { SegmentRow } from '../chain/segments';
import { postgresArray } from '../database/postgres-array';
import { createPreparedRun } from '../database/prepared';
import {
  createRawInsert,
  createWriteTogether,
  createWriteUnless,
  marks,
  quotedTable,
  rawRows,
  type RawStatement,
} from '../database/raw-insert';
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

/** What a batch touches. */
export interface Touched {
  consents: readonly { id: string; decidedAtMs: number }[];
  subjects: readonly string[];
}

/** A group of consents, and what is written with it. */
export interface Group {
  consents: readonly ConsentRow[];
  subjects: readonly SubjectRow[];
  /** Segments that begin with it. */
  segments: readonly SegmentRow[];
  also: readonly RawStatement[];
}

/** What of a batch is known already. */
export interface Hits {
  ids: Set<string>;
  subjects: Set<string>;
  /** When a subject was erased, milliseconds since 1970. */
  tombstones: Map<string, number>;
}

/**
 * On PostgreSQL an id is looked for around its own time only, or each look-up would go through all partitions. An id that
 * comes again with a time days away is another consent there; uniqueness is of (id, decidedAt).
 */
const AROUND_MS = 24 * 3600 * 1000;

/** Statements of the ingest. They are written out, as building them costs more than running them. */
export const createIngestStore = (strapi: Core.Strapi) => {
  const { client } = dialectOf(strapi);
  const run = createPreparedRun(strapi);
  const writeTogether = createWriteTogether(strapi);
  const writeUnless = createWriteUnless(strapi);
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

  /**
   * What is asked of a batch. On PostgreSQL each value is looked for by itself, in the order of the primary key: whatever its
   * statistics say (after an import, or of a table that was empty a minute ago), only the index is fit for that.
   */
  const lookUpStatement = ({ consents, subjects }: Touched): RawStatement => {
    const ids = consents.map(({ id }) => id);
    const erased = 'select 2 as kind, hash as name, erased_at_ms as at';
    if (client !== 'postgres') {
      // On SQLite as one value each, which leaves one statement for any number of them.
      const among = (values: readonly string[]): { sql: string; bindings: string[] } =>
        client === 'sqlite'
          ? { sql: '(select value from json_each(?))', bindings: [JSON.stringify(values)] }
          : { sql: `(${marks(values.length)})`, bindings: [...values] };
      const [inIds, inSubjects] = [among(ids), among(subjects)];
      const withSubjects =
        ` union all select 1 as kind, subject_hash as name, 0 as at from ${tables.subjects} where subject_hash in ${inSubjects.sql}` +
        ` union all ${erased} from ${tables.tombstones} where hash in ${inSubjects.sql}`;
      return {
        sql: `select 0 as kind, id as name, 0 as at from ${tables.consents} where id in ${inIds.sql}${subjects.length > 0 ? withSubjects : ''}`,
        bindings: [...inIds.bindings, ...(subjects.length > 0 ? [...inSubjects.bindings, ...inSubjects.bindings] : [])],
      };
    }
    const times = consents.map(({ decidedAtMs }) => decidedAtMs);
    const subjectsArray = postgresArray(subjects);
    return {
      sql:
        'select 0 as kind, name, 0 as at from unnest(?::text[]) as name, lateral' +
        ` (select 1 from ${tables.consents} where id = name and decided_at_ms between ? and ? order by id, decided_at_ms limit 1) as found` +
        ' union all select 1 as kind, name, 0 as at from unnest(?::text[]) as name, lateral' +
        ` (select 1 from ${tables.subjects} where subject_hash = name order by subject_hash, consent_id limit 1) as found` +
        ` union all ${erased} from ${tables.tombstones} where hash = any(?::text[])`,
      bindings: [
        postgresArray(ids),
        Math.min(...times) - AROUND_MS,
        Math.max(...times) + AROUND_MS,
        subjectsArray,
        subjectsArray,
      ],
    };
  };

  const hitsIn = (result: unknown): Hits => {
    const hits: Hits = { ids: new Set(), subjects: new Set(), tombstones: new Map() };
    for (const { kind, name, at } of rawRows<{ kind: number; name: string; at: number | string }>(strapi, result))
      if (Number(kind) === 0) hits.ids.add(name);
      else if (Number(kind) === 1) hits.subjects.add(name);
      else hits.tombstones.set(name, Number(at));
    return hits;
  };

  const insertsOf = ({ consents, subjects, segments, also }: Group): RawStatement[] => [
    ...insertSegments(segments.map((segment) => ({ ...segment, checkpoint_seq: 0 }))),
    ...insertSubjects(subjects),
    ...insertConsents(consents),
    ...also,
  ];

  return {
    /** One look at what the batch touches. */
    lookUp: async (touched: Touched): Promise<Hits> => hitsIn(await run(lookUpStatement(touched))),

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

    /** Writes a group of consents, all or none. */
    write: (group: Group): Promise<void> => writeTogether(insertsOf(group)),

    /**
     * Writes a group in the same round trip that looks for what it touches; null where the database cannot do that.
     *
     * @returns what is known already: if anything is, nothing was written
     */
    writeIfNew:
      writeUnless &&
      (async (group: Group, touched: Touched): Promise<Hits> =>
        hitsIn(await writeUnless(lookUpStatement(touched), insertsOf(group)))),
  };
};

export type IngestStore = ReturnType<typeof createIngestStore>;
