/** The processes of the bench: Strapi, the load on it, bare inserts. */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { generator } from '../support/load.mjs';

export const CONNECTIONS = 32;
export const OURS = '/api/privacy-desk/consents';
export const PLAIN = '/api/bench-consents';
/** Until V8 has compiled what is used. */
export const WARM_UP_S = 5;

const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const children = new Set();
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));

const start = (name, env = {}) => {
  const child = fork(fileOf(name), {
    env: { ...process.env, RATE_LIMIT: 'off', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
};

export const stop = async (child) => {
  if (child.exitCode !== null || child.signalCode) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
};

const masterKey = Buffer.alloc(32, 7).toString('base64');

/** A Strapi on this database; `ask` calls what strapi-server.mjs answers. */
export const startStrapi = async (database) => {
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

/**
 * The load of load.mjs: knows each id and each latency.
 *
 * @param onStart is called when all is prepared
 */
export const post = async ({ port, version }, path, { seconds, onStart, ...more }) => {
  const child = start('load.mjs');
  await once(child, 'message');
  child.send({ port, version, path, connections: CONNECTIONS, seconds, ...more });
  await once(child, 'message');
  onStart?.();
  const [result] = await once(child, 'message');
  await stop(child);
  return result;
};

const saturateByWrk = async ({ port, version }, path, seconds) => {
  const url = `http://127.0.0.1:${port}${path}`;
  const child = spawn(
    'wrk',
    ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--timeout', '10s', '-s', fileOf('load.lua'), url, version],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.add(child);
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  await once(child, 'close');
  children.delete(child);
  const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]);
  if (!rate || /Non-2xx|Socket errors/.test(text)) throw new Error(`Refused:\n${text}`);
  return rate;
};

const saturateByNode = async (strapi, path, seconds) => {
  const { perSecond, statuses } = await post(strapi, path, { seconds });
  if (Object.keys(statuses).join() !== '201') throw new Error(`Refused: ${JSON.stringify(statuses)}`);
  return perSecond;
};

/** How many a second are answered with success, as many as can be: by wrk where it is installed, as it leaves more of the machine. */
export const saturate = generator === 'wrk' ? saturateByWrk : saturateByNode;

/** Consents per second of each of these, at the same time. */
export const saturateAll = (all, seconds) => Promise.all(all.map((strapi) => saturate(strapi, OURS, seconds)));

export const bareInserts = async (database, seconds) => {
  const child = start('bare-inserts.mjs');
  child.send({ database: database.name, seconds });
  const [{ perSecond }] = await once(child, 'message');
  await stop(child);
  return perSecond;
};

/** p99 of `GET /config`, one after the other, in milliseconds. */
export const configP99 = async ({ port }, forMs) => {
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
