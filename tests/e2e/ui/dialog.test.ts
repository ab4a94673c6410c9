import type { Browser, Page } from 'playwright-core';
import type { ConsentConfig } from '../../../contract/consent-config';
import { consentConfig } from '../../fixtures/consent-config';
import { websitePage } from '../../fixtures/website-page';
import { launchBrowser, startPages, type PageServer } from '../../support/browser';

const banner = '[data-privacy-part="banner"]';
const dialog = 'dialog[data-privacy-part="settings"]';

/** 500 items in one category, and one category without any. */
const big = (): ConsentConfig => {
  const config = consentConfig();
  const [essentials, statistics, marketing] = config.categories as [
    ConsentConfig['categories'][number],
    ConsentConfig['categories'][number],
    ConsentConfig['categories'][number],
  ];
  const items = Array.from({ length: 500 }, (_, n) => ({
    ...statistics.items[n % 3]!,
    key: `item-${n}`,
    name: `Item ${n}`,
  }));
  return { ...config, categories: [essentials, { ...statistics, items }, { ...marketing, items: [] }] };
};

let browser: Browser;
let pages: PageServer;
let page: Page;

const show = async (path = '/', viewport = { width: 1280, height: 800 }) => {
  page = await browser.newPage({ viewport });
  await page.goto(pages.origin + path);
  await page.waitForSelector(banner);
};
const openByKeyboard = async () => {
  await page.locator(`${banner} [data-privacy-action="open-settings"]`).focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${dialog}[open]`);
};
const preferences = () => page.evaluate(() => window.privacyDesk.getPreferences());
const toggle = (name: string) => page.locator(`${dialog} input[name="${name}"]`);

beforeAll(async () => {
  browser = await launchBrowser();
  pages = await startPages(
    {
      '/': websitePage(),
      '/as-configured/': websitePage({ client: 'site=as-configured' }),
      '/fail/': websitePage({ client: 'site=fail' }),
      '/hang/': websitePage({ client: 'site=hang' }),
      '/big/': websitePage({ client: 'site=big' }),
      '/de/': websitePage({ client: 'locale=de', lang: 'de' }),
    },
    {
      'as-configured': { config: consentConfig('en', { regime: 'as-configured' }) },
      fail: { config: consentConfig(), details: 'fail' },
      hang: { config: consentConfig(), details: 'hang' },
      big: { config: big() },
    },
  );
});

afterEach(() => page.close());
afterAll(async () => {
  await browser.close();
  await pages.close();
});

describe('the settings dialog', () => {
  it('is modal and named, closes with Esc without a change, and gives the focus back', async () => {
    await show();
    await openByKeyboard();
    expect(await page.getByRole('dialog', { name: 'Privacy settings' }).count()).toBe(1);
    await toggle('STATISTICS').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await page.waitForSelector(dialog, { state: 'detached' });
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.privacyAction)).toBe(
      'open-settings',
    );
    expect(await page.evaluate(() => document.cookie)).toBe('');
    expect(await page.locator(banner).count()).toBe(1);
  });

  it('is pre-ticked by nothing but the decision', async () => {
    await show();
    await openByKeyboard();
    expect(await toggle('ESSENTIALS').isChecked()).toBe(true);
    expect(await toggle('ESSENTIALS').isDisabled()).toBe(true);
    expect(await toggle('STATISTICS').isChecked()).toBe(false);
    expect(await toggle('MARKETING').isChecked()).toBe(false);
    await page.close();
    await show('/as-configured/');
    await openByKeyboard();
    expect(await toggle('STATISTICS').isChecked()).toBe(true);
    expect(await toggle('MARKETING').isChecked()).toBe(false);
  });

  it('decides by keyboard alone, says that it saved, and the focus stays on the page', async () => {
    await show();
    await openByKeyboard();
    await toggle('MARKETING').focus();
    await page.keyboard.press('Space');
    await page.locator(`${dialog} [data-privacy-action="save"]`).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector(dialog, { state: 'detached' });
    expect(await preferences()).toEqual({ ESSENTIALS: true, STATISTICS: false, MARKETING: true });
    expect(await page.locator(banner).count()).toBe(0);
    expect(await page.locator('[role="status"]').innerText()).toBe('Your choice has been saved.');
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('main');
  });

  it('decides on single services; the category shows that they differ', async () => {
    await show();
    await openByKeyboard();
    await page.locator(`${dialog} section:has([name="STATISTICS"]) > div > details > summary`).click();
    await toggle('item:matomo').check();
    expect(await toggle('STATISTICS').evaluate((input: HTMLInputElement) => input.indeterminate)).toBe(true);
    await page.locator(`${dialog} [data-privacy-action="save"]`).click();
    expect(await page.evaluate(() => window.privacyDesk.getPreference('STATISTICS/matomo'))).toBe(true);
    expect(await page.evaluate(() => window.privacyDesk.getPreference('STATISTICS/hotjar'))).toBe(false);
    await page.locator('#opener').click();
    await page.waitForSelector(`${dialog}[open]`);
    expect(await toggle('item:matomo').isChecked()).toBe(true);
    expect(await toggle('item:hotjar').isChecked()).toBe(false);
    await toggle('STATISTICS').evaluate((input: HTMLInputElement) => input.click());
    expect(await toggle('item:matomo').isChecked()).toBe(false);
  });

  it('tells provider, policy, purpose, storage and lifetimes of a service', async () => {
    await show('/de/');
    await openByKeyboard();
    await page.locator(`${dialog} section:has([name="STATISTICS"]) > div > details > summary`).click();
    await page.locator(`${dialog} summary`, { hasText: 'Google Analytics 4' }).click();
    const item = page.locator(`${dialog} li`, { hasText: 'Google Analytics 4' });
    await item.locator('table').waitFor();
    expect(await item.innerText()).toContain('Google Ireland Limited');
    expect(await item.locator('a').getAttribute('href')).toBe('https://policies.example.com/google-analytics-4');
    const row = item.locator('tr:has(td)').first();
    expect(await row.innerText()).toMatch(/_ga\s+Cookie · \.example\.com\s+2 Jahre\s+Distinguishes visitors\./);
  });

  it('goes to a category when it is opened with one', async () => {
    await show('/', { width: 390, height: 600 });
    await page.evaluate(() => window.privacyDesk.openSettings('MARKETING'));
    await page.waitForSelector(`${dialog}[open]`);
    await page.waitForFunction(() => (document.activeElement as HTMLInputElement).name === 'MARKETING');
    const box = (await toggle('MARKETING').boundingBox())!;
    expect(box.y).toBeGreaterThan(0);
    expect(box.y).toBeLessThan(600);
  });

  it('offers to withdraw where there is a choice', async () => {
    await show();
    await openByKeyboard();
    expect(await page.locator(`${dialog} [data-privacy-action="withdraw"]`).count()).toBe(0);
    await page.locator(`${dialog} [data-privacy-action="accept-all"]`).click();
    await page.locator('#opener').click();
    await page.locator(`${dialog} [data-privacy-action="withdraw"]`).click();
    await page.waitForSelector(dialog, { state: 'detached' });
    expect(await preferences()).toEqual({ ESSENTIALS: true, STATISTICS: false, MARKETING: false });
    expect(await page.locator(banner).count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('opener');
  });

  it.each(['fail', 'hang'])('works by category when the details %s', async (site) => {
    await show(`/${site}/`);
    await openByKeyboard();
    expect(await page.locator(`${dialog} [role="alert"]`).innerText()).toContain('could not be loaded');
    await toggle('STATISTICS').check();
    await page.locator(`${dialog} [data-privacy-action="save"]`).click();
    expect(await preferences()).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: false });
  });

  it('has a word for an empty category, and 500 services without building what nobody unfolds', async () => {
    await show('/big/');
    await openByKeyboard();
    expect(await page.locator(`${dialog} section:has([name="MARKETING"])`).innerText()).toContain(
      'Currently none in use.',
    );
    expect(await page.locator(`${dialog} section:has([name="STATISTICS"]) li`).count()).toBe(500);
    expect(await page.locator(`${dialog} table`).count()).toBe(0);
  });

  it('marks what is new since the decision', async () => {
    await show();
    await page.evaluate(() => window.privacyDesk.rejectAll());
    await page.evaluate(() => {
      document.cookie = `${document.cookie.replace(/(STATISTICS:0:1:)\w+/, '$11')};path=/`;
    });
    await page.reload();
    await page.locator('#opener').click();
    await page.waitForSelector(`${dialog}[open]`);
    expect(await page.locator(`${dialog} section:has([name="STATISTICS"]) li mark`).count()).toBe(3);
    expect(await page.locator(`${dialog} section:has([name="MARKETING"]) li mark`).count()).toBe(0);
  });

  it('needs no scrolling sideways at 320 px, and scrolls as a whole at 400 % zoom', async () => {
    await show('/', { width: 320, height: 256 });
    await openByKeyboard();
    await page.locator(`${dialog} section:has([name="MARKETING"]) > div > details > summary`).click();
    await page.locator(`${dialog} li summary`, { hasText: 'YouTube' }).click();
    await page.waitForSelector(`${dialog} table`);
    expect(await page.locator(dialog).evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
    await page.locator(`${dialog} [data-privacy-action="save"]`).scrollIntoViewIfNeeded();
    await page.locator(`${dialog} [data-privacy-action="save"]`).click();
    expect((await preferences()).MARKETING).toBe(false);
  });
});
