import type { Browser, Page } from 'playwright-core';
import { websiteBody, websiteStyle } from '../../fixtures/website-page';
import { launchBrowser, nonce, startPages, strictCsp, type PageServer } from '../../support/browser';

let browser: Browser;
let pages: PageServer;
let page: Page;
const reports = () => page.evaluate(() => (window as unknown as { reports: string[] }).reports);

beforeAll(async () => {
  browser = await launchBrowser();
  pages = await startPages({
    '/': { body: websiteBody, head: websiteStyle(nonce), csp: strictCsp },
    '/frame.html': { client: false },
  });
  page = await browser.newPage();
  await page.addInitScript(() => {
    const all: string[] = ((window as unknown as { reports: string[] }).reports = []);
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, sample, blockedURI }) =>
      all.push(`${violatedDirective} ${blockedURI} ${sample}`),
    );
    document.addEventListener('privacy-desk:error', (event) => all.push(String((event as CustomEvent).detail)));
  });
  await page.goto(pages.origin);
});
afterAll(async () => {
  await browser.close();
  await pages.close();
});

it('shows banner, placeholder, declaration and dialog, styled, under a strict CSP with Trusted Types', async () => {
  await page.waitForSelector('[data-privacy-part="placeholder"]');
  await page.waitForSelector('[data-privacy-part="declaration"] table');
  const banner = page.locator('[data-privacy-part="banner"]');
  expect(await banner.evaluate((node) => getComputedStyle(node).position)).toBe('fixed');
  await banner.locator('[data-privacy-action="open-settings"]').click();
  await page.waitForSelector('dialog[open]');
  await page.locator('dialog section:has([name="MARKETING"]) > div > details > summary').click();
  await page.locator('dialog li summary', { hasText: 'YouTube' }).click();
  await page.waitForSelector('dialog table');
  await page.locator('dialog [data-privacy-action="accept-all"]').click();
  await page.waitForSelector('[data-privacy-part="placeholder"]', { state: 'detached' });
  expect(await page.locator('iframe').getAttribute('src')).toBe('/frame.html');
  expect(await reports()).toEqual([]);
});
