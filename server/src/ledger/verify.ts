import type { Core } from '@strapi/strapi';
import type { LedgerProblem, VerifiedConsents } from '../../../contract';
import { breathe } from '../breathe';
import type { Checkpoint } from '../chain/checkpoint';
import type { Checkpoints } from '../chain/checkpoints';
import { createVerification } from '../chain/verification';
import { verifyTrail, type TrailProblem, type TrailReader } from '../chain/verify-trail';
import type { KeyRing } from '../keys/service';
import { CONSENT_COLUMNS, contentOf, fromDatabase, NO_SUBJECT, subjectRef, type ConsentRow } from './record';
import { CONSENT_TRAIL, CONSENTS, SUBJECTS, VERIFICATIONS } from './tables';

const PAGE_ROWS = 1000;

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
  problems: (TrailProblem | SubjectProblem)[];
}

/** How far verifying has come. */
export type VerifyProgress = VerifiedConsents;

/** Reads the whole ledger and finds what is not as it was written. */
export const createVerifier = (strapi: Core.Strapi, keyRing: KeyRing, checkpoints: Checkpoints) => {
  const db = (table: string) => strapi.db.getConnection(table);

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
      const reader: TrailReader<ConsentRow> = {
        trail: CONSENT_TRAIL,
        checkpoints,
        columns: CONSENT_COLUMNS,
        fromDatabase,
        contentOf,
        site: { column: 'site' },
      };
      const chain = await verifyTrail(strapi, keyRing, reader, held, ({ rows, ...progress }) =>
        onProgress({ consents: rows, ...progress }),
      );
      const problems: VerifyReport['problems'] = [...chain.problems];
      await verifySubjects(problems);
      return {
        ok: problems.length === 0,
        consents: chain.rows,
        segments: chain.segments,
        checkpoints: chain.checkpoints,
        problems,
      };
    },
  };
};

export type Verifier = ReturnType<typeof createVerifier>;

const problemOf = (problem: VerifyReport['problems'][number]): LedgerProblem => {
  if ('checkpoint' in problem)
    return { of: 'checkpoint', kind: problem.kind, message: problem.message, checkpoint: problem.number };
  const { kind, message, id } = problem;
  const at = 'segment' in problem && { site: problem.site, segment: problem.segment, seq: problem.seq };
  return { of: 'consent', kind, message, ...at, ...(id !== null && { id }) };
};

/** Runs of `verify` in the background. */
export const createLedgerVerification = (strapi: Core.Strapi, verifier: Verifier) =>
  createVerification<VerifiedConsents, LedgerProblem>(strapi, {
    name: 'ledger',
    lease: 'verification',
    table: VERIFICATIONS,
    nothing: { consents: 0, segments: 0, checkpoints: 0 },
    async verify(onProgress) {
      const { ok, problems, ...counts } = await verifier.verify([], onProgress);
      return { ok, counts, problems: problems.map(problemOf) };
    },
  });

export type LedgerVerification = ReturnType<typeof createLedgerVerification>;
