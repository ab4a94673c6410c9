/**
 * A Strapi in a process of its own, on the test application and the database that the environment names.
 * It tells its port, and answers `{ id, method, parameters }` by calling that method of the
 * publishing service, or of `service`.
 */
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { bundlePlugin } = require('./bundle-plugin.cjs');

const root = path.resolve(__dirname, '../..');
const appDir = process.env.TEST_APP_DIR ?? path.join(root, 'tests/fixtures/strapi-app');

const main = async () => {
  const plugin = bundlePlugin();
  process.env.PRIVACY_DESK_PLUGIN = plugin;
  const { createStrapi } = require('@strapi/strapi');
  const strapi = await createStrapi({ appDir, distDir: appDir, autoReload: false, serveAdminPanel: false }).load();
  fs.rmSync(plugin, { recursive: true, force: true });
  await new Promise((resolve) => strapi.server.listen(0, '127.0.0.1', resolve));
  process.on('message', async ({ id, service = 'publishing', method, parameters }) => {
    if (method === 'exit') {
      await strapi.destroy();
      process.exit(0);
    }
    const called = strapi.plugin('privacy-desk').service(service);
    const answer = await called[method](...parameters).then(
      (result) => ({ id, result }),
      (error) => ({ id, error: error.message }),
    );
    process.send(answer);
  });
  process.send({ port: strapi.server.httpServer.address().port });
};

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
