import type { Browser, Page } from 'playwright-core';
import { vendorNames, vendors, type VendorSignals } from '../../../contract/vendors';
import { consentConfig } from '../../fixtures/consent-config';
import { launchBrowser, nonce, startPages, strictCsp, type PageServer } from '../../support/browser';

/** Everything that there is to tell. */
const signals = Object.fromEntries(
  vendorNames.map((vendor) => [
    vendor,
    { grants: Object.fromEntries(Object.keys(vendors[vendor]).map((signal) => [signal, ['MARKETING']])) },
  ]),
) as VendorSignals;

let browser: Browser;
let pages: PageServer;

/** A tag right after our script: what it finds when it runs. */
const tag = `<script nonce="${nonce}">
window.found = (window.dataLayer || []).map((command) => Array.from(command));
!function(f,n){if(f.fbq)return;n=f.fbq=function(){n.callMethod?n.callMethod.apply(n,arguments):n.queue.push(arguments)};n.push=n;n.queue=[]}(window);
fbq('init','1');fbq('track','PageView');
</script>`;

beforeAll(async () => {
  browser = await launchBrowser();
  const page = { head: tag, csp: strictCsp };
  pages = await startPages(
    {
      '/': { ...page, client: 'site=all' },
      '/google': { ...page, client: 'site=google' },
      '/without': { ...page, client: 'site=without' },
    },
    {
      all: { config: consentConfig('en', { signals }) },
      google: { config: consentConfig('en', { signals: { google: signals.google! } }) },
      without: { config: consentConfig('en', { signals: undefined }) },
    },
  );
});
afterAll(async () => {
  await browser.close();
  await pages.close();
});

/** A visitor's page of its own, which notes CSP violations and errors. */
const open = async (path: string): Promise<{ page: Page; problems: string[] }> => {
  const page = await (await browser.newContext()).newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.exposeFunction('problem', (text: string) => problems.push(text));
  await page.addInitScript(() => {
    const tell = (text: string) => (window as unknown as { problem(text: string): void }).problem(text);
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
      tell(`${violatedDirective} ${sample}`),
    );
    document.addEventListener('privacy-desk:error', (event) =>
      tell(String((event as CustomEvent<{ error: unknown }>).detail.error)),
    );
  });
  await page.goto(pages.origin + path);
  return { page, problems };
};

const commands = (page: Page, name: string) =>
  page.evaluate(
    (global) =>
      Array.from((window as unknown as Record<string, ArrayLike<unknown>[]>)[global] ?? [], (command) =>
        Array.from(command),
      ),
    name,
  );
const state = (value: string) => Object.fromEntries(Object.keys(vendors.google).map((type) => [type, value]));

test('A tag right behind our script finds the default of Google Consent Mode', async () => {
  const { page, problems } = await open('/google');
  const found = () => page.evaluate(() => (window as unknown as { found: unknown }).found);
  expect(await found()).toEqual([['consent', 'default', state('denied')]]);

  await page.evaluate(() => window.privacyDesk.acceptAll());
  await page.waitForFunction(() => (window as unknown as { dataLayer: unknown[] }).dataLayer.length > 1);
  expect((await commands(page, 'dataLayer')).at(-1)).toEqual(['consent', 'update', state('granted')]);

  await page.reload();
  expect(await found()).toEqual([
    ['consent', 'default', state('denied')],
    ['consent', 'update', state('granted')],
  ]);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('All vendors are told under a strict CSP with Trusted Types, and nothing is reported', async () => {
  const { page, problems } = await open('/');
  const pixel = () =>
    page.evaluate(() =>
      (window as unknown as { fbq: { queue: ArrayLike<unknown>[] } }).fbq.queue.map((command) => Array.from(command)),
    );
  expect(await pixel()).toEqual([
    ['consent', 'revoke'],
    ['init', '1'],
    ['track', 'PageView'],
  ]);
  expect(await commands(page, 'ttq')).toEqual([['holdConsent']]);
  expect(await commands(page, '_paq')).toEqual([['requireConsent']]);

  await page.locator('[data-privacy-part="banner"] [data-privacy-action="accept-all"]').click();
  await page.waitForFunction(() => (window as unknown as { ttq: unknown[] }).ttq.length > 1);
  expect((await pixel()).at(-1)).toEqual(['consent', 'grant']);
  expect(await commands(page, 'ttq')).toEqual([['holdConsent'], ['grantConsent']]);
  expect((await commands(page, 'posthog')).at(-1)).toEqual(['opt_in_capturing', { captureEventName: false }]);

  await page.evaluate(() => window.privacyDesk.withdraw());
  await page.waitForFunction(() => (window as unknown as { ttq: unknown[] }).ttq.length > 2);
  expect((await pixel()).at(-1)).toEqual(['consent', 'revoke']);
  expect((await commands(page, '_paq')).at(-1)).toEqual(['forgetConsentGiven']);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('A site that tells nobody makes no globals', async () => {
  const { page, problems } = await open('/without');
  await page.evaluate(() => window.privacyDesk.acceptAll());
  await page.evaluate(() => window.privacyDesk.ready);
  expect(
    await page.evaluate(() =>
      ['dataLayer', 'uetq', 'clarity', 'ttq', '_paq', 'posthog', 'ppms'].filter((name) => name in window),
    ),
  ).toEqual([]);
  expect(problems).toEqual([]);
  await page.context().close();
});
