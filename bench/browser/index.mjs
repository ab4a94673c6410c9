/* global window, document, MutationObserver, requestAnimationFrame */
/**
 * What a first visit costs in Chromium with its CPU slowed down four times: long tasks, layout shift, time until the banner
 * is painted; beside the same page without our client. Both in one run, in turns, so that what else the machine does meets both alike.
 *
 *   node scripts/build.mjs --client && node bench/browser/index.mjs [rounds]
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { median } from '../support/load.mjs';

const rounds = Number(process.argv[2] ?? 7);
const SLOWDOWN = 4;
const LONG_TASK_MS = 50;

/** The launcher and page server of the tests; they are TypeScript. */
const loadTestSupport = async () => {
  const folder = fileURLToPath(new URL('../../tests/support', import.meta.url));
  const outfile = fileURLToPath(new URL('../results/test-support.cjs', import.meta.url));
  await esbuild.build({
    stdin: {
      contents: "export * from './browser'; export * from '../fixtures/website-page';",
      resolveDir: folder,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    packages: 'external',
    define: { __dirname: JSON.stringify(folder) },
    outfile,
  });
  return createRequire(import.meta.url)(path.resolve(outfile));
};
fs.mkdirSync(new URL('../results', import.meta.url), { recursive: true });
const { launchBrowser, startPages, websiteBody, websitePage } = await loadTestSupport();

// A page as visitors come in on: with an embed, without the declaration, which has a page of its own.
const body = websiteBody.replace(/<privacy-desk-declaration>.*<\/privacy-desk-declaration>/, '');
const pages = await startPages({
  '/with/': websitePage({ body }),
  '/without/': websitePage({ body, client: false }),
});
const browser = await launchBrowser();

/** Runs in the page: notes layout shifts, and when the banner was painted. */
const observe = () => {
  const seen = (window.seen = { shift: 0 });
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) seen.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  new MutationObserver((_, observer) => {
    if (!document.querySelector('[data-privacy-part="banner"]')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (seen.banner = performance.now())));
  }).observe(document, { childList: true, subtree: true });
};

/**
 * The tasks of the page's main thread in a trace: their length, and how much of it was our code (both ms). In CPU time where
 * the browser tells it (slowing down counts, being interrupted by other programs does not), else by the clock.
 */
const tasksOf = (trace) => {
  const { traceEvents } = JSON.parse(trace.toString());
  const main = traceEvents.find(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const inMain = traceEvents.filter(({ pid, tid, ph }) => pid === main.pid && tid === main.tid && ph === 'X');
  const ms = ({ tdur, dur }) => (tdur ?? dur) / 1000;
  const isOurs = ({ name, args }) =>
    /^(EvaluateScript|FunctionCall|v8\.compile|v8\.compileModule|v8\.evaluateModule)$/.test(name) &&
    /\/privacy-desk\//.test(args.data?.url ?? args.fileName ?? '');
  const contains = (outer, inner) => outer.ts <= inner.ts && inner.ts + inner.dur <= outer.ts + outer.dur;
  // Calls within calls count once.
  const ours = inMain
    .filter(isOurs)
    .filter((event, _, all) => !all.some((other) => other !== event && contains(other, event)));
  return inMain
    .filter(({ name, cat }) => name === 'RunTask' && /devtools\.timeline/.test(cat))
    .map((task) => ({
      ms: ms(task),
      ours: ours.filter((event) => contains(task, event)).reduce((sum, event) => sum + ms(event), 0),
    }));
};

const visit = async (name) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(observe);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'],
  });
  await page.goto(`${pages.origin}/${name}/`);
  if (name === 'with') await page.waitForFunction(() => window.seen.banner);
  await page.waitForTimeout(1000);
  const tasks = tasksOf(await browser.stopTracing());
  const { shift, banner, paint } = await page.evaluate(() => ({
    ...window.seen,
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  }));
  await context.close();
  const long = tasks.filter(({ ms }) => ms > LONG_TASK_MS);
  return {
    shift,
    banner,
    paint,
    longest: Math.max(...tasks.map(({ ms }) => ms)),
    long: long.length,
    // Ours is a long task that would be none without the time our code took in it.
    oursLong: long.filter(({ ms, ours }) => ours > 0 && ms - ours <= LONG_TASK_MS).length,
    longestOurs: Math.max(...tasks.map(({ ours }) => ours)),
    script: tasks.reduce((sum, { ours }) => sum + ours, 0),
  };
};

const results = { with: [], without: [] };
await visit('with');
for (let round = 0; round < rounds; round++)
  for (const name of Object.keys(results)) results[name].push(await visit(name));
await browser.close();
await pages.close();

const middle = (name, key) => median(results[name].map((result) => result[key]));
const most = (name, key) => Math.max(...results[name].map((result) => result[key]));
const row = (label, withUs, without, ratio = '') =>
  console.log(
    `${label.padEnd(46)}${String(withUs).padStart(10)}${String(without).padStart(10)}${String(ratio).padStart(8)}`,
  );
const compared = (label, key) => {
  const [a, b] = [middle('with', key), middle('without', key)];
  row(label, a.toFixed(0), b.toFixed(0), (a / b).toFixed(2));
};
console.log(
  `Chromium ${browser.version()}, CPU slowed down ${SLOWDOWN}×, ${rounds} first visits each, medians; tasks and scripts in CPU time\n`,
);
row('', 'with', 'without', 'ratio');
compared('first contentful paint, ms', 'paint');
compared('longest task, ms', 'longest');
row('long tasks (over 50 ms) per visit', middle('with', 'long'), middle('without', 'long'));
row('banner painted, ms', middle('with', 'banner').toFixed(0), '');
row('script time of our client, ms', middle('with', 'script').toFixed(1), '');
row('its longest part in one task, ms', middle('with', 'longestOurs').toFixed(1), '');
row('long tasks caused by our client (0)', middle('with', 'oursLong'), '');
row('the same, worst visit', most('with', 'oursLong'), '');
row('layout shift, worst visit (0)', most('with', 'shift'), most('without', 'shift'));
if (middle('with', 'oursLong') > 0 || most('with', 'shift') > most('without', 'shift')) {
  console.error('Over the limit.');
  process.exitCode = 1;
}
