import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { freePort } from './demo';
import { eventually } from './eventually';

const root = path.resolve(__dirname, '../..');
const app = path.join(root, 'playground/next');
const client = path.join(root, 'client');
const next = path.join(app, 'node_modules/next/dist/bin/next');
const stamp = path.join(app, 'node_modules/.installed-lock.json');
const START_WITHIN_MS = 60_000;

const run = (program: string, args: string[], env: NodeJS.ProcessEnv) => {
  try {
    execFileSync(program, args, { cwd: app, env, encoding: 'utf8', shell: process.platform === 'win32' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
};

/** Installs what the app's own lock file names, unless that is there, and the client as it is built now. */
const install = (env: NodeJS.ProcessEnv) => {
  if (!fs.existsSync(path.join(client, 'dist/react.d.ts')))
    throw new Error('The package is not built: run `npm run build`.');
  const lock = fs.readFileSync(path.join(app, 'package-lock.json'), 'utf8');
  if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== lock) {
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], env);
    fs.writeFileSync(stamp, lock);
  }
  const installed = path.join(app, 'node_modules/privacy-desk-client');
  fs.rmSync(installed, { recursive: true, force: true });
  for (const part of ['package.json', 'dist'])
    fs.cpSync(path.join(client, part), path.join(installed, part), { recursive: true });
};

/**
 * Builds playground/next against a Privacy Desk and starts it.
 *
 * @param privacyDeskUrl where the plugin answers
 * @throws Error with what it printed when it cannot be built or does not start
 */
export const startNextApp = async (privacyDeskUrl: string): Promise<{ url: string; stop(): Promise<void> }> => {
  // What jest sets is none of Next's modes.
  const { NODE_ENV: _, ...inherited } = process.env;
  const env = { ...inherited, NEXT_TELEMETRY_DISABLED: '1', PRIVACY_DESK_URL: privacyDeskUrl } as NodeJS.ProcessEnv;
  install(env);
  run(process.execPath, [next, 'build'], env);
  const port = await freePort();
  const server = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', String(port)], { cwd: app, env });
  let printed = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await eventually(async () => {
      if (server.exitCode !== null) return;
      await fetch(url);
    }, START_WITHIN_MS);
  } catch (cause) {
    await stop();
    throw new Error(`Next.js did not start:\n${printed}`, { cause });
  }
  if (server.exitCode !== null) throw new Error(`Next.js ended:\n${printed}`);
  return { url, stop };
};
