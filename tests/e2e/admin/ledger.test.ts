import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import type { ConsentConfig } from '../../../contract';
import { openAdminPanel, type AdminPanel } from '../../support/admin-panel';
import { launchBrowser } from '../../support/browser';
import { startDemo, type Demo } from '../../support/demo';
import { logIn, type Editor } from '../../support/demo-editor';

const address = '/plugins/privacy-desk/ledger?site=default';
const subject = 'AAAAAAAAAAAAAAAAAAAAAA';

let demo: Demo;
let browser: Browser;
let panel: AdminPanel;
let page: Page;
let editor: Editor;
let config: ConsentConfig;
const id = randomUUID();

const consent = async (choice: boolean, more: object = {}) => {
  const optional = config.categories.filter(({ mode }) => mode !== 'required');
  const answer = await fetch(`${demo.strapiUrl}/api/privacy-desk/consents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: demo.websiteUrl },
    body: JSON.stringify({
      id: randomUUID(),
      site: 'default',
      locale: 'en',
      configVersion: config.version,
      subject,
      choices: Object.fromEntries(optional.map(({ key }) => [key, choice])),
      source: choice ? 'accept-all' : 'reject-all',
      decidedAt: new Date().toISOString(),
      ...more,
    }),
  });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
};

beforeAll(async () => {
  demo = await startDemo();
  editor = await logIn(demo);
  config = (await (
    await fetch(`${demo.strapiUrl}/api/privacy-desk/config?site=default&locale=en`)
  ).json()) as ConsentConfig;
  await consent(true, { id });
  await consent(true);
  await consent(false, { subject: null });
  browser = await launchBrowser();
  panel = await openAdminPanel(browser, demo);
  page = panel.page;
}, 900_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

describe('Ledger page', () => {
  it('shows how visitors decide', async () => {
    await panel.open(address);
    await page.getByRole('img', { name: 'Opt-in rate over time' }).waitFor();
    await page.getByText('67 % allowed (2 / 3)').first().waitFor();
  });

  it('finds a record and shows what the visitor saw', async () => {
    await page.getByRole('tab', { name: 'Records' }).click();
    await page.getByLabel('Visitor').fill(subject);
    await page.getByRole('button', { name: 'Search' }).click();
    await page
      .getByRole('button', { name: /^Open the record of/ })
      .nth(1)
      .waitFor();
    expect(await page.getByRole('button', { name: /^Open the record of/ }).count()).toBe(2);
    await page.getByLabel('ID of the receipt or consent').fill(id);
    await page.getByRole('button', { name: 'Search' }).click();
    await page
      .getByRole('button', { name: /^Open the record of/ })
      .nth(1)
      .waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Open the record of/ }).click();
    const drawer = page.getByRole('dialog', { name: 'Record' });
    await drawer.getByText(id).waitFor();
    await drawer.getByText('1 other record of the same visitor').waitFor();
    await drawer.getByText('As it was written').waitFor();
    expect(await panel.violations('[role="dialog"]')).toEqual([]);
    await drawer.getByRole('button', { name: 'What the visitor saw' }).click();
    await page.locator('[data-preview="current"]').waitFor();
    await page.frameLocator('iframe').locator('[data-privacy-part="banner"]').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  it('verifies', async () => {
    await panel.open(`${address}&part=records`);
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByText(/^Everything is as it was written: 3 consents/).waitFor();
  });

  it('exports', async () => {
    await panel.open(`${address}&part=export`);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Records as JSON Lines' }).click();
    const lines = fs
      .readFileSync(await (await downloading).path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[0]!).id).toBe(id);
  });

  it.each([
    ['light', 1440, 'statistics'],
    ['dark', 768, 'statistics'],
    ['dark', 1440, 'records'],
    ['light', 768, 'records'],
    ['light', 1440, 'export'],
  ])('has no accessibility problem that axe can find: %s, %d pixels wide, %s', async (theme, width, part) => {
    await page.evaluate((name) => localStorage.setItem('STRAPI_THEME', name), theme);
    await page.setViewportSize({ width, height: 1000 });
    await panel.open(`${address}&part=${part}`);
    const shown = { statistics: 'By language', records: 'Integrity', export: 'Export' }[part]!;
    await page.getByRole('heading', { name: shown }).waitFor();
    expect(await panel.violations('main')).toEqual([]);
  });
});

describe('an Editor who may see statistics only', () => {
  it('sees nothing else, and is given nothing else by the server', async () => {
    const reader = await openAdminPanel(browser, demo, await editor.colleague(['ledger.statistics']));
    const asked: string[] = [];
    reader.page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
    await reader.open(`${address}&part=records`);
    await reader.page.getByRole('img', { name: 'Opt-in rate over time' }).waitFor();
    expect(await reader.page.getByRole('tab').allTextContents()).toEqual(['Statistics']);
    expect(asked.filter((path) => /ledger\/(records|verification|export)/.test(path))).toEqual([]);
    await reader.page.context().close();
  });
});
