import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const START_WITHIN_MS = 600_000;
const STOP_WITHIN_MS = 20_000;

/** The demo as `npm run demo` starts it, on ports and a database of its own. */
export interface Demo {
  strapiUrl: string;
  websiteUrl: string;
  adminEmail: string;
  adminPassword: string;
  /** What it has printed so far. */
  output(): string;
  /** @throws Error with its output when it has ended by itself */
  stop(): Promise<void>;
}

/** A port that nothing listens on at the moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/**
 * Runs `npm run demo` (which builds what is not up to date) with a new SQLite file and resolves when it says it is ready.
 * @throws Error with its output when it ends before
 */
export const startDemo = async (options: { env?: Record<string, string> } = {}): Promise<Demo> => {
  const [port, demoPort] = [await freePort(), await freePort()];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-demo-'));
  const { NODE_ENV: _, ...env } = process.env;
  const demo = spawn(process.execPath, ['scripts/demo.mjs'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...env,
      PORT: String(port),
      DEMO_PORT: String(demoPort),
      DATABASE_CLIENT: 'sqlite',
      DATABASE_FILENAME: path.join(folder, 'demo.db'),
      ...options.env,
    },
  });
  let printed = '';
  const ended = new Promise<void>((resolve) => demo.once('exit', () => resolve()));
  const stop = async () => {
    if (demo.exitCode !== null || demo.signalCode) throw new Error(`The demo ended by itself:\n${printed}`);
    const forced = setTimeout(() => demo.kill('SIGKILL'), STOP_WITHIN_MS);
    demo.kill('SIGTERM');
    await ended;
    clearTimeout(forced);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => {
      demo.kill('SIGTERM');
      reject(new Error(`The demo was not ready within ${START_WITHIN_MS / 1000} seconds:\n${printed}`));
    }, START_WITHIN_MS);
    const read = (chunk: Buffer) => {
      printed += chunk.toString('utf8');
      if (!printed.includes('Log in with')) return;
      clearTimeout(late);
      resolve();
    };
    demo.stdout.on('data', read);
    demo.stderr.on('data', read);
    void ended.then(() => {
      clearTimeout(late);
      reject(new Error(`The demo ended before it was ready:\n${printed}`));
    });
  });
  return {
    strapiUrl: `http://localhost:${port}`,
    websiteUrl: `http://localhost:${demoPort}`,
    adminEmail: 'admin@example.com',
    adminPassword: 'Privacy-Desk-1',
    output: () => printed,
    stop,
  };
};
