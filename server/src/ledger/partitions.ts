import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { dialectOf, qualified } from '../database/own-tables';
import { CONSENTS, SEGMENTS, SUBJECTS } from './tables';

/** Months before the present one that have a partition of their own; older consents share one. */
const MONTHS_BACK = 24;
const MONTHS_AHEAD = 2;

const BATCH_ROWS = 5000;
/** Removing a partition needs the whole table for a moment: who records a consent is not to wait for longer. */
const LOCK_TIMEOUT_MS = 2000;
const LOCK_NOT_AVAILABLE = '55P03';
const CHECK_VIOLATION = '23514';

/** Whether a row's partition may have been removed since it was made sure of, as by another instance's retention. */
export const isPartitionGone = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === CHECK_VIOLATION;

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

  /** Months with a partition that ended before a time. */
  const monthsBefore = async (timeMs: number): Promise<number[]> => {
    const { rows } = await strapi.db.connection.raw(
      'select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = ?::regclass',
      [qualified(strapi, CONSENTS)],
    );
    return (rows as { name: string }[])
      .flatMap(({ name }) => {
        const [, year, month] = new RegExp(`^${CONSENTS}_(\\d+)_(\\d\\d)$`).exec(name) ?? [];
        return year ? [Number(year) * 12 + Number(month) - 1] : [];
      })
      .filter((month) => startOf(month + 1) <= timeMs)
      .sort((a, b) => a - b);
  };

  /** Whether the partition has no row of a segment that is to stay. */
  const isPurged = async (connection: Knex, name: string): Promise<boolean> => {
    const { rows } = await connection.raw(
      `select 1 from ?? c where not exists
         (select 1 from ?? s where s.segment = c.segment and s.purged_at_ms is not null) limit 1`,
      [qualified(strapi, name), qualified(strapi, SEGMENTS)],
    );
    return (rows as unknown[]).length === 0;
  };

  /** Removes whose the purged consents of a month are. */
  const removeSubjects = async (month: number, goOn: () => Promise<void>): Promise<void> => {
    for (let removed = BATCH_ROWS; removed === BATCH_ROWS;) {
      const { rowCount } = await strapi.db.connection.raw(
        `delete from ?? where ctid = any(array(
           select o.ctid from ?? o
           join ?? c on c.id = o.consent_id and c.decided_at_ms = o.decided_at_ms
           join ?? s on s.segment = c.segment and s.purged_at_ms is not null
           where o.decided_at_ms >= ? and o.decided_at_ms < ? limit ?))`,
        [
          qualified(strapi, SUBJECTS),
          qualified(strapi, SUBJECTS),
          qualified(strapi, nameOf(month)),
          qualified(strapi, SEGMENTS),
          startOf(month),
          startOf(month + 1),
          BATCH_ROWS,
        ],
      );
      removed = Number(rowCount);
      await goOn();
    }
  };

  const drop = (name: string): Promise<boolean> =>
    strapi.db.connection.transaction(async (trx) => {
      await trx.raw(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
      await trx.raw('lock table ?? in access exclusive mode', [qualified(strapi, name)]);
      // A consent that waited in a browser for all that time may have come at the last moment.
      if (!(await isPurged(trx, name))) return false;
      await trx.raw('drop table ??', [qualified(strapi, name)]);
      return true;
    });

  return {
    partitioned,
    /** Makes those around the present. */
    async start(): Promise<void> {
      if (!partitioned) return;
      await readFirstMonth();
      await this.ensure([Date.now()]);
      for (let month = -1; month <= MONTHS_AHEAD; month++) await ensureMonth(monthOf(Date.now()) + month);
    },
    /**
     * Removes the partitions in which all segments are purged, with whose those consents are: at once instead of row by row.
     *
     * @param before of later months nothing has expired; milliseconds since 1970
     * @returns how many
     */
    async dropPurged(before: number, goOn: () => Promise<void>): Promise<number> {
      let dropped = 0;
      if (!partitioned) return dropped;
      for (const month of await monthsBefore(before)) {
        const name = nameOf(month);
        if (!(await isPurged(strapi.db.connection, name))) continue;
        await removeSubjects(month, goOn);
        try {
          if (await drop(name)) dropped += 1;
        } catch (error) {
          // Too busy now: its rows are removed one by one.
          if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
        }
        known.delete(name);
        await goOn();
      }
      return dropped;
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
