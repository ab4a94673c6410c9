import type { Browser, Page } from 'playwright-core';
import { consentConfig } from '../../fixtures/consent-config';
import { websiteBody, websitePage } from '../../fixtures/website-page';
import { launchBrowser, nonce, startPages, strictCsp, type PageServer } from '../../support/browser';

const footer = `<p><a href="/privacy" data-privacy="choices" data-privacy-action="open-settings">Privacy</a></p>`;
const body = websiteBody + footer;
const link = '[data-privacy-part="privacy-choices"]';

let browser: Browser;
let pages: PageServer;
let page: Page;
const open = async (path: string, gpc = false) => {
  page = await browser.newPage();
  if (gpc)
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true }));
  await page.goto(pages.origin + path);
  await page.waitForSelector(link);
};

beforeAll(async () => {
  browser = await launchBrowser();
  pages = await startPages(
    {
      '/us/': websitePage({ body, client: 'site=us' }),
      '/us-strict/': {
        body: footer,
        client: 'site=us',
        csp: strictCsp,
        head: `<style nonce="${nonce}">a { color: red }</style>`,
      },
      '/eu/': websitePage({ body, client: 'site=eu' }),
    },
    {
      us: { config: consentConfig('en', { regime: 'opt-out' }) },
      eu: { config: consentConfig('en', { regime: 'opt-in' }) },
    },
  );
});
afterEach(() => page.close());
afterAll(async () => {
  await browser.close();
  await pages.close();
});

describe('the link to the choices', () => {
  it('is "Your Privacy Choices" with its icon under an opt-out regime, and opens the settings', async () => {
    await open('/us/');
    expect(await page.locator(link).innerText()).toBe('Your Privacy Choices');
    const icon = (await page.locator(`${link} svg`).boundingBox())!;
    const text = await page.locator(link).evaluate((node) => parseFloat(getComputedStyle(node).fontSize));
    expect(icon.height).toBeGreaterThan(text * 0.75);
    expect(icon.width).toBeCloseTo((icon.height * 30) / 14, 0);
    expect(await page.locator(`${link} svg`).getAttribute('aria-hidden')).toBe('true');
    await page.locator(`${link} svg`).click();
    await page.waitForSelector('dialog[open]');
    expect(new URL(page.url()).pathname).toBe('/us/');
  });

  it('is the ordinary link to the settings elsewhere', async () => {
    await open('/eu/');
    expect(await page.locator(link).innerText()).toBe('Privacy settings');
    expect(await page.locator(`${link} svg`).count()).toBe(0);
    await page.locator(link).click();
    await page.waitForSelector('dialog[open]');
  });

  it('is drawn under a strict CSP with Trusted Types', async () => {
    const reports: string[] = [];
    page = await browser.newPage();
    page.on('console', (message) => reports.push(message.text()));
    await page.goto(`${pages.origin}/us-strict/`);
    expect((await page.locator(`${link} svg`).boundingBox())!.width).toBeLessThan(60);
    expect(reports).toEqual([]);
  });
});

describe('Global Privacy Control', () => {
  it('is said to be honoured in a notice, in the settings, and in the declaration', async () => {
    await open('/us/', true);
    const status = page.locator('[data-privacy-part="gpc-status"]');
    await page.locator('body > [data-privacy-part="gpc-status"]').waitFor();
    await page.locator('[data-privacy-part="declaration"] [data-privacy-part="gpc-status"]').waitFor();
    await page.locator(link).click();
    await page.waitForSelector('dialog[open] [data-privacy-part="gpc-status"]');
    expect(await status.count()).toBe(3);
    for (const text of await status.allInnerTexts()) expect(text).toContain('Opt-out request honoured');
    expect(await page.evaluate(() => window.privacyDesk.getPreferences())).toMatchObject({ MARKETING: false });
    expect(await page.evaluate(() => document.cookie)).toBe('');
  });

  it('is not mentioned to who does not send it', async () => {
    await open('/us/');
    await page.waitForSelector('[data-privacy-part="declaration"]');
    expect(await page.locator('[data-privacy-part="gpc-status"]').count()).toBe(0);
  });
});
