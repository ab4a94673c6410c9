/**
 * How many consents a second are recorded durably (32 connections), beside a plain Strapi controller with one
 * `strapi.db.query().create()` per request in the same process, and on PostgreSQL beside a bare loop of single inserts; how
 * fast answers are at half that rate; what stored rows cost; how the config fares meanwhile; what two instances record; how
 * long the admin panel's statistics and search take over stored rows, and how much memory an export needs; what kill -9 loses.
 *
 *   node bench/ledger/index.mjs [--client=sqlite,postgres] [--rounds=5] [--seconds=4] [--load=1] [--stored=5000000]
 *     [--instances=2] [--reading=10000000] [--kills=100]
 *
 * The database settings are Strapi's own, the same for all. 0 leaves a part out. Exits with 1 if a limit is missed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../support/load.mjs';
import { createDatabase, store, storeCounters } from './databases.mjs';

const options = Object.fromEntries(process.argv.slice(2).map((argument) => argument.replace(/^--/, '').split('=')));
const number = (name, usual) => Number(options[name] ?? usual);
const clients = (options.client ?? 'sqlite,postgres').split(',');
const [rounds, seconds] = [number('rounds', 5), number('seconds', 4)];
const [stored, kills] = [number('stored', 5_000_000), number('kills', 100)];
const reading = number('reading', 10_000_000);
const [underLoads, instances] = [number('load', 1), number('instances', 2)];

const CONNECTIONS = 32;
const OURS = '/api/privacy-desk/consents';
const PLAIN = '/api/bench-consents';
const LEAST = { sqlite: 9, postgres: 12, bare: 0.75, stored: 0.9, instances: 1.6 };
const MOST = { p99Ms: 100, configRatio: 3, statisticsMs: 300, searchMs: 50, exportGrowthMb: 8 };
const EXPORTED_LINES = 200_000;
const SEARCHES = 20;
/** Until V8 has compiled what is used. */
const WARM_UP_S = 5;

let missed = 0;
const line = (label, value, holds = true) => {
  if (!holds) missed += 1;
  console.log(`${label.padEnd(58)}${value}${holds ? '' : '   MISSED'}`);
};

const children = new Set();
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));
const start = (file, env = {}) => {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    env: { ...process.env, RATE_LIMIT: 'off', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
};
const stop = async (child) => {
  if (child.exitCode !== null || child.signalCode) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
};

const masterKey = Buffer.alloc(32, 7).toString('base64');
const startStrapi = async (database) => {
  const child = start('strapi-server.mjs', { ...database.env, PRIVACY_DESK_MASTER_KEY: masterKey });
  const [{ port }] = await once(child, 'message');
  let last = 0;
  const ask = (method, ...parameters) =>
    new Promise((resolve) => {
      const id = (last += 1);
      const listen = (answer) => {
        if (answer.id !== id) return;
        child.off('message', listen);
        resolve(answer.result);
      };
      child.on('message', listen);
      child.send({ id, method, parameters });
    });
  return { child, port, ask, version: await ask('version') };
};

const load = async (task) => {
  const child = start('load.mjs');
  await once(child, 'message');
  child.send(task);
  const [result] = await once(child, 'message');
  await stop(child);
  return result;
};
const post = ({ port, version }, path, more = {}) =>
  load({ port, version, path, connections: CONNECTIONS, seconds, ...more });

const bareInserts = async (database) => {
  const child = start('bare-inserts.mjs');
  child.send({ database: database.name, seconds });
  const [{ perSecond }] = await once(child, 'message');
  await stop(child);
  return perSecond;
};

/** p99 of `GET /config`, one after the other, in milliseconds. */
const configP99 = async ({ port }, forMs) => {
  const times = [];
  const url = `http://127.0.0.1:${port}/api/privacy-desk/config`;
  for (const end = performance.now() + forMs; performance.now() < end;) {
    const from = performance.now();
    await (await fetch(url)).arrayBuffer();
    times.push(performance.now() - from);
    await pause(5);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.99)];
};

