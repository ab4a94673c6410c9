import type { Core } from '@strapi/strapi';
import type { AuditProblem, VerifiedEntries } from '../../../contract';
import type { Checkpoint } from '../chain/checkpoint';
import type { Checkpoints } from '../chain/checkpoints';
import { createVerification } from '../chain/verification';
import { verifyTrail, type TrailProblem, type TrailProgress, type TrailReader } from '../chain/verify-trail';
import type { KeyRing } from '../keys/service';
import { contentOf, ENTRY_COLUMNS, fromDatabase, type EntryRow } from './entry-row';
import type { People } from './people';
import { AUDIT_TRAIL, NO_SITE, VERIFICATIONS } from './tables';

/** A key of names that is gone without having been erased, or that was changed. */
export interface PersonProblem {
  kind: 'person';
  id: null;
  message: string;
}

/** What verifying found. */
export interface AuditReport extends TrailProgress {
  ok: boolean;
  problems: (TrailProblem | PersonProblem)[];
}

/** Reads the whole audit trail and finds what is not as it was written. */
export const createAuditVerifier =
  (strapi: Core.Strapi, keyRing: KeyRing, checkpoints: Checkpoints, people: People) =>
  async (
    held: readonly Checkpoint[] = [],
    onProgress: (progress: TrailProgress) => Promise<void> = async () => {},
  ): Promise<AuditReport> => {
    const named = new Set<string>();
    const reader: TrailReader<EntryRow> = {
      trail: AUDIT_TRAIL,
      checkpoints,
      columns: ENTRY_COLUMNS,
      fromDatabase,
      contentOf,
      site: { always: NO_SITE },
      onRow: ({ actor_ref, target_ref }) => void named.add(actor_ref).add(target_ref),
    };
    const { problems: found, ...progress } = await verifyTrail(strapi, keyRing, reader, held, onProgress);
    const problems: AuditReport['problems'] = [...found];
    const report = (message: string): void => void problems.push({ kind: 'person', id: null, message });
    named.delete('');
    for await (const { ref, intact } of people.all()) {
      if (!intact) report(`The key ${ref} is not as it was written`);
      named.delete(ref);
    }
    for (const ref of named) report(`The key ${ref} is gone, and nobody erased it`);
    return { ok: problems.length === 0, ...progress, problems };
  };

const problemOf = (problem: AuditReport['problems'][number]): AuditProblem => {
  const { kind, message } = problem;
  if ('checkpoint' in problem) return { of: 'checkpoint', kind, message, checkpoint: problem.number };
  if (!('segment' in problem)) return { of: 'person', kind, message };
  const { segment, seq, id } = problem;
  return { of: 'entry', kind, message, segment, seq, ...(id !== null && { id }) };
};

/** Runs of `verify` in the background. */
export const createAuditVerification = (strapi: Core.Strapi, verify: ReturnType<typeof createAuditVerifier>) => {
  const counted = ({ rows, segments, checkpoints }: TrailProgress): VerifiedEntries => ({
    entries: rows,
    segments,
    checkpoints,
  });
  return createVerification<VerifiedEntries, AuditProblem>(strapi, {
    name: 'audit trail',
    lease: 'audit-verification',
    table: VERIFICATIONS,
    nothing: { entries: 0, segments: 0, checkpoints: 0 },
    async verify(onProgress) {
      const report = await verify([], (progress) => onProgress(counted(progress)));
      return { ok: report.ok, counts: counted(report), problems: report.problems.map(problemOf) };
    },
  });
};

export type AuditVerificationTask = ReturnType<typeof createAuditVerification>;
