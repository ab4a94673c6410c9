/** What several instances on one database record together, in turns with one of them. */
import { median, medianRatio } from '../../support/load.mjs';
import { cpuPerRequest, cpuText } from '../cpu.mjs';
import { OURS, saturate, saturateAll, startStrapi, stop, WARM_UP_S } from '../processes.mjs';
import { judge, line } from '../report.mjs';
import { withDatabase } from './with-strapi.mjs';

const LEAST = 1.6;

export const severalInstances = (client, { rounds, seconds, instances }) =>
  withDatabase(client, async (database) => {
    const all = [];
    for (let each = 0; each < instances; each++) all.push(await startStrapi(database));
    for (const strapi of all) await saturate(strapi, OURS, WARM_UP_S);
    const sum = (values) => values.reduce((total, value) => total + value, 0);
    const [one, several] = [[], []];
    const cpu = {};
    const pids = all.map(({ child }) => child.pid);
    for (let round = 0; round < rounds; round++) {
      const measured = async (which, list, some) => {
        let rate = 0;
        cpu[which] = await cpuPerRequest(pids, async () => {
          rate = sum(await saturateAll(some, seconds));
          return rate * seconds;
        });
        list.push(rate);
      };
      await measured('one', one, [all[round % instances]]);
      await measured('several', several, all);
    }
    const ratio = medianRatio(several, one);
    line(`consents/s of one instance, of ${instances}`, `${Math.round(median(one))}  ${Math.round(median(several))}`);
    for (const [which, used] of Object.entries(cpu))
      line(`CPU per consent of server + database + load, ${which}, µs`, cpuText(used) ?? 'not known here');
    judge(`${instances} instances / one (at least ${LEAST})`, ratio.toFixed(2), ratio >= LEAST);
    for (const { child } of all) await stop(child);
  });
