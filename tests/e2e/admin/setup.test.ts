import type { Browser, Locator, Page } from 'playwright-core';
import { openAdminPanel, type AdminPanel } from '../../support/admin-panel';
import { launchBrowser, startPages, type PageServer, type TestPage } from '../../support/browser';
import { startDemo, type Demo } from '../../support/demo';

const MOST_CLICKS = 20;

let demo: Demo;
let browser: Browser;
let panel: AdminPanel;
let page: Page;
let website: PageServer;
let homepage: TestPage;
let clicks: number;

/** As a person does it: by the mouse, on something that is to be seen; typing and Tab count for nothing. */
const click = async (target: Locator) => {
  clicks += 1;
  await target.click();
};
/** A radio button is chosen by the card around it. */
const card = (name: string | RegExp) => page.locator('label').filter({ has: page.getByRole('radio', { name }) });
const heading = (name: string) => page.getByRole('heading', { level: 2, name }).waitFor();
const button = (name: string) => page.getByRole('button', { name, exact: true });

// Each time from the beginning, as the assistant goes on where it was left.
beforeEach(async () => {
  clicks = 0;
  demo = await startDemo({ env: { DEMO_SEED: 'off' } });
  homepage = { client: false };
  website = await startPages({ '/': homepage });
  browser = await launchBrowser();
  panel = await openAdminPanel(browser, demo);
  page = panel.page;
}, 900_000);
afterEach(async () => {
  await browser?.close();
  await website?.close();
  await demo?.stop();
});

const toTheBanner = async () => {
  await panel.open('/');
  await click(page.getByRole('link', { name: 'Privacy Desk', exact: true }));

  await heading('Which website is it?');
  expect(await panel.violations('main')).toEqual([]);
  await click(page.getByRole('textbox', { name: 'Name' }));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Northlight Coffee');
  for (const text of [website.origin, 'Northlight Ltd', '/privacy']) {
    await page.keyboard.press('Tab');
    await page.keyboard.type(text);
  }
  await click(button('Next'));

  await heading('Which law does it follow?');
  expect(await panel.violations('main')).toEqual([]);
  await click(card(/^Ask first/));
  await click(button('Next'));

  await heading('Which languages does it speak?');
  await click(page.getByRole('combobox', { name: 'Add a language' }));
  await page.keyboard.type('German');
  await click(page.getByRole('option', { name: 'German (de)', exact: true }));
  expect(await panel.violations('main')).toEqual([]);
  await click(button('Next'));

  await heading('Which services does it use?');
  for (const [search, name] of [
    ['matomo', 'Add Matomo (own server)'],
    ['youtube', 'Add YouTube'],
  ] as const) {
    await click(page.locator('input[name="preset"]'));
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(search);
    await click(button(name));
    await button(name).waitFor({ state: 'detached' });
  }
  expect(await panel.violations('main')).toEqual([]);
  await click(button('Next'));

  await heading('What does the banner look like?');
  await click(card('Ocean'));
  await click(card('Bottom, at the end'));
  await page
    .frameLocator('[data-preview="current"] iframe')
    .locator('[data-privacy-part="banner"][data-position="bottom-end"]')
    .waitFor();
  expect(await panel.violations('main')).toEqual([]);
  await click(button('Publish'));

  await heading('Your banner is live');
  expect(await panel.violations('main')).toEqual([]);
  homepage.head = await page.getByRole('region', { name: 'Script tag' }).innerText();
};

/** The banner asks, in the look and under the law that were chosen. */
const asVisitor = async () => {
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(website.origin);
  const banner = visitor.locator('[data-privacy-part="banner"]');
  await banner.waitFor();
  expect(await banner.getAttribute('data-position')).toBe('bottom-end');
  expect(await banner.innerText()).toContain('Northlight Ltd');
  const accept = banner.locator('[data-privacy-action="accept-all"]');
  expect(await accept.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(11, 92, 173)');
  const allowed = () => visitor.evaluate(() => window.privacyDesk.getPreferences());
  expect(await allowed()).toEqual({ ESSENTIALS: true, STATISTICS: false, MARKETING: false });
  const recorded = visitor.waitForResponse((response) => response.url().endsWith('/consents'));
  await accept.click();
  await banner.waitFor({ state: 'detached' });
  expect(await allowed()).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: true });
  // The website's address is the one that was typed, so its consents are taken.
  expect((await recorded).status()).toBe(201);
};

it(`leads from a fresh Strapi to a banner on a website, with ${MOST_CLICKS} clicks at most`, async () => {
  const begin = Date.now();
  await toTheBanner();
  console.log(`${clicks} clicks, ${Math.round((Date.now() - begin) / 1000)} seconds with all of axe's checks`);
  expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
  await asVisitor();

  // It is not in the way any more, but found again.
  await click(page.getByRole('link', { name: 'To the overview' }));
  await page.getByRole('heading', { level: 1, name: 'Privacy Desk' }).waitFor();
  await page.getByRole('region', { name: 'On the website' }).waitFor();
  await click(page.getByRole('link', { name: 'Set-up assistant' }));
  await heading('Which website is it?');
  expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Northlight Coffee');
}, 400_000);
