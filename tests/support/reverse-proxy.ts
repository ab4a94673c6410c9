import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './demo';
import { eventually } from './eventually';

const START_WITHIN_MS = 30_000;

/** Where a site is set up: everything it needs lies in a folder of its own. */
interface Place {
  /** Absolute path of something in the folder. */
  at: (...parts: string[]) => string;
  /** Where the pages are. */
  pages: string;
  /** On 127.0.0.1. */
  port: number;
}

export type ProxyKind = 'nginx' | 'caddy';

/** How one kind of reverse proxy is set up. */
interface Kind {
  /** The environment variable that says where the program is. */
  variable: string;
  /** As Markdown names its language. */
  language: string;
  /** The whole configuration with a recipe in it. */
  configuration: (recipe: string, place: Place) => string;
  arguments: (configuration: string, place: Place) => string[];
}

const kinds: Record<ProxyKind, Kind> = {
  nginx: {
    variable: 'NGINX_PATH',
    language: 'nginx',
    configuration: (locations, { at, pages, port }) => `daemon off;
pid ${at('nginx.pid')};
error_log stderr;
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${at(name)};`).join('\n  ')}
  types { text/html html; }
  server {
    listen 127.0.0.1:${port};
    root ${pages};
${locations}
  }
}
`,
    arguments: (configuration, { at }) => ['-p', at(), '-e', 'stderr', '-c', configuration],
  },
  caddy: {
    variable: 'CADDY_PATH',
    language: 'caddyfile',
    configuration: (site, { pages, port }) => `{
	admin off
	auto_https off
}
${site
  .replace('www.example.com {', `http://127.0.0.1:${port} {\n\tbind 127.0.0.1`)
  .replace(/^\s*# ….*$/m, `\troot * ${pages}\n\tfile_server`)}`,
    arguments: (configuration) => ['run', '--adapter', 'caddyfile', '--config', configuration],
  },
};

export const proxyKinds = Object.keys(kinds) as ProxyKind[];

/** The recipe for it in a page of the docs. */
export const recipeIn = (markdown: string, kind: ProxyKind): string => {
  const [, block] = new RegExp(`\`\`\`${kinds[kind].language}\n(.*?)\`\`\``, 's').exec(markdown) ?? [];
  if (!block) throw new Error(`There is no recipe for ${kind}`);
  return block;
};

/** The program on this machine; Debian has some where only administrators look for programs. null without one. */
export const findProxy = (kind: ProxyKind): string | null =>
  [process.env[kinds[kind].variable], ...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin']
    .filter((folder) => folder !== undefined)
    .map((place) => (place.endsWith(kind) ? place : path.join(place, kind)))
    .find((file) => fs.existsSync(file)) ?? null;

/** A website behind a reverse proxy, on this machine only. */
export interface ProxySite {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  stop(): Promise<void>;
}

/**
 * Serves pages behind a reverse proxy.
 *
 * @param pages HTML by file name
 * @throws Error with what the program says when it does not start
 */
export const startProxy = async (
  kind: ProxyKind,
  program: string,
  pages: Record<string, string>,
  recipe: string,
): Promise<ProxySite> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `privacy-desk-${kind}-`));
  const at = (...parts: string[]) => path.join(folder, ...parts);
  const place: Place = { at, pages: at('www'), port: await freePort() };
  fs.mkdirSync(place.pages);
  for (const [name, html] of Object.entries(pages)) fs.writeFileSync(at('www', name), html);
  // A worker may be another user when it is started by root.
  fs.chmodSync(folder, 0o755);
  const file = at(`${kind}.conf`);
  fs.writeFileSync(file, kinds[kind].configuration(recipe, place));
  const server = spawn(program, kinds[kind].arguments(file, place), {
    env: { ...process.env, XDG_DATA_HOME: at('data'), XDG_CONFIG_HOME: at('config') },
  });
  let printed = '';
  server.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${place.port}`;
  try {
    await eventually(async () => {
      if (server.exitCode === null) await fetch(origin);
    }, START_WITHIN_MS);
    if (server.exitCode !== null) throw new Error(`It ended with ${server.exitCode}`);
  } catch (cause) {
    await stop();
    throw new Error(`${kind} did not start:\n${printed}`, { cause });
  }
  return { origin, stop };
};
