import fs from 'node:fs';
import path from 'node:path';
import { hashOf, isBuilt, pluginSources, setBuilt } from './build-stamps.mjs';
import { root, run } from './install.mjs';

const playground = 'playground/strapi';
const exists = (...parts) => fs.existsSync(path.join(root, ...parts));

/** Builds the plugin, and the demo's Strapi with its admin panel, as far as their sources changed since the last time. */
export const ensureDemoBuilt = () => {
  if (!isBuilt('plugin', pluginSources()) || !exists('dist/server/index.js')) {
    console.log('Building the plugin (about a minute) …');
    run(process.execPath, ['scripts/build.mjs']);
  }

  const panel = hashOf(
    'contract',
    'admin',
    `${playground}/src/admin`,
    `${playground}/package.json`,
    'package-lock.json',
  );
  const application = hashOf(`${playground}/config`, `${playground}/src`, `${playground}/tsconfig.json`);
  if (!isBuilt('panel', panel) || !exists(playground, 'dist/build/index.html')) {
    console.log('Building Strapi’s admin panel (about a minute) …');
    run(process.execPath, [path.join(root, 'node_modules/@strapi/strapi/bin/strapi.js'), 'build'], {
      cwd: path.join(root, playground),
      env: { ...process.env, NODE_ENV: 'production', STRAPI_TELEMETRY_DISABLED: 'true' },
    });
    setBuilt('panel', panel);
    setBuilt('application', application);
  } else if (!isBuilt('application', application)) {
    run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', playground]);
    setBuilt('application', application);
  }
};
