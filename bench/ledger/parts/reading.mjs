/** What the admin panel reads of many consents, as its first request after a start does. */
import { filled, storeCounters } from '../databases.mjs';
import { OURS, post, startStrapi, stop } from '../processes.mjs';
import { judge } from '../report.mjs';

const MOST = { statisticsMs: 300, searchMs: 50, exportGrowthMb: 8 };
const EXPORTED_LINES = 200_000;
const SEARCHES = 20;

export const reading = (client, { reading: count, filled: name }) =>
  filled(client, count, name, async (database) => {
    const before = await startStrapi(database);
    await storeCounters(database, client, count);
    const { acknowledged } = await post(before, OURS, { seconds: 1, keepIds: true });
    await stop(before.child);

    const strapi = await startStrapi(database);
    const { ms, decisions } = await strapi.ask('statistics', 365);
    judge(
      `first statistics of a year, ${decisions.toLocaleString('en')} decisions, ms (under ${MOST.statisticsMs})`,
      ms.toFixed(0),
      ms < MOST.statisticsMs,
    );
    const slowest = async (label, queries) => {
      const times = [];
      for (const query of queries) {
        const found = await strapi.ask('search', query);
        if (found.count === 0) throw new Error(`Not found: ${JSON.stringify(query)}`);
        times.push(found.ms);
      }
      const most = Math.max(...times);
      judge(
        `slowest of ${queries.length} searches by ${label}, ms (under ${MOST.searchMs})`,
        most.toFixed(1),
        most < MOST.searchMs,
      );
    };
    await slowest(
      'receipt',
      acknowledged.slice(0, SEARCHES).map((id) => ({ id })),
    );
    await slowest(
      'subject',
      (await strapi.ask('subjectsOf', SEARCHES)).map((subject) => ({ subject })),
    );
    const { read, grown } = await strapi.ask('exportMemory', Math.min(EXPORTED_LINES, count));
    const megabytes = grown / 2 ** 20;
    judge(
      `memory for ${read.toLocaleString('en')} exported lines, MB more than for a tenth (under ${MOST.exportGrowthMb})`,
      megabytes.toFixed(1),
      megabytes < MOST.exportGrowthMb,
    );
    await stop(strapi.child);
  });
