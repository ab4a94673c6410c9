/** The plugin's server as JavaScript, in a folder that a Strapi without a TypeScript loader can resolve. */
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

const root = path.resolve(__dirname, '../..');

/** @returns the folder; whoever asked for it removes it */
const bundlePlugin = () => {
  // Below the package, where the plugin looks for its browser files.
  const artifacts = path.join(root, '.tmp');
  fs.mkdirSync(artifacts, { recursive: true });
  const folder = fs.mkdtempSync(path.join(artifacts, 'plugin-'));
  esbuild.buildSync({
    entryPoints: [path.join(root, 'server/src/index.ts')],
    outfile: path.join(folder, 'strapi-server.js'),
    bundle: true,
    platform: 'node',
    packages: 'external',
    footer: { js: 'module.exports = module.exports.default;' },
  });
  fs.writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: path.basename(folder), strapi: { kind: 'plugin', name: 'privacy-desk' } }),
  );
  return folder;
};

module.exports = { bundlePlugin };
