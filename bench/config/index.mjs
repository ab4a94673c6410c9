/**
 * How fast `GET …/config` is (30 items in 3 categories), beside a bare `node:http` server that sends the same bytes and
 * Strapi's own REST API with the same content. All in one run, in turns, so that what else the machine does meets all alike.
 *
 *   node bench/config/index.mjs [rounds] [seconds]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { generator, median, requestsPerSecond } from '../support/load.mjs';

const [rounds = 5, seconds = 3] = process.argv.slice(2).map(Number);
const LEAST = { bare: 0.55, rest: 80 };

const start = async (file, message) => {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  process.on('exit', () => child.kill());
  if (message) child.send(message);
  const [answer] = await once(child, 'message');
  return { child, ...answer };
};

const strapi = await start('strapi-server.mjs');
const configUrl = `http://127.0.0.1:${strapi.port}/api/privacy-desk/config?site=default&locale=en`;
const restUrl = `http://127.0.0.1:${strapi.port}/api/bench-items?populate=category&pagination[pageSize]=100`;
const answer = await fetch(configUrl, { headers: { 'accept-encoding': 'identity' } });
const body = await answer.text();
const bare = await start('bare-server.mjs', { body });
const urls = {
  bare: `http://127.0.0.1:${bare.port}/`,
  config: configUrl,
  rest: restUrl,
};
console.log(
  `${generator}, ${rounds} rounds of ${seconds} s each; config ${Buffer.byteLength(body)} B, REST ${(await (await fetch(restUrl)).text()).length} B`,
);

const rates = { bare: [], config: [], rest: [] };
for (const name of Object.keys(urls)) await requestsPerSecond(urls[name], 1);
for (let round = 0; round < rounds; round++)
  for (const name of Object.keys(urls)) rates[name].push(await requestsPerSecond(urls[name], seconds));

const result = Object.fromEntries(Object.entries(rates).map(([name, values]) => [name, median(values)]));
const line = (label, value) => console.log(`${label.padEnd(34)}${value}`);
line('bare node:http, requests/s', Math.round(result.bare));
line('GET /config, requests/s', Math.round(result.config));
line('Strapi REST, requests/s', Math.round(result.rest));
line('config / bare (at least 0.55)', (result.config / result.bare).toFixed(2));
line('config / REST (at least 80)', (result.config / result.rest).toFixed(0));
const reached = result.config / result.bare >= LEAST.bare && result.config / result.rest >= LEAST.rest;
console.log(reached ? 'reached' : 'NOT reached');
process.exit(reached ? 0 : 1);
