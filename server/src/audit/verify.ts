import type { Core } from '@strapi/strapi';
import type { Checkpoint } from '../chain/checkpoint';
import type { Checkpoints } from '../chain/checkpoints';
import { verifyTrail, type TrailProblem, type TrailProgress, type TrailReader } from '../chain/verify-trail';
import type { KeyRing } from '../keys/service';
import { contentOf, ENTRY_COLUMNS, fromDatabase, type EntryRow } from './entry-row';
import type { People } from './people';
import { AUDIT_TRAIL, NO_SITE } from './tables';

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
