import type { Browser, Page } from 'playwright-core';
import { builtInTexts, textLocales } from '../../../server/src/catalogue/texts';
import { consentConfig } from '../../fixtures/consent-config';
import { websitePage } from '../../fixtures/website-page';
import { launchBrowser, startPages, type PageServer } from '../../support/browser';

const banner = '[data-privacy-part="banner"]';
const declaration = '[data-privacy-part="declaration"]';
const dialog = 'dialog[data-privacy-part="settings"]';

let browser: Browser;
let pages: PageServer;

beforeAll(async () => {
  browser = await launchBrowser();
  pages = await startPages(
    Object.fromEntries(
      textLocales.map((locale) => [
        `/${locale}/`,
        websitePage({
          client: `site=${locale}`,
          lang: locale,
          dir: builtInTexts(locale).dir === 'rtl' ? 'rtl' : undefined,
        }),
      ]),
    ),
    // The regime with the longest first layer: it also says what is active already.
    Object.fromEntries(
      textLocales.map((locale) => [locale, { config: consentConfig(locale, { regime: 'as-configured' }) }]),
    ),
  );
});
afterAll(async () => {
  await browser.close();
  await pages.close();
});

/**
 * What of a part sticks out of it sideways, or of its own box: tag and text. Runs in the page;
 * tables are looked at as a whole, because their cells grow with their words.
 */
const sideways = (selector: string): string[] => {
  const root = document.querySelector(selector)!;
  const outer = root.getBoundingClientRect();
  return [root, ...root.querySelectorAll<HTMLElement>('h2, h3, p, small, strong, a, button, label, summary, table')]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      const isShown = box.width > 1 && box.height > 1 && !element.parentElement!.closest('table');
      const isOut = box.left < outer.left - 0.5 || box.right > outer.right + 0.5;
      return isShown && (isOut || (element.clientWidth > 0 && element.scrollWidth > element.clientWidth));
    })
    .map((element) => `${element.localName}: ${element.textContent!.slice(0, 100)}`);
};

describe('on a screen of 320×568 pixels', () => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.newPage({ viewport: { width: 320, height: 568 }, reducedMotion: 'reduce' });
  });
  afterAll(() => page.close());

  it.each(textLocales)(
    '%s has a first layer of at most half of it, and nothing sticks out sideways',
    async (locale) => {
      await page.goto(`${pages.origin}/${locale}/`);
      await page.waitForSelector(banner);
      await page.waitForSelector(`${declaration} table`, { state: 'attached' });
      const { box, buttons } = await page.evaluate((selector) => {
        const place = (element: Element) => {
          const { y, width, height, bottom } = element.getBoundingClientRect();
          return { y, width, height, bottom };
        };
        const part = document.querySelector(selector)!;
        return {
          box: place(part),
          buttons: ['accept-all', 'reject-all', 'open-settings'].map((action) =>
            place(part.querySelector(`[data-privacy-action="${action}"]`)!),
          ),
        };
      }, banner);
      expect(box.height).toBeLessThanOrEqual(284);
      expect(buttons[0]).toEqual(buttons[1]);
      for (const { y, height, bottom } of buttons) {
        expect(y).toBeGreaterThanOrEqual(box.y);
        expect(bottom).toBeLessThanOrEqual(568);
        // Two lines of text at most.
        expect(height).toBeLessThan(50);
      }

      for (const part of [banner, '[data-privacy-part="placeholder"]', declaration])
        expect(await page.evaluate(sideways, part)).toEqual([]);
      await page.locator(`${banner} [data-privacy-action="open-settings"]`).click();
      await page.waitForSelector(`${dialog}[open] details`);
      await page.locator(dialog).evaluate((node) => {
        for (const details of node.querySelectorAll('details')) details.open = true;
      });
      expect(await page.evaluate(sideways, dialog)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    },
  );
});
