// npm test: from a fresh clone, all of it. Ends with one line "N passed, N failed".
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { ensureInstalled, root, run } from './install.mjs';

const totals = { passed: 0, failed: 0, skipped: 0 };
/** What failed, said once more at the end. */
const failures = [];

/** A check without tests of its own counts as one. */
const check = (name, work) => {
  console.log(`\n── ${name}`);
  try {
    work();
    totals.passed += 1;
  } catch (error) {
    totals.failed += 1;
    failures.push(`${name}: ${error.message}`);
    console.error(failures.at(-1));
  }
};

const npm = (...args) => run('npm', ['run', '--silent', ...args]);

/** jest leaves one core to itself, which on a machine with two would mean one test file after the other. */
const sideBySide = ['--maxWorkers', `${Math.max(2, os.availableParallelism() - 1)}`];

/** How long jest may go on once it has reported, and how long it may take in all. */
const EXIT_MS = 30_000;
const LONGEST_MS = 45 * 60_000;

/** Runs jest and adds its counts; a run that dies before it reports, or does not end after it, counts as one failure. */
const jest = async (name, args, env = {}) => {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const report = path.join(os.tmpdir(), `privacy-desk-jest-${process.pid}.json`);
  fs.rmSync(report, { force: true });
  const child = spawn(
    process.execPath,
    ['node_modules/jest/bin/jest.js', ...args, '--json', `--outputFile=${report}`],
    {
      cwd: root,
      env: { ...process.env, ...env },
      // jest prints the JSON to stdout as well: its human-readable report goes to stderr.
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  let reportedAt = Infinity;
  const watchdog = setInterval(() => {
    if (reportedAt === Infinity && fs.existsSync(report)) reportedAt = Date.now();
    const hangs = Date.now() - reportedAt > EXIT_MS || Date.now() - started > LONGEST_MS;
    if (!hangs) return;
    clearInterval(watchdog);
    failures.push(`${name}: jest does not end, something that a test began is still there`);
    console.error(failures.at(-1));
    child.kill('SIGKILL');
  }, 1000);
  const [code] = await once(child, 'exit');
  clearInterval(watchdog);
  const result = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : null;
  fs.rmSync(report, { force: true });
  for (const { name: file, status, assertionResults } of result?.testResults ?? []) {
    const failed = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => ` › ${fullName}`);
    if (status === 'failed')
      for (const test of failed.length ? failed : ['']) failures.push(`${name}: ${path.relative(root, file)}${test}`);
  }
  totals.passed += result?.numPassedTests ?? 0;
  totals.skipped += result?.numPendingTests ?? 0;
  const failed = (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 0);
  totals.failed += code === 0 && result?.numTotalTests ? failed : Math.max(1, failed);
  console.log(`${name}: ${Math.round((Date.now() - started) / 1000)} s`);
};

const listening = (port) =>
  new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    setTimeout(() => (socket.end(), resolve(false)), 2000).unref();
    socket.once('connect', () => socket.end());
  });

/** The server's tests on another database; where it is missing that is said, and in CI it is a failure. */
const jestOn = async (name, port, client) => {
  if (await listening(port)) {
    await jest(`Server tests on ${name}`, ['--selectProjects', 'server', ...sideBySide], {
      TEST_DATABASE_CLIENT: client,
    });
  } else {
    console.log(
      `\n── Server tests on ${name}: NOT RUN, nothing listens on 127.0.0.1:${port} (scripts/services.sh starts it)`,
    );
    totals[process.env.CI ? 'failed' : 'skipped'] += 1;
  }
};

process.env.STRAPI_TELEMETRY_DISABLED = 'true';
ensureInstalled();
check('Build, with byte budgets', () => npm('build'));
check('Package layout (strapi-plugin verify)', () => npm('verify'));
check('Types', () => npm('typecheck'));
check('Lint and formatting', () => npm('lint'));
await jest('Unit, component and server tests (SQLite)', [
  '--selectProjects',
  'contract',
  'client',
  'admin',
  'server',
  ...sideBySide,
]);
await jestOn('PostgreSQL', 5432, 'postgres');
await jestOn('MariaDB', 3306, 'mysql');
await jest('End to end, in a real browser', ['--selectProjects', 'e2e', '--runInBand']);

process.chdir(root);
for (const failure of failures) console.log(`✕ ${failure}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ''}`);
process.exitCode = totals.failed ? 1 : 0;
