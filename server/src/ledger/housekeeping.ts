import type { Core } from '@strapi/strapi';
import { breathe } from '../breathe';
import { pluginConfig } from '../config';
import { takeLease } from '../database/lease';
import { failureName } from '../failure-name';
import { getService } from '../get-service';
import type { PurgeReport, RetentionTask } from './retention';

const LEASE_MS = 5 * 60_000;
/** The lease is renewed long before it runs out. */
const RENEW_MS = 30_000;
export const HOUSEKEEPING_TASK = 'plugin::privacy-desk.housekeeping';

/** A task that lets others go on between its steps, and is ended by what `goOn` throws. */
type Task = (now: number, goOn: () => Promise<void>) => Promise<void>;

/** What has to be done once a day, by one instance: removing what expired, and what came during an erasure; summing up counters. */
export const createHousekeeping = (strapi: Core.Strapi, retention: RetentionTask, more: readonly Task[]) => {
  let stopping = false;
  let underway: Promise<unknown> = Promise.resolve();

  const keepHouse = async (): Promise<PurgeReport | null> => {
    if (stopping) throw new Error('Strapi is stopping');
    const lease = await takeLease(strapi, 'housekeeping', LEASE_MS);
    if (!lease) return null;
    let renewedAt = performance.now();
    const goOn = async (): Promise<void> => {
      if (stopping) throw new Error('Strapi is stopping');
      await breathe();
      if (performance.now() - renewedAt < RENEW_MS) return;
      await lease.renew();
      renewedAt = performance.now();
    };
    try {
      const report = await retention.purge(Date.now(), goOn);
      for (const task of more) await task(Date.now(), goOn);
      const audit = await getService('audit', { strapi }).purge(Date.now(), goOn);
      const { consents, segments, partitions } = report;
      if (segments > 0)
        strapi.log.info(
          `Privacy Desk removed ${segments} expired segments of the ledger: ${consents} consents, ${partitions} partitions`,
        );
      if (audit.segments > 0)
        strapi.log.info(`Privacy Desk removed ${audit.entries} expired entries of the audit trail`);
      return report;
    } finally {
      await lease.release();
    }
  };

  return {
    /** Does it by the schedule of `consents.housekeeping`. */
    schedule(): void {
      const rule = pluginConfig(strapi).consents.housekeeping;
      if (rule === null) return;
      const task = (): Promise<void> =>
        this.run().then(
          () => {},
          (error) => {
            if (!stopping) strapi.log.error(`Privacy Desk cannot remove expired consents: ${failureName(error)}`);
          },
        );
      strapi.cron.add({ [HOUSEKEEPING_TASK]: { task, options: { rule } } });
    },

    /**
     * Does it now.
     *
     * @returns null: another instance is at it
     */
    run(): Promise<PurgeReport | null> {
      const done = keepHouse();
      underway = done.catch(() => {});
      return done;
    },

    async stop(): Promise<void> {
      stopping = true;
      strapi.cron.remove(HOUSEKEEPING_TASK);
      await underway;
    },
  };
};

export type Housekeeping = ReturnType<typeof createHousekeeping>;
