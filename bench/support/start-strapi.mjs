/**
 * Boots a real Strapi (bench/app) with this plugin, bundled from its sources, on a new SQLite file and a free port of
 * 127.0.0.1. It is to be imported in a process of its own, so that loads and servers do not share an event loop.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(import.meta.url);

const { bundlePlugin } = require('../../tests/support/bundle-plugin.cjs');

/** @param options another application than bench/app, and the plugin's config */
export const startStrapi = async ({ appDir = path.join(root, 'bench/app'), config } = {}) => {
  const plugin = bundlePlugin();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-bench-'));
  process.on('SIGTERM', () => process.exit());
  process.on('exit', () => {
    for (const made of [plugin, folder]) fs.rmSync(made, { recursive: true, force: true });
  });
  Object.assign(process.env, {
    NODE_ENV: 'production',
    STRAPI_TELEMETRY_DISABLED: 'true',
    DATABASE_FILENAME: process.env.DATABASE_FILENAME ?? path.join(folder, 'bench.db'),
    PRIVACY_DESK_PLUGIN: plugin,
    PORT: '0',
    ...(config && { PRIVACY_DESK_CONFIG: JSON.stringify(config) }),
    PRIVACY_DESK_MASTER_KEY: process.env.PRIVACY_DESK_MASTER_KEY ?? randomBytes(32).toString('base64'),
  });
  const { createStrapi } = require('@strapi/strapi');
  const strapi = await createStrapi({ appDir, distDir: appDir, autoReload: false, serveAdminPanel: false }).load();
  const publishing = strapi.plugin('privacy-desk').service('publishing');
  const listen = async () => {
    await new Promise((resolve) => strapi.server.listen(0, '127.0.0.1', resolve));
    return strapi.server.httpServer.address().port;
  };
  return { strapi, publishing, listen };
};
