/** Our own client, as `npm run build` made it and as the server composes it. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTestSupport } from '../support/test-support.mjs';
import { purposes } from './catalogue.mjs';

const browserFiles = fileURLToPath(new URL('../../dist/browser', import.meta.url));
const paragraph = (text) => [{ type: 'paragraph', children: [{ type: 'text', text }] }];

const categories = purposes.map(({ key, mode, name, description, services }) => ({
  key,
  mode,
  name,
  description: paragraph(description),
  honoursGpc: true,
  revision: 1,
  items: services.map(([id, label, cookies]) => ({
    key: id,
    name: label,
    description: [],
    provider: label,
    changedAt: 1_750_000_000,
    storage: cookies.map((cookie) => ({ name: cookie, match: 'exact', kind: 'cookie' })),
  })),
}));

export const privacyDesk = async () => {
  const { consentConfig, startPages } = await loadTestSupport(
    "export { startPages } from './browser'; export { consentConfig } from '../fixtures/consent-config';",
  );
  // The page server of the tests composes the script as the plugin does.
  const pages = await startPages(
    {},
    { default: { config: consentConfig('en', { regime: 'opt-in', signals: {}, categories }) } },
  );
  const text = async (file) => (await fetch(`${pages.origin}/privacy-desk/${file}`)).text();
  const files = {
    'client.js': await text('client.js?site=default&locale=en'),
    config: await text('config?site=default&locale=en'),
  };
  await pages.close();
  for (const file of fs.readdirSync(path.join(browserFiles, 'assets')))
    files[`assets/${file}`] = fs.readFileSync(path.join(browserFiles, 'assets', file), 'utf8');
  const stub = fs.readFileSync(path.join(browserFiles, 'stub.js'), 'utf8');
  return {
    label: 'Privacy Desk',
    files,
    head: (nonce, base) =>
      `<script nonce="${nonce}">${stub}</script><script nonce="${nonce}" src="${base}client.js?site=default&locale=en"></script>`,
    gate: (purpose, src, nonce) =>
      `<script nonce="${nonce}" type="text/plain" data-privacy="${purpose}" data-src="${src}"></script>`,
    banner: '[data-privacy-part="banner"]',
    accept: '[data-privacy-part="banner"] [data-privacy-action="accept-all"]',
    open: '[data-privacy-part="banner"] [data-privacy-action="open-settings"]',
    dialog: 'dialog[data-privacy-part="settings"]',
    trustedTypes: 'privacy-desk',
  };
};
