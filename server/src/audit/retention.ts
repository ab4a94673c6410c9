import type { Core } from '@strapi/strapi';
import { breathe } from '../breathe';
import type { Checkpoints } from '../chain/checkpoints';
import { createExpiredSegments } from '../chain/expired-segments';
import { pluginConfig } from '../config';
import { qualified } from '../database/own-tables';
import { AUDIT_TRAIL, ENTRIES, PEOPLE } from './tables';

const DAY_MS = 86_400_000;
const BATCH_ROWS = 500;

/** What a purge removed. */
export interface AuditPurge {
  segments: number;
  entries: number;
}

/** Removes entries older than `audit.retentionDays`, and the keys of those whom no entry names any more. */
export const createAuditRetention = (strapi: Core.Strapi, checkpoints: Checkpoints) => {
  const expired = createExpiredSegments(strapi, AUDIT_TRAIL, checkpoints);
  const entries = () => strapi.db.getConnection(ENTRIES);

  const removeBatch = async (segment: string): Promise<number> => {
    const rows: { seq: number | string }[] = await entries()
      .where({ segment })
      .orderBy('seq')
      .limit(BATCH_ROWS)
      .select('seq');
    if (rows.length > 0)
      await entries()
        .where({ segment })
        .where('seq', '<=', Number(rows.at(-1)!.seq))
        .delete();
    return rows.length;
  };

  /** Whoever was named for the first time within the retention may be named by an entry that is just being written. */
  const removePeople = async (before: number): Promise<void> => {
    const named = (column: string) =>
      strapi.db
        .connection(qualified(strapi, ENTRIES))
        .whereRaw('?? = ??', [column, `${qualified(strapi, PEOPLE)}.ref`])
        .select(strapi.db.connection.raw('1'));
    await strapi.db
      .connection(qualified(strapi, PEOPLE))
      .where('created_at_ms', '<', before)
      .whereNotExists(named('actor_ref'))
      .whereNotExists(named('target_ref'))
      .delete();
  };

  return {
    /**
     * Removes what has expired.
     *
     * @param now milliseconds since 1970
     * @param goOn is awaited between the steps; what it throws ends the purge
     */
    async purge(now: number, goOn: () => Promise<void> = breathe): Promise<AuditPurge> {
      const expiryMs = now - pluginConfig(strapi).audit.retentionDays * DAY_MS;
      const expiry = (): number => expiryMs;
      await expired.announce(expiry, now, goOn);
      const { segments, rows } = await expired.remove(expiry, removeBatch, goOn);
      await removePeople(expiryMs);
      return { segments, entries: rows };
    },
  };
};

export type AuditRetention = ReturnType<typeof createAuditRetention>;
