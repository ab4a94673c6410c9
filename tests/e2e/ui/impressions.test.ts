import type { Browser, Page, Request } from 'playwright-core';
import type { ConsentConfig } from '../../../contract';
import { consentConfig } from '../../fixtures/consent-config';
import { websitePage } from '../../fixtures/website-page';
import { launchBrowser, startPages, type PageServer } from '../../support/browser';

const counted = (share: number, more: Partial<ConsentConfig> = {}) => ({
  config: consentConfig('en', {
    consents: { endpoint: './consents', impressions: { endpoint: './impressions?site=default&version=', share } },
    ...more,
  }),
});

let browser: Browser;
let pages: PageServer;
let page: Page;
let told: Request[];

const open = async (path: string, gpc = false) => {
  page = await browser.newPage();
  told = [];
  page.on('request', (request) => request.url().includes('/impressions') && told.push(request));
  if (gpc)
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true }));
  await page.goto(pages.origin + path);
};
const shown = (part: string) => page.waitForSelector(`[data-privacy-part="${part}"]`);

beforeAll(async () => {
  browser = await launchBrowser();
  pages = await startPages(
    {
      '/': websitePage(),
      '/all/': websitePage({ client: 'site=all' }),
      '/few/': websitePage({ client: 'site=few' }),
      '/gpc/': websitePage({ client: 'site=gpc' }),
    },
    { all: counted(1), few: counted(1e-12), gpc: counted(1, { regime: 'opt-out' }) },
  );
});
afterEach(() => page.close());
afterAll(async () => {
  await browser.close();
  await pages.close();
});

it('a banner that is shown is told, with the config version and nothing else', async () => {
  await open('/all/');
  await shown('banner');
  await page.waitForLoadState('networkidle');
  expect(told).toHaveLength(1);
  const [request] = told as [Request];
  expect(request.method()).toBe('POST');
  expect(request.postData()).toBeNull();
  expect(await request.headerValue('cookie')).toBeNull();
  const { version } = counted(1).config;
  expect(new URL(request.url()).search).toBe(`?site=default&version=${version}`);
  // What the visitor decides is told by the consent.
  await page.click('[data-privacy-part="banner"] [data-privacy-action="reject-all"]');
  await page.waitForSelector('[data-privacy-part="banner"]', { state: 'detached' });
  expect(told).toHaveLength(1);
});

it.each([
  ['where nothing is counted', '/', false, 'banner'],
  ['that is not in the sample', '/few/', false, 'banner'],
  ['that is the status of a signal, and asks nothing', '/gpc/', true, 'gpc-status'],
])('a banner %s is not told', async (_, path, gpc, part) => {
  await open(path, gpc);
  await shown(part);
  await page.waitForLoadState('networkidle');
  expect(told).toEqual([]);
});
