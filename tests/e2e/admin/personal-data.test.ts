import fs from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { openAdminPanel, type AdminPanel } from '../../support/admin-panel';
import { useScheme } from '../../support/admin-team';
import { launchBrowser } from '../../support/browser';
import { startDemo, type Demo } from '../../support/demo';
import { logIn, type Editor } from '../../support/demo-editor';
import { unzip } from '../../support/unzip';

const address = '/plugins/privacy-desk/personal-data';
const ANNA = 'anna.berger@example.com';
const SUBSCRIPTION = 'api::newsletter-subscription.newsletter-subscription';

let demo: Demo;
let browser: Browser;
let panel: AdminPanel;
let page: Page;
let editor: Editor;

beforeAll(async () => {
  demo = await startDemo();
  editor = await logIn(demo);
  browser = await launchBrowser();
  panel = await openAdminPanel(browser, demo);
  page = panel.page;
}, 900_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

const row = (name: RegExp) => page.getByRole('row', { name });
/** A button under the pointer has another colour, which is Strapi's own. */
const violations = async (selector: string) => {
  await page.mouse.move(0, 0);
  return panel.violations(selector);
};
const save = () => page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
const downloaded = async (click: () => Promise<void>): Promise<Buffer> => {
  const downloading = page.waitForEvent('download');
  await click();
  return fs.readFileSync(await (await downloading).path());
};
const find = async (who: string) => {
  await page.getByLabel('User id, e-mail address or visitor’s id').fill(who);
  await page.getByRole('button', { name: 'Search' }).click();
};

describe('Personal data page', () => {
  it('maps a content type from the proposal, and says what the config says', async () => {
    await panel.open(address);
    await row(/^Newsletter subscription.*Proposed/).waitFor();
    await row(/^Order.*Mapped in the config/).waitFor();
    await page.getByRole('button', { name: 'Map Newsletter subscription' }).click();
    await page.getByRole('button', { name: 'Take the proposal' }).click();
    await save();
    await page.getByText('Say what the data are for.').waitFor();
    expect(await violations('[role="dialog"]')).toEqual([]);
    await page.getByLabel('What the data are for').fill('Newsletter');
    await page.getByRole('radio', { name: /^Deleted/ }).check({ force: true });
    await save();
    await row(/^Newsletter subscription.*Mapped here.*Deleted/).waitFor();
    const { mapping } = await editor.request<{ mapping: { purpose: string; fields: object } }>(
      'GET',
      `/privacy-desk/personal-data/map/${SUBSCRIPTION}`,
    );
    expect(mapping).toMatchObject({ purpose: 'Newsletter', fields: { email: 'email', name: 'fullName' } });
  });

  it('says plainly that nothing is stored of somebody', async () => {
    await panel.open(`${address}?part=persons`);
    await find('nobody@example.com');
    await page.getByText('Nothing is stored of nobody@example.com.').waitFor();
  });

  it('finds a person, and hands out a copy of their data', async () => {
    await find(ANNA);
    await row(/^Order.*2.*Anonymised/).waitFor();
    await row(/^Newsletter subscription.*1.*Deleted/).waitFor();
    expect(page.url()).not.toContain('anna');
    const download = () => page.getByRole('button', { name: 'Download', exact: true }).click();
    const files = await unzip(await downloaded(download));
    expect(files['data.json']).toContain('NL-10418');
    expect(files['data.json']).not.toContain('NL-10790');
    await page.getByLabel('With files and a summary to read').click();
    expect(JSON.parse((await downloaded(download)).toString('utf8')).data.length).toBeGreaterThan(2);
  });

  it('erases a person who is named again, with a proof that names nobody', async () => {
    await page.getByRole('button', { name: 'Erase this person…' }).click();
    const dialog = page.getByRole('dialog', { name: `Erase ${ANNA}?` });
    await dialog.getByText('2 entries are anonymised').waitFor();
    expect(await violations('[role="dialog"]')).toEqual([]);
    await dialog.getByLabel(/to confirm$/).fill(ANNA);
    await dialog.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByText(/^The person is erased/).waitFor();
    await row(/An administrator.*Done/).waitFor();
    const proof = await downloaded(() => page.getByRole('button', { name: 'Download the proof', exact: true }).click());
    const [, claims] = proof.toString('utf8').split('.');
    const said = Buffer.from(claims!, 'base64url').toString('utf8');
    expect(said).toContain('erasure of personal data');
    expect(said).not.toContain('anna');
    await find(ANNA);
    await page.getByText(`Nothing is stored of ${ANNA}.`).waitFor();
  });

  it('keeps what only the controller knows, and prints the register without Strapi’s frame', async () => {
    await panel.open(`${address}?part=records`);
    await page.getByRole('button', { name: 'Edit Order' }).click();
    await page.getByLabel('Recipients').fill('Parcel service');
    await save();
    await page.getByText('Parcel service').first().waitFor();
    const table = await downloaded(() => page.getByRole('button', { name: 'CSV' }).click());
    expect(table.toString('utf8')).toContain('Parcel service');
    await page.emulateMedia({ media: 'print' });
    await page.locator('[data-print-sheet] >> text=Parcel service').waitFor();
    expect(await page.locator('nav:visible').count()).toBe(0);
    await page.emulateMedia({ media: 'screen' });
  });

  it.each([
    ['light', 1440, 'map'],
    ['dark', 768, 'map'],
    ['dark', 1440, 'persons'],
    ['light', 768, 'persons'],
    ['light', 1440, 'records'],
    ['dark', 768, 'records'],
  ])('has no accessibility problem that axe can find: %s, %d pixels wide, %s', async (theme, width, part) => {
    await useScheme(page, theme);
    await page.setViewportSize({ width, height: 1000 });
    await panel.open(`${address}?part=${part}`);
    const shown = { map: 'Content types', persons: 'Erasures', records: 'Records of processing activities' }[part]!;
    await page.getByRole('heading', { name: shown }).waitFor();
    if (part === 'persons') {
      await find('2');
      await page.getByRole('heading', { name: 'What is stored' }).waitFor();
    }
    expect(await violations('main')).toEqual([]);
  });
});

describe('an Editor who may only read the map', () => {
  it('sees map and register, neither persons nor a way to save, and is refused by the server', async () => {
    const colleague = await editor.colleague(['personal-data.read']);
    const reader = await openAdminPanel(browser, demo, colleague);
    const asked: string[] = [];
    reader.page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
    await reader.open(`${address}?part=persons`);
    await reader.page.getByRole('button', { name: 'View Comment' }).waitFor();
    expect(await reader.page.getByRole('tab').allTextContents()).toEqual(['Map', 'Records of processing']);
    expect(await reader.page.getByRole('button', { name: /^(Map|Edit) / }).count()).toBe(0);
    await reader.page.getByRole('tab', { name: 'Records of processing' }).click();
    await reader.page.getByRole('heading', { name: 'Order', level: 3 }).waitFor();
    expect(await reader.page.getByRole('button', { name: /^Edit/ }).count()).toBe(0);
    expect(asked.filter((path) => /personal-data\/(find|erasures|export)/.test(path))).toEqual([]);
    await reader.page.context().close();

    const reading = await logIn({ ...demo, ...colleague });
    const base = '/privacy-desk/personal-data';
    const person = { email: ANNA };
    await expect(reading.request('PUT', `${base}/map/${SUBSCRIPTION}`, { mapping: null })).rejects.toThrow(': 403');
    await expect(reading.request('POST', `${base}/find`, { person })).rejects.toThrow(': 403');
    await expect(reading.request('POST', `${base}/erasures`, { person, dryRun: true })).rejects.toThrow(': 403');
    await expect(reading.request('POST', `${base}/export-tickets`, { person, format: 'json' })).rejects.toThrow(
      ': 403',
    );
  });
});
