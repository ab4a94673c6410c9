import type { Browser, Page } from 'playwright-core';
import { consentConfig } from '../../fixtures/consent-config';
import { websitePage } from '../../fixtures/website-page';
import { launchBrowser, startPages, type PageServer } from '../../support/browser';

const declaration = '[data-privacy-part="declaration"]';

let browser: Browser;
let pages: PageServer;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  pages = await startPages(
    { '/': websitePage(), '/fail/': websitePage({ client: 'site=fail' }) },
    { fail: { config: consentConfig(), details: 'fail' } },
  );
});
beforeEach(async () => {
  page = await browser.newPage();
});
afterEach(() => page.close());
afterAll(async () => {
  await browser.close();
  await pages.close();
});

describe('<privacy-desk-declaration>', () => {
  it('lists categories, services and what they store, in the outline of the page', async () => {
    await page.goto(pages.origin);
    await page.waitForSelector(declaration);
    expect(await page.locator(`${declaration} h3`).allInnerTexts()).toEqual(['Essentials', 'Statistics', 'Marketing']);
    expect(await page.locator(`${declaration} h4`).count()).toBe(7);
    expect(await page.locator(`${declaration} tr:has(td)`).count()).toBe(13);
    expect(await page.locator(declaration).innerText()).toContain('Not decided yet');
  });

  it('follows the state of the visitor, and keeps the focus', async () => {
    await page.goto(pages.origin);
    await page.waitForSelector(declaration);
    await page.evaluate(() => window.privacyDesk.acceptAll());
    await page.locator(`${declaration} [data-privacy-action="withdraw"]`).waitFor();
    expect(await page.locator(`${declaration} section > mark`).allInnerTexts()).toEqual([
      'Always active',
      'Allowed',
      'Allowed',
    ]);
    expect(await page.locator(declaration).innerText()).toContain(
      `Decided on ${new Intl.DateTimeFormat('en', { dateStyle: 'long' }).format()}`,
    );
    await page.locator(`${declaration} [data-privacy-action="withdraw"]`).focus();
    await page.keyboard.press('Enter');
    await page.locator(`${declaration} mark`, { hasText: 'Not allowed' }).first().waitFor();
    expect(await page.locator(`${declaration} section > mark`).allInnerTexts()).toEqual([
      'Always active',
      'Not allowed',
      'Not allowed',
    ]);
    expect(await page.evaluate((part) => !!document.activeElement?.closest(part), declaration)).toBe(true);
  });

  it('says so when the details cannot be loaded', async () => {
    await page.goto(`${pages.origin}/fail/`);
    await page.waitForFunction(() =>
      document.querySelector('privacy-desk-declaration')?.textContent?.includes('could not be loaded'),
    );
  });
});
