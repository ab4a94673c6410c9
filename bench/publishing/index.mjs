/**
 * Publishing a very large catalogue: how much memory it takes, how long until it is live, how requests fare meanwhile,
 * and whether a request costs more afterwards.
 *
 *   node bench/publishing/index.mjs [items] [locales]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { median } from '../support/load.mjs';

const [items = 10_000, locales = 20] = process.argv.slice(2).map(Number);
const LIMITS = { memoryMiB: 512, seconds: 30, latencyMs: 1000, growth: 1.5 };

const child = fork(fileURLToPath(new URL('strapi-server.mjs', import.meta.url)), [String(items), String(locales)], {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  execArgv: ['--expose-gc'],
});
process.on('exit', () => child.kill());
const ask = async (command) => {
  child.send(command);
  return (await once(child, 'message'))[0];
};
const [{ port }] = await once(child, 'message');
const agent = new http.Agent({ keepAlive: true });
const url = `http://127.0.0.1:${port}/api/privacy-desk/config`;

/** Milliseconds until the whole answer is there. */
const get = (headers = {}, method = 'GET') =>
  new Promise((resolve, reject) => {
    const start = performance.now();
    const request = http.request(url, { agent, method, headers }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({ ms: performance.now() - start, status: response.statusCode, headers: response.headers }),
      );
    });
    // The server may have closed an idle connection just now.
    request.on('error', (error) => (request.reusedSocket ? resolve(get(headers, method)) : reject(error))).end();
  });

/** Microseconds of CPU in the server for each of many small answers. */
const cpuPerRequest = async () => {
  const { headers } = await get();
  const known = { 'if-none-match': headers.etag };
  for (let index = 0; index < 2000; index++) await get(known);
  const runs = [];
  for (let run = 0; run < 5; run++) {
    const before = await ask('cpu');
    for (let index = 0; index < 2000; index++) await get(known);
    runs.push(((await ask('cpu')).micros - before.micros) / 2000);
  }
  return median(runs);
};

const small = await cpuPerRequest();
console.log(await ask('fill'));
const latencies = [];
let asking = true;
const asked = (async () => {
  while (asking) {
    latencies.push((await get()).ms);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
})();
const { seconds, cpuSeconds, extraMiB, version, bytes } = await ask('publish');
asking = false;
await asked;
const settled = await ask('settle');
const large = await cpuPerRequest();

const results = [
  ['time to live, s', seconds.toFixed(1), seconds < LIMITS.seconds, `< ${LIMITS.seconds}`],
  ['CPU time, s', cpuSeconds.toFixed(1), true, ''],
  ['extra memory (RSS), MiB', extraMiB.toFixed(0), extraMiB < LIMITS.memoryMiB, `< ${LIMITS.memoryMiB}`],
  [
    'with the best compression, MiB',
    settled.extraMiB.toFixed(0),
    settled.extraMiB < LIMITS.memoryMiB,
    `< ${LIMITS.memoryMiB}`,
  ],
  [
    'longest answer meanwhile, ms',
    Math.max(...latencies).toFixed(0),
    Math.max(...latencies) < LIMITS.latencyMs,
    `< ${LIMITS.latencyMs}`,
  ],
  ['median answer meanwhile, ms', median(latencies).toFixed(1), true, ''],
  ['CPU of looking for changes, %', settled.idlePercent.toFixed(1), true, ''],
  ['CPU of a 304 before, µs', small.toFixed(0), true, ''],
  ['CPU of a 304 after, µs', large.toFixed(0), large < small * LIMITS.growth + 20, `< ${LIMITS.growth} x`],
];
console.log(
  `${items} items in ${locales} locales, version ${version}, ${(bytes / 2 ** 20).toFixed(1)} MiB a locale, ${latencies.length} requests meanwhile`,
);
for (const [label, value, , limit] of results)
  console.log(`${label.padEnd(34)}${String(value).padStart(8)}   ${limit}`);
const reached = results.every(([, , kept]) => kept);
console.log(reached ? 'reached' : 'NOT reached');
process.exit(reached ? 0 : 1);
