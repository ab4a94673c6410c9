import fs from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import type { TranslationRow, TranslationsPage } from '../../../contract';
import { openAdminPanel, type AdminPanel } from '../../support/admin-panel';
import { launchBrowser } from '../../support/browser';
import { startDemo, type Demo } from '../../support/demo';
import { logIn, type Editor } from '../../support/demo-editor';

const address = '/plugins/privacy-desk/translations';
const key = 'translation-test';

let demo: Demo;
let browser: Browser;
let panel: AdminPanel;
let page: Page;
let editor: Editor;

beforeAll(async () => {
  demo = await startDemo();
  editor = await logIn(demo);
  await editor.create('tracking-item', {
    key,
    name: 'Translation test',
    description: [
      {
        type: 'paragraph',
        children: [
          { type: 'text', text: 'Counts ' },
          { type: 'text', text: 'visits', bold: true },
          { type: 'text', text: '.' },
        ],
      },
    ],
    storage: [{ name: '_tt', match: 'exact', kind: 'cookie', lifetime: 'session', purpose: 'Knows visitors again.' }],
  });
  browser = await launchBrowser();
  panel = await openAdminPanel(browser, demo);
  page = panel.page;
  page.on('dialog', (dialog) => void dialog.accept());
}, 900_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

const description = () => page.getByRole('textbox', { name: 'Translation test, Description, in German' });
const open = async (query: string) => {
  await panel.open(`${address}?${query}`);
  await page.getByRole('heading', { level: 1, name: 'Translations' }).waitFor();
};
const texts = async (): Promise<Record<string, string>> => {
  const { rows } = await editor.request<TranslationsPage<TranslationRow>>(
    'GET',
    `/privacy-desk/translations/de?search=${key}`,
  );
  return Object.fromEntries(rows.map((row) => [row.field, row.target]));
};

describe('Translations page', () => {
  it('leads from what is missing in the matrix to the text, which is translated beside the original', async () => {
    await open(`search=${key}`);
    await page.getByRole('link', { name: /^Translation test, Description, German.*: Missing$/ }).click();
    await description().waitFor();
    await page.getByText('Until then visitors read: Counts **visits**.').waitFor();
    await description().fill('Zählt **Besuche**.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('1 text is saved.').waitFor();
    expect(await texts()).toMatchObject({ description: 'Zählt **Besuche**.', name: 'Translation test', purpose: '' });
  });

  it('does not overwrite what another admin has saved meanwhile', async () => {
    await open(`locale=de&search=${key}`);
    await description().fill('Von mir.');
    await editor.request('PUT', '/privacy-desk/translations/de', {
      changes: [{ id: `tracking-item:${key}:description`, text: 'Von anderen.' }],
    });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/Theirs differs in: Translation test, Description/).waitFor();
    expect(await texts()).toMatchObject({ description: 'Von anderen.' });
    expect(await description().inputValue()).toBe('Von mir.');
    await page.getByRole('button', { name: 'Save mine' }).click();
    await page.getByText('1 text is saved.').waitFor();
    expect(await texts()).toMatchObject({ description: 'Von mir.' });
  });

  it.each(['XLIFF', 'CSV'])('exports for translators and imports what they did, %s', async (format) => {
    await open(`locale=de&search=${key}`);
    await description().waitFor();
    const before = (await texts()).description!;
    await page.getByRole('button', { name: 'Export' }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: format }).click();
    const file = fs.readFileSync(await (await downloading).path(), 'utf8');
    const after = `Zählt für ${format}.`;
    expect(file).toContain(before);

    await page.getByRole('button', { name: 'Import' }).click();
    const drawer = page.getByRole('dialog', { name: 'Import translations into German' });
    const give = (content: string) =>
      drawer.getByLabel('File').setInputFiles({ name: 'de.txt', mimeType: 'text/plain', buffer: Buffer.from(content) });
    await give(file.replaceAll(`${key}:name`, 'unknown:name'));
    await drawer.getByText(/^Line \d+: the key .* does not exist/).waitFor();
    await give(file.replace(before, after));
    await drawer.getByText(after).waitFor();
    expect((await texts()).description).toBe(before);
    expect(await panel.violations('[role="dialog"]')).toEqual([]);
    await drawer.getByRole('button', { name: 'Import 1 text' }).click();
    await drawer.waitFor({ state: 'detached' });
    expect((await texts()).description).toBe(after);
  });

  it.each([
    ['light', 1440, ''],
    ['dark', 1440, 'locale=de'],
    ['dark', 768, ''],
    ['light', 768, 'locale=de'],
  ])('has no accessibility problem that axe can find: %s, %d pixels wide, %s', async (theme, width, query) => {
    await page.evaluate((name) => localStorage.setItem('STRAPI_THEME', name), theme);
    await page.setViewportSize({ width, height: 1000 });
    await open(query);
    await page
      .getByText('Description', { exact: true })
      .or(page.getByText(/· Description$/))
      .first()
      .waitFor();
    expect(await panel.violations('main')).toEqual([]);
  });
});

describe('an Editor who may only read', () => {
  it('sees and exports the texts, and can change nothing', async () => {
    const reader = await openAdminPanel(browser, demo, await editor.colleague(['translations.read']));
    await reader.open(`${address}?locale=de&search=${key}`);
    const input = reader.page.getByRole('textbox', { name: 'Translation test, Description, in German' });
    await input.waitFor();
    expect(await input.isDisabled()).toBe(true);
    expect(await reader.page.getByRole('button', { name: 'Import' }).count()).toBe(0);
    await reader.page.getByRole('button', { name: 'Export' }).waitFor();
    expect(
      await reader.page.getByRole('navigation', { name: 'Privacy Desk' }).getByRole('link').allInnerTexts(),
    ).toEqual(['Translations']);
    await reader.page.context().close();
  });
});
