import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './demo';
import { eventually } from './eventually';

const START_WITHIN_MS = 30_000;

/** The nginx of this machine; Debian has it where only administrators look for programs. null without one. */
export const findNginx = (): string | null =>
  [process.env.NGINX_PATH, ...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin']
    .filter((folder) => folder !== undefined)
    .map((place) => (place.endsWith('nginx') ? place : path.join(place, 'nginx')))
    .find((file) => fs.existsSync(file)) ?? null;

/** A website behind nginx, on this machine only. */
export interface NginxSite {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  stop(): Promise<void>;
}

/**
 * Serves pages with nginx.
 *
 * @param pages HTML by file name
 * @param locations what stands in the `server` block beside them
 * @throws Error with what nginx says when it does not start
 */
export const startNginx = async (
  program: string,
  pages: Record<string, string>,
  locations: string,
): Promise<NginxSite> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-nginx-'));
  const at = (...parts: string[]) => path.join(folder, ...parts);
  const port = await freePort();
  fs.mkdirSync(at('www'));
  for (const [name, html] of Object.entries(pages)) fs.writeFileSync(at('www', name), html);
  // Its worker is another user when it is started by root.
  fs.chmodSync(folder, 0o755);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  fs.writeFileSync(
    at('nginx.conf'),
    `daemon off;
pid ${at('nginx.pid')};
error_log stderr;
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${at(name)};`).join('\n  ')}
  types { text/html html; }
  server {
    listen 127.0.0.1:${port};
    root ${at('www')};
${locations}
  }
}
`,
  );
  const server = spawn(program, ['-p', folder, '-e', 'stderr', '-c', at('nginx.conf')]);
  let printed = '';
  server.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${port}`;
  try {
    await eventually(async () => {
      if (server.exitCode === null) await fetch(origin);
    }, START_WITHIN_MS);
    if (server.exitCode !== null) throw new Error(`It ended with ${server.exitCode}`);
  } catch (cause) {
    await stop();
    throw new Error(`nginx did not start:\n${printed}`, { cause });
  }
  return { origin, stop };
};