const throughput = async (client, database, strapi) => {
  const rates = { ours: [], plain: [], bare: [] };
  await post(strapi, OURS, { seconds: WARM_UP_S });
  await post(strapi, PLAIN, { seconds: WARM_UP_S });
  for (let round = 0; round < rounds; round++) {
    const ours = await post(strapi, OURS);
    if (Object.keys(ours.statuses).join() !== '201') throw new Error(`Refused: ${JSON.stringify(ours.statuses)}`);
    rates.ours.push(ours.perSecond);
    rates.plain.push((await post(strapi, PLAIN)).perSecond);
    if (client === 'postgres') rates.bare.push(await bareInserts(database));
  }
  const [ours, plain, bare] = [rates.ours, rates.plain, rates.bare].map((values) => median(values));
  line('consents/s', Math.round(ours));
  line('plain controller, create()/s', Math.round(plain));
  line(`consents / create() (at least ${LEAST[client]})`, (ours / plain).toFixed(1), ours / plain >= LEAST[client]);
  if (client === 'postgres') {
    line('bare single inserts over ten connections/s', Math.round(bare));
    line(`consents / bare inserts (at least ${LEAST.bare})`, (ours / bare).toFixed(2), ours / bare >= LEAST.bare);
  }
  return ours;
};

const underLoad = async (strapi, rate) => {
  const half = await post(strapi, OURS, { rate: rate / 2, seconds: Math.max(seconds, 4) });
  line(`p99 at half that rate, ms (under ${MOST.p99Ms})`, half.p99.toFixed(1), half.p99 < MOST.p99Ms);
  const idle = await configP99(strapi, 3000);
  const [saturated] = await Promise.all([
    pause(500).then(() => configP99(strapi, 3000)),
    post(strapi, OURS, { seconds: 4 }),
  ]);
  line('GET /config p99, idle and while saturated, ms', `${idle.toFixed(1)}  ${saturated.toFixed(1)}`);
  const ratio = saturated / idle;
  line(`saturated / idle (under ${MOST.configRatio})`, ratio.toFixed(1), ratio < MOST.configRatio);
  const before = await strapi.ask('cpu');
  const { perSecond } = await post(strapi, OURS);
  const after = await strapi.ask('cpu');
  const micros = (after.user - before.user + after.system - before.system) / (perSecond * seconds);
  line('CPU of the server per consent, µs', Math.round(micros));
};

const withStoredRows = async (client, database, strapi) => {
  // In turns is not possible here, so the empty table is measured directly before and the full one directly after.
  const measure = async () => {
    const rates = [];
    for (let round = 0; round < rounds; round++) rates.push((await post(strapi, OURS)).perSecond);
    return median(rates);
  };
  await post(strapi, OURS, { seconds: WARM_UP_S });
  const empty = await measure();
  await store(database, client, stored);
  await post(strapi, OURS, { seconds: 5 });
  const full = await measure();
  line(`consents/s with ${stored.toLocaleString('en')} stored rows`, Math.round(full));
  const holds = full / empty >= LEAST.stored;
  line(`that / on an empty table (at least ${LEAST.stored})`, (full / empty).toFixed(2), holds);
};

/** How busy all processors are, in seconds. */
const busySeconds = () =>
  os.cpus().reduce((sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) / 1000, 0);

/** What several instances on one database record together, in turns with one of them. */
const severalInstances = async () => {
  const database = await createDatabase('postgres');
  try {
    const all = [];
    for (let each = 0; each < instances; each++) all.push(await startStrapi(database));
    for (const strapi of all) await post(strapi, OURS, { seconds: WARM_UP_S });
    const [one, several, busy] = [[], [], []];
    for (let round = 0; round < rounds; round++) {
      one.push((await post(all[round % instances], OURS)).perSecond);
      const from = busySeconds();
      const results = await Promise.all(all.map((strapi) => post(strapi, OURS)));
      busy.push((busySeconds() - from) / (seconds * os.cpus().length));
      several.push(results.reduce((sum, { perSecond }) => sum + perSecond, 0));
    }
    const ratio = median(several) / median(one);
    line(`${instances} instances, consents/s`, `${Math.round(median(several))}  one: ${Math.round(median(one))}`);
    line(`${os.cpus().length} processors, busy meanwhile`, `${Math.round(median(busy) * 100)} %`);
    line(`${instances} instances / one (at least ${LEAST.instances})`, ratio.toFixed(2), ratio >= LEAST.instances);
    for (const { child } of all) await stop(child);
  } finally {
    await database.drop();
  }
};

