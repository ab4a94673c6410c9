/** What `kill -9` under load loses. */
import { setTimeout as pause } from 'node:timers/promises';
import { OURS, post, startStrapi, stop } from '../processes.mjs';
import { judge } from '../report.mjs';
import { withDatabase } from './with-strapi.mjs';

const LONGEST_S = 5;

export const killed = (client, { kills }) =>
  withDatabase(client, async (database) => {
    const acknowledged = [];
    for (let kill = 0; kill < kills; kill++) {
      const strapi = await startStrapi(database);
      let result;
      await new Promise((onStart) => {
        result = post(strapi, OURS, { seconds: LONGEST_S, keepIds: true, onStart });
      });
      await pause(300 + Math.random() * 700);
      await stop(strapi.child);
      acknowledged.push(...(await result).acknowledged);
    }
    const strapi = await startStrapi(database);
    const found = await strapi.ask('find', acknowledged);
    const report = await strapi.ask('verify');
    await stop(strapi.child);
    const lost = acknowledged.filter((id) => !found[id]).length;
    const doubled = Object.values(found).filter((count) => count > 1).length;
    const label = `${kills} kills under load: acknowledged, lost, doubled`;
    judge(label, `${acknowledged.length}  ${lost}  ${doubled}`, acknowledged.length > 0 && lost + doubled === 0);
    judge('the chain afterwards', report.ok ? `${report.consents} consents as written` : 'BROKEN', report.ok);
  });
