'use strict';
/* A Strapi process of its own, as in a cluster: registers, says so, boots when told to, says so, and ends. */
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) =>
  module._compile(
    transformFileSync(file, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    }).code,
    file,
  );

const path = require('node:path');
const { createStrapi } = require('@strapi/strapi');

const appDir = path.resolve(__dirname, '../fixtures/strapi-app');
const main = async () => {
  const strapi = await createStrapi({ appDir, distDir: appDir, autoReload: false, serveAdminPanel: false }).register();
  process.send('registered');
  await new Promise((resolve) => process.once('message', resolve));
  await strapi.bootstrap();
  process.send('booted');
  await strapi.destroy();
};
main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
