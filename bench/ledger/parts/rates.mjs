/** Consents per second beside a plain controller and bare inserts; answers at half that rate; the config meanwhile. */
import { setTimeout as pause } from 'node:timers/promises';
import { median, medianRatio } from '../../support/load.mjs';
import { cpuPerRequest, cpuText } from '../cpu.mjs';
import { bareInserts, configP99, OURS, PLAIN, post, saturate, WARM_UP_S } from '../processes.mjs';
import { judge, line } from '../report.mjs';
import { withStrapi } from './with-strapi.mjs';

const LEAST = { sqlite: 9, postgres: 12, bare: 0.75 };
const MOST = { p99Ms: 100, configRatio: 3 };
const LOOKED_S = 4;

const throughput = async (client, database, strapi, { rounds, seconds }) => {
  const rates = { ours: [], plain: [], bare: [] };
  for (const path of [OURS, PLAIN]) await saturate(strapi, path, WARM_UP_S);
  for (let round = 0; round < rounds; round++) {
    rates.ours.push(await saturate(strapi, OURS, seconds));
    rates.plain.push(await saturate(strapi, PLAIN, seconds));
    if (client === 'postgres') rates.bare.push(await bareInserts(database, seconds));
  }
  const [ours, plain, bare] = [rates.ours, rates.plain, rates.bare].map((values) => median(values));
  line('consents/s', Math.round(ours));
  line('plain controller, create()/s', Math.round(plain));
  const toPlain = medianRatio(rates.ours, rates.plain);
  judge(`consents / create() (at least ${LEAST[client]})`, toPlain.toFixed(1), toPlain >= LEAST[client]);
  if (client === 'postgres') {
    const toBare = medianRatio(rates.ours, rates.bare);
    line('bare single inserts over ten connections/s', Math.round(bare));
    judge(`consents / bare inserts (at least ${LEAST.bare})`, toBare.toFixed(2), toBare >= LEAST.bare);
  }
  return ours;
};

const underLoad = async (strapi, rate, { seconds }) => {
  const half = await post(strapi, OURS, { rate: rate / 2, seconds: Math.max(seconds, LOOKED_S) });
  judge(`p99 at half that rate, ms (under ${MOST.p99Ms})`, half.p99.toFixed(1), half.p99 < MOST.p99Ms);
  const idle = await configP99(strapi, (LOOKED_S - 1) * 1000);
  const [saturated] = await Promise.all([
    pause(500).then(() => configP99(strapi, (LOOKED_S - 1) * 1000)),
    saturate(strapi, OURS, LOOKED_S),
  ]);
  line('GET /config p99, idle and while saturated, ms', `${idle.toFixed(1)}  ${saturated.toFixed(1)}`);
  const ratio = saturated / idle;
  judge(`saturated / idle (under ${MOST.configRatio})`, ratio.toFixed(1), ratio < MOST.configRatio);
  const cpu = await cpuPerRequest([strapi.child.pid], async () => (await saturate(strapi, OURS, seconds)) * seconds);
  line('CPU per consent of server + database + load, µs', cpuText(cpu) ?? 'not known here');
};

export const rates = (client, options) =>
  withStrapi(client, async (database, strapi) =>
    underLoad(strapi, await throughput(client, database, strapi, options), options),
  );
