import type { Browser, Page } from 'playwright-core';
import { websitePage } from '../../fixtures/website-page';
import { launchBrowser, startPages, type PageServer } from '../../support/browser';

const placeholder = '[data-privacy-part="placeholder"]';
const frame = (id: string, more: string) => `<iframe id="${id}" title="${id}" data-src="/frame.html" ${more}></iframe>`;
const body = `<main><h1>Embeds</h1>
${frame('plain', 'width="560" height="315" data-privacy="MARKETING"')}
${frame('second', 'width="300" height="200" data-privacy="MARKETING/youtube"')}
<div style="position:relative;padding-bottom:56.25%;height:0;max-width:600px">${frame('ratio', 'data-privacy="MARKETING" style="position:absolute;top:0;left:0;width:100%;height:100%"')}</div>
${frame('small', 'width="160" height="90" data-privacy="MARKETING"')}
${frame('pixel', 'width="1" height="1" data-privacy="MARKETING"')}
</main>`;

let browser: Browser;
let pages: PageServer;
let page: Page;
const placeholderOf = (id: string) => page.locator(`#${id} + ${placeholder}`);

beforeAll(async () => {
  browser = await launchBrowser();
  pages = await startPages({
    '/': websitePage({ body }),
    '/bare/': websitePage({ body, client: false }),
    '/frame.html': { client: false },
  });
});
beforeEach(async () => {
  page = await browser.newPage();
  await page.goto(pages.origin);
  await placeholderOf('small').waitFor();
});
afterEach(() => page.close());
afterAll(async () => {
  await browser.close();
  await pages.close();
});

describe('the placeholder', () => {
  it('stands where the embed stood, in its size, and names the host', async () => {
    const bare = await browser.newPage();
    await bare.goto(`${pages.origin}/bare/`);
    for (const id of ['plain', 'second', 'ratio', 'small']) {
      expect(await placeholderOf(id).boundingBox()).toEqual(await bare.locator(`#${id}`).boundingBox());
      expect(await page.locator(`#${id}`).isVisible()).toBe(false);
    }
    await bare.close();
    expect(await placeholderOf('plain').innerText()).toContain('127.0.0.1');
    expect(await placeholderOf('pixel').count()).toBe(0);
  });

  it('"allow once" shows this embed only, stores nothing, and puts the focus on it', async () => {
    await placeholderOf('plain').locator('[data-privacy-action="allow-once"]').focus();
    await page.keyboard.press('Enter');
    await placeholderOf('plain').waitFor({ state: 'detached' });
    expect(await page.locator('#plain').getAttribute('src')).toBe('/frame.html');
    expect(await page.locator('#plain').isVisible()).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('plain');
    expect(await placeholderOf('second').count()).toBe(1);
    expect(await page.evaluate(() => document.cookie)).toBe('');
  });

  it('"always allow" decides on what the embed asks for, and the placeholder is back after a withdrawal', async () => {
    await page.evaluate(() => window.privacyDesk.onChange(({ source }) => (document.title = source)));
    await placeholderOf('plain').locator('[data-privacy-action="allow-always"]').click();
    await placeholderOf('plain').waitFor({ state: 'detached' });
    expect(await page.title()).toBe('embed');
    expect(await page.evaluate(() => window.privacyDesk.getPreferences())).toMatchObject({
      STATISTICS: false,
      MARKETING: true,
    });
    await page.evaluate(() => window.privacyDesk.withdraw());
    await placeholderOf('plain').waitFor();
    expect(await page.locator('#plain').getAttribute('src')).toBeNull();
  });

  it('"always allow" of a service leaves the rest of its category alone', async () => {
    await placeholderOf('second').locator('[data-privacy-action="allow-always"]').click();
    await placeholderOf('second').waitFor({ state: 'detached' });
    expect(await placeholderOf('plain').count()).toBe(1);
    expect(await page.evaluate(() => window.privacyDesk.getPreferences())).toMatchObject({ MARKETING: false });
  });

  it('"always allow" of a service in a refused category asks in the settings', async () => {
    await page.evaluate(() => window.privacyDesk.rejectAll());
    await placeholderOf('second').locator('[data-privacy-action="allow-always"]').click();
    await page.waitForSelector('dialog[open]');
    expect(await page.evaluate(() => window.privacyDesk.getPreferences())).toMatchObject({ MARKETING: false });
  });
});