/** What the admin panel reads of many consents, as its first request after a start does. */
const readStored = async (client) => {
  if (!reading) return;
  const database = await createDatabase(client);
  try {
    const before = await startStrapi(database);
    await store(database, client, reading);
    await storeCounters(database, client, reading);
    const { acknowledged } = await post(before, OURS, { seconds: 1, keepIds: true });
    await stop(before.child);

    const strapi = await startStrapi(database);
    const { ms, decisions } = await strapi.ask('statistics', 365);
    line(
      `first statistics of a year, ${decisions.toLocaleString('en')} decisions, ms (under ${MOST.statisticsMs})`,
      ms.toFixed(0),
      ms < MOST.statisticsMs,
    );
    const slowest = async (queries) => {
      const times = [];
      for (const query of queries) {
        const found = await strapi.ask('search', query);
        if (found.count === 0) throw new Error(`Not found: ${JSON.stringify(query)}`);
        times.push(found.ms);
      }
      return Math.max(...times);
    };
    const ids = acknowledged.slice(0, SEARCHES);
    const byId = await slowest(ids.map((id) => ({ id })));
    line(
      `slowest of ${SEARCHES} searches by receipt, ms (under ${MOST.searchMs})`,
      byId.toFixed(1),
      byId < MOST.searchMs,
    );
    const subjects = await strapi.ask('subjectsOf', SEARCHES);
    const bySubject = await slowest(subjects.map((subject) => ({ subject })));
    line(
      `slowest of ${SEARCHES} searches by subject, ms (under ${MOST.searchMs})`,
      bySubject.toFixed(1),
      bySubject < MOST.searchMs,
    );
    const { read, grown } = await strapi.ask('exportMemory', Math.min(EXPORTED_LINES, reading));
    const megabytes = grown / 2 ** 20;
    line(
      `memory for ${read.toLocaleString('en')} exported lines, MB more than for a tenth (under ${MOST.exportGrowthMb})`,
      megabytes.toFixed(1),
      megabytes < MOST.exportGrowthMb,
    );
    await stop(strapi.child);
  } finally {
    await database.drop();
  }
};

const killed = async (client) => {
  if (!kills) return;
  const database = await createDatabase(client);
  const acknowledged = [];
  for (let kill = 0; kill < kills; kill++) {
    const strapi = await startStrapi(database);
    const result = post(strapi, OURS, { seconds: 5, keepIds: true });
    await pause(300 + Math.random() * 500);
    await stop(strapi.child);
    acknowledged.push(...(await result).acknowledged);
  }
  const strapi = await startStrapi(database);
  const found = await strapi.ask('find', acknowledged);
  const report = await strapi.ask('verify');
  await stop(strapi.child);
  await database.drop();
  const lost = acknowledged.filter((id) => !found[id]).length;
  const doubled = Object.values(found).filter((count) => count > 1).length;
  line(
    `${kills} kills: acknowledged, lost, doubled`,
    `${acknowledged.length}  ${lost}  ${doubled}`,
    lost + doubled === 0,
  );
  line('the chain afterwards', report.ok ? `${report.consents} consents as written` : 'BROKEN', report.ok);
};

const measured = async (client, work) => {
  const database = await createDatabase(client);
  try {
    const strapi = await startStrapi(database);
    await work(database, strapi);
    await stop(strapi.child);
  } finally {
    await database.drop();
  }
};

for (const client of clients) {
  console.log(`\n${client}: ${rounds} rounds of ${seconds} s, ${CONNECTIONS} connections`);
  if (underLoads)
    await measured(client, async (database, strapi) =>
      underLoad(strapi, await throughput(client, database, strapi)),
    );
  if (stored) await measured(client, (database, strapi) => withStoredRows(client, database, strapi));
  if (instances > 1 && client === 'postgres') await severalInstances();
  await readStored(client);
  await killed(client);
}
console.log(missed === 0 ? '\nreached' : `\n${missed} limits MISSED`);
process.exit(missed === 0 ? 0 : 1);
