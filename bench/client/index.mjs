/**
 * Our client beside other consent managers, on the same page, in turns, in one run of Chromium, at full speed and slowed down
 * four times; writes docs/benchmarks.md with a chart.
 *
 *   npm run bench:client -- [rounds]     after `npm run build`
 */
import os from 'node:os';
import { loadTestSupport } from '../support/test-support.mjs';
import { ensurePeers } from './install.mjs';

ensurePeers();
const [{ checkAll }, { writeReport }, { startServer }, { loadSubjects }, { visitAll }, { launchBrowser }] =
  await Promise.all([
    import('./checks.mjs'),
    import('./report.mjs'),
    import('./server.mjs'),
    import('./subjects.mjs'),
    import('./visits.mjs'),
    loadTestSupport("export { launchBrowser } from './browser';"),
  ]);

const rounds = Number(process.argv[2] ?? 9);
const rates = [1, 4];
const subjects = await loadSubjects();
const server = await startServer(subjects);
const browser = await launchBrowser();
const results = Object.fromEntries(
  Object.keys(subjects).map((name) => [name, Object.fromEntries(rates.map((rate) => [rate, []]))]),
);

// The first visit warms up the browser and does not count.
for (const [name, subject] of Object.entries(subjects)) await visitAll(browser, server, name, subject, 1);
const names = Object.keys(subjects);
for (let round = 1; round <= rounds; round++) {
  // Each begins a round in turn, so that none always follows the same one.
  const turn = round % names.length;
  for (const rate of rates)
    for (const name of [...names.slice(turn), ...names.slice(0, turn)])
      results[name][rate].push(await visitAll(browser, server, name, subjects[name], rate));
  console.log(`round ${round} of ${rounds}`);
}
const checks = {};
for (const [name, subject] of Object.entries(subjects))
  if (subject.dialog) checks[name] = await checkAll(browser, server, name, subject);

const failures = writeReport({
  subjects,
  results,
  checks,
  rounds,
  machine: `${os.cpus().length} cores, Node.js ${process.versions.node}, Chromium ${browser.version()}`,
});
await browser.close();
await server.close();
for (const failure of failures) console.error(`Not reached: ${failure}`);
process.exitCode = failures.length ? 1 : 0;
