import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program of this machine in the repository, its output shown; throws when it fails. */
export const run = (program, args, options = {}) =>
  execFileSync(program, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32', ...options });

const stamp = path.join(root, 'node_modules/.privacy-desk-lock.json');
const lock = path.join(root, 'package-lock.json');

const hasSqlite = () => {
  try {
    // In a process of its own: a native module that was loaded can't be rebuilt on Windows.
    const probe = "new (require('better-sqlite3'))(':memory:').close()";
    execFileSync(process.execPath, ['-e', probe], { cwd: root, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Installs what package-lock.json names, unless that very lock file is installed already. */
export const ensureInstalled = () => {
  const wanted = fs.readFileSync(lock, 'utf8');
  const installed = fs.existsSync(stamp) ? fs.readFileSync(stamp, 'utf8') : '';
  if (wanted !== installed) {
    console.log('Installing packages (a few minutes on the first run) …');
    run('npm', ['ci', '--no-audit', '--no-fund']);
  }
  // npm may skip install scripts, and where no prebuilt binary can be had it has to be compiled.
  if (!hasSqlite()) run('npm', ['rebuild', 'better-sqlite3']);
  if (!hasSqlite()) throw new Error('better-sqlite3 could not be built: it needs python3, make and a C++ compiler.');
  fs.writeFileSync(stamp, wanted);
};
