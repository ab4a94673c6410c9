import type { Core } from '@strapi/strapi';
import { CLOSED_STATES, DUE_STATES } from '../../../../contract';
import { breathe } from '../../breathe';
import type { PluginConfig } from '../../config';
import { takeLease } from '../../database/lease';
import { failureName } from '../../failure-name';
import { RequestConflict, type RequestChange, type RequestStore } from './store';
import { REQUEST_EVENTS, REQUEST_MAILS, REQUESTS, USED_CHALLENGES } from './tables';

const LEASE_MS = 5 * 60_000;
const RENEW_MS = 30_000;
const DAY_MS = 86_400_000;
const PAGE = 200;
/** A request whose mail could never be sent waits that long for somebody to set up a mail server. */
const UNSENT_DAYS = 30;
const TASK = 'plugin::privacy-desk.data-requests';

/** What was done; how many requests each. */
export interface RequestHousekeeping {
  expired: number;
  reminded: number;
  emptied: number;
  removed: number;
}

/**
 * What has to be done regularly, by one instance: expiring requests that were never confirmed, reminding of deadlines,
 * removing what need not be kept. Each step may be repeated.
 */
export const createRequestHousekeeping = (
  strapi: Core.Strapi,
  config: PluginConfig['requests'],
  store: RequestStore,
  afterwards: () => void,
) => {
  let stopping = false;
  let underway: Promise<unknown> = Promise.resolve();
  const table = () => strapi.db.getConnection(REQUESTS);

  /** Changes each of the requests; one that somebody else has changed meanwhile is left alone. */
  const changeEach = async (
    find: () => Promise<{ id: string }[]>,
    change: RequestChange,
    now: number,
    goOn: () => Promise<void>,
  ): Promise<number> => {
    let changed = 0;
    for (;;) {
      const rows = await find();
      for (const { id } of rows) {
        await goOn();
        try {
          await store.change(id, change, now);
          changed += 1;
        } catch (error) {
          if (!(error instanceof RequestConflict)) throw error;
        }
      }
      if (rows.length < PAGE) return changed;
    }
  };

  const expire = (now: number, goOn: () => Promise<void>): Promise<number> =>
    changeEach(
      () =>
        table()
          .where({ state: 'received' })
          .where((late) =>
            late
              .where('link_until_ms', '<', now)
              .orWhere((unsent) =>
                unsent.whereNull('link_until_ms').where('received_at_ms', '<', now - UNSENT_DAYS * DAY_MS),
              ),
          )
          .limit(PAGE)
          .select('id'),
      {
        from: ['received'],
        // A new link may have been sent this very moment.
        where: (query) => query.where((late) => late.whereNull('link_until_ms').orWhere('link_until_ms', '<', now)),
        set: { state: 'expired', closed_at_ms: now },
        event: { kind: 'expired' },
        forget: true,
      },
      now,
      goOn,
    );

  const remind = async (now: number, goOn: () => Promise<void>): Promise<number> => {
    const rows: { id: string; due_at_ms: number | string }[] = await table()
      .whereIn('state', DUE_STATES)
      .where('due_at_ms', '<', now + config.reminderDays * DAY_MS)
      .where((unsaid) => unsaid.whereNull('reminded_of_ms').orWhereRaw('reminded_of_ms <> due_at_ms'))
      .select('id', 'due_at_ms');
    let reminded = 0;
    for (const { id, due_at_ms } of rows)
      reminded += await changeEach(
        async () => [{ id }],
        {
          from: DUE_STATES,
          where: (query) => query.where({ due_at_ms }),
          set: { reminded_of_ms: Number(due_at_ms) },
          event: { kind: 'reminded' },
          mails: [{ kind: 'reminder' }],
        },
        now,
        goOn,
      );
    return reminded;
  };

  const empty = (now: number, goOn: () => Promise<void>): Promise<number> =>
    changeEach(
      () =>
        table()
          .whereNotNull('sealed_key')
          .where('closed_at_ms', '<', now - config.retention.contentDays * DAY_MS)
          .limit(PAGE)
          .select('id'),
      { from: CLOSED_STATES, event: { kind: 'content-removed' }, forget: true },
      now,
      goOn,
    );

  const remove = async (now: number, goOn: () => Promise<void>): Promise<number> => {
    const { contentDays, proofDays } = config.retention;
    let removed = 0;
    for (;;) {
      const rows: { id: string }[] = await table()
        .where('closed_at_ms', '<', now - proofDays * DAY_MS)
        // Of what was never confirmed there is nothing to prove.
        .orWhere((never) => never.whereNull('confirmed_at_ms').where('closed_at_ms', '<', now - contentDays * DAY_MS))
        .limit(PAGE)
        .select('id');
      const ids = rows.map(({ id }) => id);
      await goOn();
      await strapi.db.getConnection(REQUEST_EVENTS).whereIn('request_id', ids).delete();
      await strapi.db.getConnection(REQUEST_MAILS).whereIn('request_id', ids).delete();
      await table().whereIn('id', ids).delete();
      removed += ids.length;
      if (ids.length < PAGE) return removed;
    }
  };

  const keepHouse = async (now: number): Promise<RequestHousekeeping | null> => {
    if (stopping) throw new Error('Strapi is stopping');
    const lease = await takeLease(strapi, 'data-requests', LEASE_MS);
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
      const report: RequestHousekeeping = {
        expired: await expire(now, goOn),
        reminded: await remind(now, goOn),
        emptied: await empty(now, goOn),
        removed: await remove(now, goOn),
      };
      await strapi.db.getConnection(USED_CHALLENGES).where('expires_at_ms', '<', now).delete();
      return report;
    } finally {
      await lease.release();
      afterwards();
    }
  };

  return {
    /** Does it by the schedule of `requests.housekeeping`. */
    schedule(): void {
      const rule = config.housekeeping;
      if (rule === null) return;
      const task = (): Promise<void> =>
        this.run().then(
          () => {},
          (error: unknown) => {
            if (!stopping) strapi.log.error(`Privacy Desk cannot look after data requests: ${failureName(error)}`);
          },
        );
      strapi.cron.add({ [TASK]: { task, options: { rule } } });
    },

    /**
     * Does it now.
     *
     * @returns null: another instance is at it
     */
    run(now = Date.now()): Promise<RequestHousekeeping | null> {
      const done = keepHouse(now);
      underway = done.catch(() => {});
      return done;
    },

    async stop(): Promise<void> {
      stopping = true;
      strapi.cron.remove(TASK);
      await underway;
    },
  };
};
