import type { Core } from '@strapi/strapi';
import { dialectOf, qualified } from '../database/own-tables';
import { CONSENTS } from './tables';

/** Months before the present one that have a partition of their own; older consents share one. */
const MONTHS_BACK = 24;
const MONTHS_AHEAD = 2;

/** Months since the year 0. */
const monthOf = (timeMs: number): number => {
  const date = new Date(timeMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
const startOf = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12);
const nameOf = (month: number): string =>
  `${CONSENTS}_${Math.floor(month / 12)}_${String((month % 12) + 1).padStart(2, '0')}`;

/**
 * The partitions of the consents, one per month of `decidedAt` (UTC), on PostgreSQL; elsewhere there are none.
 * Months around the present are made ahead, any other when the first consent of it comes.
 */
export const createPartitions = (strapi: Core.Strapi) => {
  const partitioned = dialectOf(strapi).client === 'postgres';
  const known = new Set<string>();
  /** Consents of before this month lie together. */
  let firstMonth = 0;

  const exists = (name: string): Promise<boolean> => strapi.db.getSchemaConnection().hasTable(name);

  const make = async (name: string, from: string, to: string): Promise<void> => {
    if (known.has(name)) return;
    if (!(await exists(name))) {
      const statement = `create table if not exists ?? partition of ?? for values from (${from}) to (${to})`;
      try {
        await strapi.db.connection.raw(statement, [qualified(strapi, name), qualified(strapi, CONSENTS)]);
      } catch (error) {
        // Another instance may have made it at the same moment.
        if (!(await exists(name))) throw error;
      }
    }
    known.add(name);
  };

  const ensureMonth = (month: number): Promise<void> =>
    make(nameOf(month), String(startOf(month)), String(startOf(month + 1)));

  /** Where the partition of the oldest ends; the first instance decided it, when it made it. */
  const readFirstMonth = async (): Promise<void> => {
    const name = `${CONSENTS}_before`;
    if (!(await exists(name))) await make(name, 'minvalue', String(startOf(monthOf(Date.now()) - MONTHS_BACK)));
    const { rows } = await strapi.db.connection.raw(
      `select pg_get_expr(c.relpartbound, c.oid) as bound from pg_class c where c.oid = ?::regclass`,
      [qualified(strapi, name)],
    );
    firstMonth = monthOf(Number(/TO \('?(-?\d+)'?\)/.exec((rows as { bound: string }[])[0]!.bound)![1]));
  };

  return {
    partitioned,
    /** Makes those around the present. */
    async start(): Promise<void> {
      if (!partitioned) return;
      await readFirstMonth();
      await this.ensure([Date.now()]);
      for (let month = -1; month <= MONTHS_AHEAD; month++) await ensureMonth(monthOf(Date.now()) + month);
    },
    /** After a failure: one may have been removed. */
    forget: (): void => known.clear(),
    /** Makes those that consents decided at these times (milliseconds since 1970) need. Costs nothing if they are there. */
    async ensure(timesMs: Iterable<number>): Promise<void> {
      if (!partitioned) return;
      for (const month of new Set([...timesMs].map(monthOf))) if (month >= firstMonth) await ensureMonth(month);
    },
  };
};

export type Partitions = ReturnType<typeof createPartitions>;
