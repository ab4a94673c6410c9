import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { websiteStyle } from '../../fixtures/website-page';
import { launchBrowser, nonce, startPages, strictCsp, type PageServer } from '../../support/browser';
import { captureMails, linkIn } from '../../support/data-requests';
import { eventually } from '../../support/eventually';
import { getService } from '../../../server/src/get-service';
import { startStrapi, type TestApp } from '../../support/strapi';

jest.setTimeout(120_000);

const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const body = '<main><h1>Your data</h1><privacy-desk-request><p>Write to us.</p></privacy-desk-request></main>';

let app: TestApp;
let mails: ReturnType<typeof captureMails>;
let browser: Browser;
let pages: PageServer;

beforeAll(async () => {
  app = await startStrapi({ config: { pollIntervalSeconds: 3600, requests: { rateLimit: { max: 100_000 } } } });
  await getService('publishing', app).refresh();
  await new Promise<void>((resolve) => void app.strapi.server.listen(0, '127.0.0.1', resolve));
  const strapi = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  mails = captureMails(app.strapi);
  const client = `<script nonce="${nonce}" src="${strapi}/api/privacy-desk/client.js"></script>`;
  const csp = strictCsp.replace("default-src 'self'", `default-src 'self'; connect-src ${strapi}`);
  browser = await launchBrowser('--host-resolver-rules=MAP shop.test 127.0.0.1');
  pages = await startPages({
    '/': { client: false, body, csp, head: websiteStyle(nonce) + client },
    '/ar/': {
      client: false,
      body: body.replace('<privacy-desk-request', '$& locale="ar"'),
      csp,
      lang: 'ar',
      dir: 'rtl',
      head: websiteStyle(nonce) + client,
    },
  });
});
afterAll(async () => {
  await browser?.close();
  await pages?.close();
  await app?.stop();
});

const open = async (path = '/', options: Parameters<Browser['newPage']>[0] = {}, origin = pages.origin) => {
  const page = await browser.newPage(options);
  await page.addInitScript(() => {
    const reports: string[] = ((window as unknown as { reports: string[] }).reports = []);
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => reports.push(violatedDirective));
    document.addEventListener('privacy-desk:error', (event) => reports.push(String((event as CustomEvent).detail)));
  });
  await page.goto(origin + path);
  await page.locator('[data-privacy-part="request"]').waitFor();
  return page;
};
const reports = (page: Page) => page.evaluate(() => (window as unknown as { reports: string[] }).reports);
const violations = async (page: Page): Promise<string[]> => {
  // Chromium lets the test's own tool in, whatever the page's policy is.
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axe });
  const found = await page.evaluate(() =>
    (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
};

it('sends a request by keyboard alone, under a strict policy, and a mail with a link goes out', async () => {
  const page = await open();
  await page.getByLabel('What would you like?').focus();
  await page.keyboard.type('Erasure');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ada@example.com');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Everything, please.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const status = page.getByRole('status').filter({ hasText: 'was sent' });
  await status.waitFor({ timeout: 60_000 });
  expect(await status.evaluate((node) => node === document.activeElement)).toBe(true);
  const reference = /\b[\dA-Z]{4}-[\dA-Z]{4}\b/.exec((await status.textContent())!)![0];
  await getService('dataRequests', app).sendMails();
  const mail = await eventually(async () => {
    expect(mails).toHaveLength(1);
    return mails[0]!;
  });
  expect(mail.to).toBe('ada@example.com');
  expect(mail.text).toContain(reference);
  expect(linkIn(mail)).toContain('/requests/confirm');
  expect(await reports(page)).toEqual([]);
  await page.close();
});

it.each([
  ['light', '/', { colorScheme: 'light', viewport: { width: 1440, height: 900 } }],
  ['dark, 320 px', '/', { colorScheme: 'dark', viewport: { width: 320, height: 640 } }],
  ['right to left', '/ar/', { viewport: { width: 1440, height: 900 } }],
] as const)('axe finds nothing, %s, before and after a mistake', async (_, path, options) => {
  const page = await open(path, options);
  await page.evaluate(() => window.privacyDesk.rejectAll());
  await page.locator('[data-privacy-part="banner"]').waitFor({ state: 'detached' });
  expect(await violations(page)).toEqual([]);
  await page.locator('[type=submit]').click();
  await page.locator('[name=type][aria-invalid=true]').waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await page.locator('[data-privacy-part="request"]').getAttribute('dir')).toBe(path === '/ar/' ? 'rtl' : 'ltr');
  await page.close();
});

it('does not pretend to work over plain http', async () => {
  const page = await open('/', {}, pages.origin.replace('127.0.0.1', 'shop.test'));
  await page.getByText('needs a secure connection').waitFor();
  expect(await page.getByText('Write to us.').isVisible()).toBe(true);
  expect(await page.locator('form').count()).toBe(0);
  await page.close();
});
