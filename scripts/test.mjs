// npm test: from a fresh clone, all of it. Ends with one line "N passed, N failed".
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { ensureInstalled, root, run } from './install.mjs';

const totals = { passed: 0, failed: 0, skipped: 0 };

/** A check without tests of its own counts as one. */
const check = (name, work) => {
  console.log(`\n── ${name}`);
  try {
    work();
    totals.passed += 1;
  } catch (error) {
    totals.failed += 1;
    console.error(`${name} failed: ${error.message}`);
  }
};

const npm = (...args) => run('npm', ['run', '--silent', ...args]);

/** Runs jest and adds its counts; a run that dies before it reports counts as one failure. */
const jest = (name, args, env = {}) => {
  console.log(`\n── ${name}`);
  const report = path.join(os.tmpdir(), `privacy-desk-jest-${process.pid}.json`);
  fs.rmSync(report, { force: true });
  let exitedCleanly = true;
  try {
    run('npx', ['jest', ...args, '--json', `--outputFile=${report}`], {
      env: { ...process.env, ...env },
      // jest prints the JSON to stdout as well: its human-readable report goes to stderr.
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch {
    exitedCleanly = false;
  }
  const result = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : null;
  fs.rmSync(report, { force: true });
  totals.passed += result?.numPassedTests ?? 0;
  totals.skipped += result?.numPendingTests ?? 0;
  const failed = (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 0);
  totals.failed += exitedCleanly && result?.numTotalTests ? failed : Math.max(1, failed);
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
    jest(`Server tests on ${name}`, ['--selectProjects', 'server'], { TEST_DATABASE_CLIENT: client });
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
jest('Unit, component and server tests (SQLite)', ['--selectProjects', 'contract', 'client', 'admin', 'server']);
await jestOn('PostgreSQL', 5432, 'postgres');
await jestOn('MariaDB', 3306, 'mysql');
jest('End to end, in a real browser', ['--selectProjects', 'e2e', '--runInBand']);

process.chdir(root);
console.log(`\n${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ''}`);
process.exitCode = totals.failed ? 1 : 0;
