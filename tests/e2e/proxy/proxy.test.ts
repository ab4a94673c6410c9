import fs from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { ConsentConfig } from '../../../contract';
import { getService } from '../../../server/src/get-service';
import { launchBrowser } from '../../support/browser';
import { editCatalogue } from '../../support/catalogue';
import { bannerSelector } from '../../support/demo-visitor';
import { findProxy, proxyKinds, recipeIn, startProxy, type ProxySite } from '../../support/reverse-proxy';
import { startStrapi, type TestApp } from '../../support/strapi';

const docs = fs.readFileSync(path.resolve(__dirname, '../../../docs/longevity.md'), 'utf8');
const CMS = 'https://cms.example.com';
const DAY = 86_400;

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<script src="/api/privacy-desk/client.js?site=default&locale=en"></script></head><body><h1>Shop</h1></body></html>`;

let app: TestApp;
let strapiUrl: string;
let browser: Browser;

beforeAll(async () => {
  app = await startStrapi({ config: { seed: false, pollIntervalSeconds: 3600 } });
  const edit = editCatalogue(app.strapi);
  await edit.site.create('default');
  await edit.category.create('STATISTICS', { mode: 'opt-in' });
  await getService('publishing', app).refresh();
  await new Promise<void>((resolve) => void app.strapi.server.listen(0, '127.0.0.1', resolve));
  const { port } = app.server.address() as { port: number };
  strapiUrl = `http://127.0.0.1:${port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

describe.each(proxyKinds)('Behind %s, as docs/longevity.md has it', (kind) => {
  const program = findProxy(kind);
  // Elsewhere what is missing is left out; in CI it has to be there.
  if (!program && !process.env.CI) return it.skip('where it is installed', () => {});

  let site: ProxySite;
  beforeAll(async () => {
    if (!program) throw new Error(`${kind} is not installed`);
    // With this Strapi in the place of the one in the recipe.
    const recipe = recipeIn(docs, kind);
    expect(recipe).toContain(CMS);
    site = await startProxy(kind, program, { 'index.html': page }, recipe.replace(CMS, strapiUrl));
  });
  afterAll(() => site?.stop());

  test('the server sets the cookie of a decision, on the website’s own origin', async () => {
    const context = await browser.newContext();
    const tab = await context.newPage();
    const strangers: string[] = [];
    tab.on('request', (request) => {
      if (!request.url().startsWith(site.origin)) strangers.push(request.url());
    });
    await tab.goto(site.origin);
    const renewed = tab.waitForResponse((response) => response.url().endsWith('/choice'));
    const recorded = tab.waitForResponse((response) => response.url().endsWith('/consents'));
    await tab.locator(`${bannerSelector} [data-privacy-action="accept-all"]`).click();
    const response = await renewed;
    expect([response.url(), response.status()]).toEqual([`${site.origin}/api/privacy-desk/choice`, 204]);
    const { value } = response.request().postDataJSON() as { value: string };
    const header = await response.headerValue('set-cookie');
    expect(header).toMatch(/^privacy_desk=[^;]+; Path=\/; SameSite=Lax; Max-Age=\d+$/);
    expect(header).toContain(`privacy_desk=${value};`);
    const [cookie, ...others] = await context.cookies(site.origin);
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({ name: 'privacy_desk', value, path: '/', sameSite: 'Lax', httpOnly: false });
    expect(Math.round((cookie!.expires - Date.now() / 1000) / DAY)).toBe(180);
    // The consent went the same way.
    expect((await recorded).status()).toBe(201);

    await tab.reload();
    await tab.evaluate(() => window.privacyDesk.ready);
    expect(await tab.evaluate(() => window.privacyDesk.hasDecided())).toBe(true);
    expect(strangers).toEqual([]);
    await context.close();
  });

  test('another website cannot have it set', async () => {
    const answer = await fetch(`${site.origin}/api/privacy-desk/choice`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain', Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
      body: JSON.stringify({
        site: 'default',
        value: `1.0.-.STATISTICS:1:1:${Math.floor(Date.now() / 1000).toString(36)}`,
      }),
    });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test('config and script come through as they are, compressed and cacheable', async () => {
    const answer = await fetch(`${site.origin}/api/privacy-desk/config`, { headers: { 'Accept-Encoding': 'br' } });
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(answer.headers.get('cache-control')).toContain('max-age=60');
    const { choice, version } = (await answer.json()) as ConsentConfig;
    expect(choice.renewEndpoint).toBe('./choice');
    expect(answer.headers.get('etag')).toContain(version);
  });
});
