import type { Browser, Page } from 'playwright-core';
import { consentConfig } from '../../fixtures/consent-config';
import { launchBrowser, startPages, type PageServer } from '../../support/browser';
import { bannerSelector } from '../../support/demo-visitor';
import { startNextApp } from '../../support/next-app';

const FILM = 'https://www.youtube-nocookie.com/embed/';

let desk: PageServer;
let app: Awaited<ReturnType<typeof startNextApp>>;
let browser: Browser;

beforeAll(async () => {
  // Privacy Desk as the app's server finds it; browsers see the app's own origin only.
  const storage = { cookie: 'privacy_desk', maxAgeSeconds: 180 * 86_400, renewEndpoint: './choice' };
  desk = await startPages({}, { default: { config: consentConfig('en', { choice: storage }) } });
  app = await startNextApp(`${desk.origin}/privacy-desk`);
  browser = await launchBrowser();
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await desk?.close();
});

/** What a visit shows beside the page itself. */
interface Seen {
  page: Page;
  /** Errors, of hydration too: React reports them as errors that nobody caught. */
  problems: string[];
  /** Addresses that are not of the app itself. */
  strangers: string[];
  /** Sum of all layout shifts. */
  shifts(): Promise<number>;
}

const visit = async (options: { javaScriptEnabled?: boolean } = {}): Promise<Seen> => {
  const context = await browser.newContext({ viewport: { width: 1000, height: 1200 }, ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const problems: string[] = [];
  const strangers: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()));
  await page.route(
    ({ origin }) => origin !== app.url,
    (route) => {
      strangers.push(route.request().url());
      return route.fulfill({ contentType: 'text/html', body: '<title>Film</title>' });
    },
  );
  await page.addInitScript(() => {
    Object.assign(window, { shifts: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (window as unknown as { shifts: number }).shifts += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  await page.goto(app.url);
  return {
    page,
    problems,
    strangers,
    shifts: () => page.evaluate(() => (window as unknown as { shifts: number }).shifts),
  };
};

const placeholder = '[data-privacy-part="placeholder"]';

describe('A website made with Next.js and privacy-desk-client/react', () => {
  test('is denied everything in what its server sends', async () => {
    const { page, strangers } = await visit({ javaScriptEnabled: false });
    expect(await page.locator('#statistics').innerText()).toBe('Nobody counts this visit.');
    expect(await page.locator('#choice').innerText()).toBe('Everything optional is off.');
    expect(await page.locator('iframe').count()).toBe(0);
    // Who has no scripts finds the film by a link.
    expect(await page.getByRole('link', { name: 'The film on YouTube' }).isVisible()).toBe(true);
    expect(strangers).toEqual([]);
    await page.context().close();
  });

  test('hydrates without a difference, asks, and does what is allowed; nothing moves, and the strict policy holds', async () => {
    const { page, problems, strangers, shifts } = await visit();
    await page.locator(bannerSelector).waitFor();
    await page.locator(placeholder).waitFor();
    expect(await page.locator('#statistics').innerText()).toBe('Nobody counts this visit.');
    expect(await page.locator('#choice').innerText()).toContain(
      'You have not decided yet: ESSENTIALS on, STATISTICS off',
    );
    const room = (await page.locator(placeholder).boundingBox())!;
    expect(room.width / room.height).toBeCloseTo(16 / 9, 1);
    expect(strangers).toEqual([]);

    await page.locator(`${bannerSelector} [data-privacy-action="accept-all"]`).click();
    await page.getByText('This visit is counted.').waitFor();
    await page.waitForFunction(() => document.documentElement.dataset.counted === 'yes');
    await page.locator('iframe').waitFor();
    await expect(page.locator('iframe').boundingBox()).resolves.toEqual(room);
    expect(await page.locator('#choice').innerText()).toContain('You have decided: ESSENTIALS on, STATISTICS on');
    expect(strangers).toEqual([`${FILM}aqz-KE-bpKQ`]);

    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('Nobody counts this visit.').waitFor();
    await page.locator(placeholder).waitFor();
    expect(await page.locator('iframe').isVisible()).toBe(false);
    expect(await shifts()).toBe(0);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('gives those who come back what they allowed, without asking again', async () => {
    const first = await visit();
    const renewed = first.page.waitForResponse(`${app.url}/api/privacy-desk/choice`);
    await first.page.locator(`${bannerSelector} [data-privacy-action="accept-all"]`).click();
    await first.page.getByText('This visit is counted.').waitFor();
    // By way of Next.js, on the app's own origin.
    expect(await (await renewed).headerValue('set-cookie')).toMatch(/^privacy_desk=1\..*; Max-Age=15552000$/);
    await first.page.reload();
    await first.page.getByText('This visit is counted.').waitFor();
    await first.page.locator('iframe').waitFor();
    expect(await first.page.locator(bannerSelector).count()).toBe(0);
    expect(first.problems).toEqual([]);
    await first.page.context().close();
  });

  test('opens the settings by a button of its own', async () => {
    const { page, problems } = await visit();
    await page.locator(bannerSelector).waitFor();
    await page.getByRole('button', { name: 'Privacy settings' }).last().click();
    await page.locator('dialog[data-privacy-part="settings"]').waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
