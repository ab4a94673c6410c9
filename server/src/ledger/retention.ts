import type { Core } from '@strapi/strapi';
import { breathe } from '../breathe';
import type { Checkpoints } from '../chain/checkpoints';
import { createExpiredSegments } from '../chain/expired-segments';
import { SITE_UID } from '../constants';
import { qualified } from '../database/own-tables';
import type { Partitions } from './partitions';
import { CONSENT_TRAIL, CONSENTS, SUBJECTS, TOMBSTONES } from './tables';

const DAY_MS = 86_400_000;
const BATCH_ROWS = 500;

/**
 * How long consents are kept where a site says nothing else: for as long as a choice is (half a year), and for the usual
 * limitation period of three years after that.
 */
export const DEFAULT_RETENTION_MONTHS = 42;
const DEFAULT_LIFETIME_DAYS = 180;

/** What a purge removed. */
export interface PurgeReport {
  segments: number;
  consents: number;
  /** Whole partitions (PostgreSQL), whose consents are not in `consents`. */
  partitions: number;
}

export interface Retention {
  months: number;
  /** A record is never removed while the choice it proves may be in use. */
  choiceLifetimeDays: number;
}

/** Consents recorded before this time have expired. Milliseconds since 1970. */
export const expiryOf = ({ months, choiceLifetimeDays }: Retention, now: number): number => {
  const date = new Date(now);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  // The 31st of a month that has 30 days is its last day.
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return Math.min(date.getTime(), now - choiceLifetimeDays * DAY_MS);
};

/** Removes expired consents, with whose they are. Each step may be repeated, see `createExpiredSegments`. */
export const createRetention = (strapi: Core.Strapi, checkpoints: Checkpoints, partitions: Partitions) => {
  const db = (table: string) => strapi.db.getConnection(table);
  const expired = createExpiredSegments(strapi, CONSENT_TRAIL, checkpoints);

  const readRetentions = async (): Promise<Map<string, Retention>> => {
    const sites: { key: string; consentRetentionMonths: number | null; choiceLifetimeDays: number | null }[] =
      await strapi.db.query(SITE_UID).findMany({ select: ['key', 'consentRetentionMonths', 'choiceLifetimeDays'] });
    const found = new Map<string, Retention>();
    for (const { key, consentRetentionMonths, choiceLifetimeDays } of sites) {
      const other = found.get(key);
      // The languages of a site say the same, unless somebody wrote past Strapi: then the longer time counts.
      found.set(key, {
        months: Math.max(consentRetentionMonths ?? DEFAULT_RETENTION_MONTHS, other?.months ?? 0),
        choiceLifetimeDays: Math.max(choiceLifetimeDays ?? DEFAULT_LIFETIME_DAYS, other?.choiceLifetimeDays ?? 0),
      });
    }
    return found;
  };

  /** Removes the next rows of an announced segment, and whose they are. */
  const removeBatch = async (segment: string): Promise<number> => {
    const rows: { id: string; seq: number | string; decided_at_ms: number | string }[] = await db(CONSENTS)
      .where({ segment })
      .orderBy('seq')
      .limit(BATCH_ROWS)
      .select('id', 'seq', 'decided_at_ms');
    if (rows.length === 0) return 0;
    const ids = rows.map(({ id }) => id);
    // By exact times: these are in the index, and on PostgreSQL they lead to the partitions.
    const times = [...new Set(rows.map(({ decided_at_ms }) => Number(decided_at_ms)))];
    await strapi.db.connection.transaction(async (trx) => {
      await trx(qualified(strapi, SUBJECTS)).whereIn('decided_at_ms', times).whereIn('consent_id', ids).delete();
      await trx(qualified(strapi, CONSENTS))
        .where({ segment })
        .where('seq', '<=', Number(rows.at(-1)!.seq))
        .whereIn('decided_at_ms', times)
        .delete();
    });
    return rows.length;
  };

  return {
    /**
     * Removes what has expired.
     *
     * @param now milliseconds since 1970
     * @param goOn is awaited between the steps; what it throws ends the purge
     */
    async purge(now: number, goOn: () => Promise<void> = breathe): Promise<PurgeReport> {
      const retentions = await readRetentions();
      const byDefault: Retention = {
        months: DEFAULT_RETENTION_MONTHS,
        choiceLifetimeDays: DEFAULT_LIFETIME_DAYS,
      };
      // A site that is gone leaves consents behind.
      const expiry = (site: string): number => expiryOf(retentions.get(site) ?? byDefault, now);

      await expired.announce(expiry, now, goOn);
      const expiries = [...retentions.values(), byDefault].map((retention) => expiryOf(retention, now));
      const dropped = await partitions.dropPurged(Math.max(...expiries), goOn);
      const { segments, rows } = await expired.remove(expiry, removeBatch, goOn);
      // Nobody's queue is that old.
      await db(TOMBSTONES)
        .where('erased_at_ms', '<', Math.min(...expiries))
        .delete();
      return { segments, consents: rows, partitions: dropped };
    },
  };
};

export type RetentionTask = ReturnType<typeof createRetention>;
