/** Whether `verify` finds each single row that somebody altered, removed, put in or moved in the database. */
import { OURS, post, startStrapi, stop } from '../processes.mjs';
import { judge } from '../report.mjs';
import { withDatabase } from './with-strapi.mjs';

/** Two processes' segments of a few groups each. */
const PROCESSES = 2;
const CONSENTS = { rate: 100, seconds: 1 };

export const tampered = (client, { tamperings }) =>
  withDatabase(client, async (database) => {
    for (let each = 0; each < PROCESSES; each++) {
      const strapi = await startStrapi(database);
      await post(strapi, OURS, CONSENTS);
      await strapi.ask('checkpoint');
      await stop(strapi.child);
    }
    const strapi = await startStrapi(database);
    const { found, unseen, consents, clean } = await strapi.ask('tamper', tamperings);
    await stop(strapi.child);
    for (const text of unseen.slice(0, 10)) console.log(`not found: ${text}`);
    judge(
      `${tamperings} single-row tamperings with ${consents} consents: found`,
      found,
      found === tamperings && unseen.length === 0,
    );
    judge('each undone, the chain', clean ? 'as written' : 'BROKEN', clean);
  });
