// npm run demo: from a fresh clone, all of it. Strapi at PORT (1337), the demo website at DEMO_PORT (4000).
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureInstalled, root } from './install.mjs';

const READY_WITHIN_MS = 180_000;
const STOP_WITHIN_MS = 10_000;

const host = process.env.HOST ?? '127.0.0.1';
const portOf = (variable, usual) => {
  const port = Number(process.env[variable] || usual);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${variable} is "${process.env[variable]}"; it must be a port number.`);
};

const isFree = (port) =>
  new Promise((resolve) => {
    const probe = net.createServer().once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });

const requireFree = async (variable, port) => {
  if (!(await isFree(port)))
    throw new Error(
      `Port ${port} is taken. Stop what listens there, or choose another: ${variable}=${port + 1} npm run demo`,
    );
};

const startStrapi = (port, demoPort) =>
  spawn(process.execPath, [path.join(root, 'node_modules/@strapi/strapi/bin/strapi.js'), 'start'], {
    cwd: path.join(root, 'playground/strapi'),
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      NODE_ENV: 'production',
      STRAPI_TELEMETRY_DISABLED: 'true',
      STARTUP_LOG: 'false',
      ...process.env,
      HOST: host,
      PORT: String(port),
      DEMO_PORT: String(demoPort),
    },
  });

/** Resolves when Strapi answers; rejects when its process ends before. */
const answering = async (strapi, url) => {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    if (strapi.exitCode !== null || strapi.signalCode)
      throw new Error('Strapi ended before it answered; see its messages above.');
    const answer = await fetch(`${url}/_health`).catch(() => null);
    if (answer?.ok) return;
    await pause(200);
  }
  throw new Error(`Strapi did not answer at ${url} within ${READY_WITHIN_MS / 1000} seconds.`);
};

const main = async () => {
  const port = portOf('PORT', 1337);
  const demoPort = portOf('DEMO_PORT', 4000);
  await requireFree('PORT', port);
  await requireFree('DEMO_PORT', demoPort);

  ensureInstalled();
  const { ensureDemoBuilt } = await import('./build-demo.mjs');
  ensureDemoBuilt();

  const strapiUrl = `http://localhost:${port}`;
  const strapi = startStrapi(port, demoPort);
  const ended = new Promise((resolve) => strapi.once('exit', resolve));
  const { createWebsite } = await import('../playground/website/server.mjs');
  const website = createWebsite({ strapiUrl, stub: fs.readFileSync(path.join(root, 'dist/browser/stub.js'), 'utf8') });

  let stopping = false;
  const stop = async (code) => {
    if (stopping) return;
    stopping = true;
    website.close();
    website.closeAllConnections();
    strapi.kill('SIGTERM');
    const forced = setTimeout(() => strapi.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(forced);
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));

  try {
    await new Promise((resolve, reject) => website.once('error', reject).listen(demoPort, host, resolve));
    await answering(strapi, strapiUrl);
  } catch (error) {
    if (!stopping) console.error(`\n${error.message}`);
    await stop(1);
  }
  void ended.then(() => {
    if (!stopping) console.error('\nStrapi ended.');
    return stop(1);
  });

  console.log(`
  Privacy Desk, the demo

  Website       http://localhost:${demoPort}         (also /de/ /ar/ /eu/ /world/ /csp/ /bootstrap/ /tailwind/ /empty/)
  Strapi        ${strapiUrl}/admin
  Log in with   admin@example.com  Privacy-Desk-1

  Edit a category or a tracking item in Strapi, reload the website, and see the difference. Ctrl+C stops both.
`);
};

main().catch((error) => {
  console.error(`\n${error.message}`);
  process.exit(1);
});
