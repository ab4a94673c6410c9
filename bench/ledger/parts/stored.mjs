/** What stored rows cost: two Strapi in turns, one on an empty database, one on a full one. */
import { median, medianRatio } from '../../support/load.mjs';
import { filled } from '../databases.mjs';
import { OURS, saturate, startStrapi, stop, WARM_UP_S } from '../processes.mjs';
import { judge, line } from '../report.mjs';
import { withStrapi } from './with-strapi.mjs';

const LEAST = 0.9;

export const stored = (client, { rounds, seconds, stored: count, filled: name }) =>
  filled(client, count, name, async (full) => {
    const fullStrapi = await startStrapi(full);
    try {
      await withStrapi(client, async (_, emptyStrapi) => {
        const all = { empty: emptyStrapi, full: fullStrapi };
        const found = { empty: [], full: [] };
        for (const strapi of Object.values(all)) await saturate(strapi, OURS, WARM_UP_S);
        for (let round = 0; round < rounds; round++)
          for (const [which, strapi] of Object.entries(all)) found[which].push(await saturate(strapi, OURS, seconds));
        const [fast, slow] = [median(found.empty), median(found.full)];
        line(
          `consents/s on an empty table, and with ${count.toLocaleString('en')} rows`,
          `${Math.round(fast)}  ${Math.round(slow)}`,
        );
        const ratio = medianRatio(found.full, found.empty);
        judge(`with stored rows / empty (at least ${LEAST})`, ratio.toFixed(2), ratio >= LEAST);
      });
    } finally {
      await stop(fullStrapi.child);
    }
  });
