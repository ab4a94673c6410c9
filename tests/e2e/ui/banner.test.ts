import type { Browser, Page } from 'playwright-core';
import { consentConfig } from '../../fixtures/consent-config';
import { websitePage } from '../../fixtures/website-page';
import { launchBrowser, startPages, type PageServer } from '../../support/browser';

const banner = '[data-privacy-part="banner"]';
const raised = consentConfig('en');
raised.categories = raised.categories.map((category) =>
  category.key === 'MARKETING' ? { ...category, revision: 2 } : category,
);

let browser: Browser;
let pages: PageServer;
let page: Page;

const open = async (path: string, viewport = { width: 1280, height: 800 }) => {
  page = await browser.newPage({ viewport });
  await page.goto(pages.origin + path);
  await page.waitForSelector(banner);
};

beforeAll(async () => {
  browser = await launchBrowser();
  pages = await startPages(
    {
      '/': websitePage(),
      '/updated/': websitePage({ client: 'site=updated' }),
      '/top/': websitePage({ client: 'site=top' }),
      '/gpc/': websitePage({
        client: 'site=gpc',
        head: '<script>/* The client reads it early. */</script>',
      }),
      '/ar/': websitePage({ lang: 'en', client: 'locale=ar' }),
    },
    {
      updated: { config: raised },
      top: { config: consentConfig('en', { theme: { position: 'top', tokens: { accent: 'rgb(0, 80, 160)' } } }) },
      gpc: { config: consentConfig('en', { regime: 'opt-out' }) },
    },
  );
});

afterEach(() => page.close());
afterAll(async () => {
  await browser.close();
  await pages.close();
});

describe('the banner', () => {
  it('is a named region, the first thing in the body, and takes no focus', async () => {
    await open('/');
    expect(await page.locator('body > :first-child').getAttribute('data-privacy-part')).toBe('banner');
    expect(await page.getByRole('region', { name: 'Your privacy' }).count()).toBe(1);
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
  });

  it('names controller, purposes, third parties, duration and the way to withdraw', async () => {
    await open('/');
    const text = await page.locator(banner).innerText();
    for (const fact of [
      'Example Shop GmbH',
      'Statistics',
      'Marketing',
      '4',
      '6 months',
      'withdraw',
      'Privacy policy',
      'Legal notice',
    ])
      expect(text).toContain(fact);
  });

  it('is the first stop of the Tab key, lets Tab out again, and a decision by keyboard leaves the focus on the page', async () => {
    await open('/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate((part) => !!document.activeElement?.closest(part), banner)).toBe(true);
    for (let stop = 0; stop < 5; stop++) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Example Shop');
    await page.locator(`${banner} [data-privacy-action="reject-all"]`).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector(banner, { state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('main');
    expect(await page.evaluate(() => window.privacyDesk.getPreferences())).toMatchObject({
      STATISTICS: false,
      MARKETING: false,
    });
  });

  it.each([
    ['bottom', '/'],
    ['top', '/top/'],
  ])('at the %s does not cover what has the focus (WCAG 2.4.11)', async (_, path) => {
    await open(path);
    const covered = async (selector: string) => {
      await page.waitForTimeout(100);
      return page.evaluate(
        ([part, focused]) => {
          const a = document.querySelector(focused!)!.getBoundingClientRect();
          const b = document.querySelector(part!)!.getBoundingClientRect();
          return a.bottom > b.top && a.top < b.bottom;
        },
        [banner, selector],
      );
    };
    await page.locator('#opener').focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('last');
    expect(await covered('#last')).toBe(false);
    await page.keyboard.press('Shift+Tab');
    expect(await covered('#opener')).toBe(false);
  });

  it('fits half of a 320×568 screen, with its buttons in view and its text in reach', async () => {
    await open('/', { width: 320, height: 568 });
    const box = (await page.locator(banner).boundingBox())!;
    expect(box.height).toBeLessThanOrEqual(284);
    for (const action of ['accept-all', 'reject-all', 'open-settings']) {
      const button = (await page.locator(`${banner} [data-privacy-action="${action}"]`).boundingBox())!;
      expect(button.y).toBeGreaterThanOrEqual(box.y);
      expect(button.y + button.height).toBeLessThanOrEqual(568);
      expect(button.height).toBeGreaterThanOrEqual(44);
    }
    await page.locator(`${banner} a`).last().scrollIntoViewIfNeeded();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });

  it('leaves some of the page in view at 400 % zoom', async () => {
    await open('/', { width: 320, height: 256 });
    const box = (await page.locator(banner).boundingBox())!;
    expect(box.height).toBeLessThanOrEqual(144);
    for (const button of await page.locator(`${banner} button`).all())
      expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(24);
  });

  it('says what is new when it asks again', async () => {
    await open('/updated/');
    await page.evaluate(() => window.privacyDesk.rejectAll());
    const cookie = await page.evaluate(() => document.cookie);
    await page.evaluate((old) => {
      document.cookie = `${old.replace(/MARKETING:0:2/, 'MARKETING:1:1')};path=/`;
    }, cookie);
    await page.reload();
    await page.waitForSelector(banner);
    expect(await page.locator(banner).innerText()).toContain('New since your last choice: Marketing.');
  });

  it('speaks the language and direction of its texts, whatever the page has', async () => {
    await open('/ar/');
    expect(await page.locator(banner).getAttribute('lang')).toBe('ar');
    expect(await page.locator(banner).evaluate((node) => getComputedStyle(node).direction)).toBe('rtl');
  });

  it('takes position and colours of the theme', async () => {
    await open('/top/');
    expect((await page.locator(banner).boundingBox())!.y).toBeLessThan(20);
    const accept = page.locator(`${banner} [data-privacy-action="accept-all"]`);
    expect(await accept.evaluate((node) => getComputedStyle(node).backgroundColor)).toBe('rgb(0, 80, 160)');
  });

  it('gives way to the status of Global Privacy Control under an opt-out regime', async () => {
    page = await browser.newPage();
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true }));
    await page.goto(`${pages.origin}/gpc/`);
    await page.waitForSelector('body > [data-privacy-part="gpc-status"]');
    expect(await page.locator(banner).count()).toBe(0);
    expect(await page.locator('body > [data-privacy-part="gpc-status"]').innerText()).toContain(
      'Global Privacy Control',
    );
    await page.locator('body > [data-privacy-part="gpc-status"] [data-privacy-action="close"]').click();
    expect(await page.locator('body > [data-privacy-part="gpc-status"]').count()).toBe(0);
    expect(await page.evaluate(() => document.cookie)).toBe('');
  });

  it('moves nothing of the page', async () => {
    page = await browser.newPage();
    await page.addInitScript(() => {
      const shifts: number[] = ((window as unknown as { shifts: number[] }).shifts = []);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(pages.origin);
    await page.waitForSelector(banner);
    await page.waitForSelector('[data-privacy-part="placeholder"]');
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual([]);
  });
});
