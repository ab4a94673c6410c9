import type { Core } from '@strapi/strapi';
import { qualified } from '../database/own-tables';
import { runStatements, type RawStatement } from '../database/raw-insert';
import {
  COUNT_KEYS,
  createCountTables,
  dayOf,
  IMPRESSION_KEYS,
  SUMMED,
  type CountRow,
  type ImpressionRow,
} from './counts';
import { COUNTS, IMPRESSIONS } from './tables';

/** On a day that is over for so long no process counts any more, whatever its clock says. */
const DAYS_OVER = 2;

/**
 * Sums up the counters of past days over all writers: each process has rows of its own, and over the years there are many.
 *
 * @param goOn is awaited between the days
 */
export const createSumUp = (strapi: Core.Strapi) => {
  const { addCounts, addImpressions } = createCountTables(strapi);

  const sumUp = async <Row extends { writer: string }>(
    table: string,
    keys: readonly string[],
    sums: readonly (keyof Row & string)[],
    add: (rows: readonly Row[]) => RawStatement[],
    now: number,
    goOn: () => Promise<void>,
  ): Promise<void> => {
    const by = [...keys.filter((key) => key !== 'writer'), 'locale', 'regime'];
    const days: { day: number }[] = await strapi.db
      .getConnection(table)
      .whereNot({ writer: SUMMED })
      .where('day', '<=', dayOf(now) - DAYS_OVER)
      .distinct('day');
    for (const { day } of days) {
      await strapi.db.connection.transaction(async (trx) => {
        const rows = () => trx(qualified(strapi, table)).where({ day }).whereNot({ writer: SUMMED });
        const writers: { writer: string }[] = await rows().distinct('writer');
        const names = writers.map(({ writer }) => writer);
        const found = (await rows()
          .whereIn('writer', names)
          .groupBy(by)
          .select(by)
          .sum(Object.fromEntries(sums.map((sum) => [sum, sum])))) as unknown as Row[];
        await runStatements(trx, add(found.map((row) => ({ ...row, writer: SUMMED }))));
        await rows().whereIn('writer', names).delete();
      });
      await goOn();
    }
  };

  return async (now: number, goOn: () => Promise<void>): Promise<void> => {
    await sumUp<CountRow>(COUNTS, COUNT_KEYS, ['granted', 'refused'], addCounts, now, goOn);
    await sumUp<ImpressionRow>(IMPRESSIONS, IMPRESSION_KEYS, ['sampled', 'estimated'], addImpressions, now, goOn);
  };
};
