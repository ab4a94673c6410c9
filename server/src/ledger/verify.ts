import type { Core } from '@strapi/strapi';
import { breathe, createPace } from '../breathe';
import { verifyCheckpoints, type CheckpointProblem } from '../chain/verify-checkpoints';
import { createSegmentVerifier, type ChainProblem, type ChainRow, type KnownHeads } from '../chain/verify-segment';
import type { Checkpoint } from '../chain/checkpoint';
import type { KeyRing } from '../keys/service';
import type { Checkpoints } from './checkpoints';
import { CONSENT_COLUMNS, contentOf, fromDatabase, NO_SUBJECT, subjectRef, type ConsentRow } from './record';
import { CONSENTS, SEGMENTS, SUBJECTS } from './tables';

const PAGE_ROWS = 1000;
const NOTHING_KNOWN: KnownHeads = { heads: new Map(), purged: null };

/** A row of the subjects that does not fit the consent it names. */
export interface SubjectProblem {
  kind: 'subject';
  id: string;
  message: string;
}

/** What verifying found. */
export interface VerifyReport {
  ok: boolean;
  consents: number;
  segments: number;
  checkpoints: number;
  problems: (ChainProblem | SubjectProblem | ({ checkpoint: true } & CheckpointProblem))[];
}

/** How far verifying has come. */
export type VerifyProgress = Pick<VerifyReport, 'consents' | 'segments' | 'checkpoints'>;

const chainRow = (row: ConsentRow): ChainRow => ({
  id: row.id,
  seq: row.seq,
  sealedSeq: row.sealed_seq,
  contentAt: (seq) => contentOf({ ...row, seq }),
  previous: row.previous_hash,
  hash: row.hash,
  seal: row.seal,
});

/** Reads the whole ledger and finds what is not as it was written. */
export const createVerifier = (strapi: Core.Strapi, keyRing: KeyRing, checkpoints: Checkpoints) => {
  const db = (table: string) => strapi.db.getConnection(table);

  async function* rowsOf(segment: string): AsyncGenerator<ConsentRow> {
    let after: { seq: number; id: string } | null = null;
    for (;;) {
      const query = db(CONSENTS).where({ segment }).orderBy('seq').orderBy('id').limit(PAGE_ROWS);
      if (after) {
        const { seq, id }: { seq: number; id: string } = after;
        query.where((where) =>
          where.where('seq', '>', seq).orWhere((same) => same.where({ seq }).where('id', '>', id)),
        );
      }
      const page = ((await query.select([...CONSENT_COLUMNS])) as ConsentRow[]).map(fromDatabase);
      yield* page;
      if (page.length < PAGE_ROWS) return;
      after = page.at(-1)!;
      await breathe();
    }
  }

  /** Segments that rows name, whoever else does; by an index alone. */
  const segmentsOfRows = async (): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for (let after = ''; ;) {
      const [row]: { segment: string; site: string }[] = await db(CONSENTS)
        .where('segment', '>', after)
        .orderBy('segment')
        .orderBy('seq')
        .limit(1)
        .select('segment', 'site');
      if (!row) return found;
      found.set(row.segment, row.site);
      after = row.segment;
    }
  };

  /** Whether the consents' references fit the table that says whose they are; what was erased cannot be asked. */
  const verifySubjects = async (problems: VerifyReport['problems']): Promise<void> => {
    let after = { subject_hash: '', consent_id: '' };
    for (;;) {
      const { subject_hash, consent_id } = after;
      const page: { subject_hash: string; consent_id: string; nonce: string }[] = await db(SUBJECTS)
        .where((where) =>
          where
            .where('subject_hash', '>', subject_hash)
            .orWhere((same) => same.where({ subject_hash }).where('consent_id', '>', consent_id)),
        )
        .orderBy('subject_hash')
        .orderBy('consent_id')
        .limit(PAGE_ROWS)
        .select('subject_hash', 'consent_id', 'nonce');
      if (page.length === 0) return;
      const ids = page.map((owner) => owner.consent_id);
      const rows: { id: string; subject_ref: string }[] = await db(CONSENTS)
        .whereIn('id', ids)
        .select('id', 'subject_ref');
      const refs = new Map(rows.map(({ id, subject_ref }) => [id, subject_ref]));
      for (const owner of page) {
        const ref = refs.get(owner.consent_id);
        // A consent that is gone is found in its segment.
        if (ref === undefined || ref === NO_SUBJECT || ref === subjectRef(owner.nonce, owner.subject_hash)) continue;
        problems.push({
          kind: 'subject',
          id: owner.consent_id,
          message: 'The consent is said to be of another subject',
        });
      }
      after = page.at(-1)!;
      await breathe();
    }
  };

  return {
    /**
     * @param held checkpoints that were exported earlier and held elsewhere: only they prove that none is missing at the end
     * @param onProgress is awaited every few milliseconds; what it throws ends the verification
     */
    async verify(
      held: readonly Checkpoint[] = [],
      onProgress: (progress: VerifyProgress) => Promise<void> = async () => {},
    ): Promise<VerifyReport> {
      const check = await verifyCheckpoints(checkpoints.all(), keyRing.verify);
      const problems: VerifyReport['problems'] = check.problems.map((problem) => ({ checkpoint: true, ...problem }));
      const stored = new Map<number, string>();
      if (held.length > 0) for await (const { number, content } of checkpoints.all()) stored.set(number, content);
      for (const { number, content } of held)
        if (stored.get(number) !== content)
          problems.push({
            checkpoint: true,
            kind: stored.has(number) ? 'altered' : 'missing',
            number,
            message: 'It is not as it was exported',
          });

      const registered: { segment: string; site: string }[] = await db(SEGMENTS).select('segment', 'site');
      const sites = new Map([
        ...(await segmentsOfRows()),
        ...[...check.segments].map(([segment, { site }]) => [segment, site] as const),
        ...registered.map(({ segment, site }) => [segment, site] as const),
      ]);
      const knownSegments = new Set([...check.segments.keys(), ...registered.map(({ segment }) => segment)]);
      let consents = 0;
      let segments = 0;
      const pace = createPace();
      for (const [segment, site] of sites) {
        let rows = 0;
        segments += 1;
        const verifier = createSegmentVerifier({
          segment,
          site,
          known: check.segments.get(segment)?.known ?? NOTHING_KNOWN,
          verifySignature: keyRing.verify,
        });
        for await (const row of rowsOf(segment)) {
          await verifier.row(chainRow(row));
          rows += 1;
          const paused = pace();
          if (!paused) continue;
          await paused;
          await onProgress({ consents: consents + rows, segments, checkpoints: check.count });
        }
        const result = verifier.finish();
        consents += result.rows;
        problems.push(...result.problems);
        if (result.rows === 0 && registered.some((row) => row.segment === segment) && !check.segments.has(segment))
          problems.push({
            kind: 'missing',
            segment,
            site,
            seq: 1,
            id: null,
            message: 'The segment has begun, and all its rows are missing',
          });
        if (!knownSegments.has(segment))
          problems.push({
            kind: 'inserted',
            segment,
            site,
            seq: 1,
            id: null,
            message: 'Nothing knows that this segment was begun',
          });
      }
      await verifySubjects(problems);
      return {
        ok: problems.length === 0,
        consents,
        segments: sites.size,
        checkpoints: check.count,
        problems,
      };
    },
  };
};

export type Verifier = ReturnType<typeof createVerifier>;
