import type { Core } from '@strapi/strapi';
import { SUBJECTS, TOMBSTONES } from './tables';

const BATCH = 500;
/** Housekeeping is done once a day, by some instance. */
const LOOKED_BACK_MS = 3 * 24 * 3600 * 1000;

/**
 * Erases once more what came in at the very moment of an erasure: the group that wrote it had looked for the tombstone just
 * before there was one.
 *
 * @param goOn is awaited between the steps
 */
export const createOvertaken = (strapi: Core.Strapi) => {
  const db = (table: string) => strapi.db.getConnection(table);

  return async (now: number, goOn: () => Promise<void>): Promise<void> => {
    for (let after = ''; ;) {
      const erased: { hash: string; erased_at_ms: number | string }[] = await db(TOMBSTONES)
        .where('hash', '>', after)
        .where('erased_at_ms', '>', now - LOOKED_BACK_MS)
        .orderBy('hash')
        .limit(BATCH)
        .select('hash', 'erased_at_ms');
      if (erased.length === 0) return;
      after = erased.at(-1)!.hash;
      const times = new Map(erased.map(({ hash, erased_at_ms }) => [hash, Number(erased_at_ms)]));
      const found: { subject_hash: string; consent_id: string; decided_at_ms: number | string }[] = await db(SUBJECTS)
        .whereIn('subject_hash', [...times.keys()])
        .select('subject_hash', 'consent_id', 'decided_at_ms');
      for (const { subject_hash, consent_id, decided_at_ms } of found)
        // As the ingest has it: who decides again after that is somebody new.
        if (Number(decided_at_ms) <= times.get(subject_hash)!)
          await db(SUBJECTS).where({ subject_hash, consent_id }).delete();
      await goOn();
    }
  };
};
