import fs from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { websitePage } from '../../fixtures/website-page';
import { launchBrowser, startPages, type PageServer } from '../../support/browser';

const dialog = 'dialog[data-privacy-part="settings"]';
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let pages: PageServer;

beforeAll(async () => {
  browser = await launchBrowser();
  pages = await startPages({
    '/': websitePage(),
    '/ar/': websitePage({ client: 'locale=ar', lang: 'ar', dir: 'rtl' }),
  });
});
afterAll(async () => {
  await browser.close();
  await pages.close();
});

/** Violations of WCAG 2.0 to 2.2 A and AA and of axe's best practices, as readable lines. */
const violations = async (page: Page): Promise<string[]> => {
  // Fading in would be measured as too little contrast.
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  await page.evaluate(axe);
  const results = await page.evaluate(() =>
    (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  );
};

describe.each([
  ['light', '/', 1280, 'light'],
  ['dark', '/', 1280, 'dark'],
  ['right to left', '/ar/', 1280, 'light'],
  ['320 px', '/', 320, 'light'],
] as const)('axe finds nothing, %s', (_, path, width, colorScheme) => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.newPage({ viewport: { width, height: 720 }, colorScheme });
    await page.goto(pages.origin + path);
    await page.waitForSelector('[data-privacy-part="banner"]');
    await page.waitForSelector('[data-privacy-part="placeholder"]');
    await page.waitForSelector('[data-privacy-part="declaration"]');
  });
  afterAll(() => page.close());

  it('with banner, placeholder and declaration', async () => {
    expect(await violations(page)).toEqual([]);
  });

  it('with the dialog, folded and unfolded', async () => {
    await page.locator('[data-privacy-part="banner"] [data-privacy-action="open-settings"]').click();
    await page.waitForSelector(`${dialog}[open]`);
    expect(await violations(page)).toEqual([]);
    await page.locator(dialog).evaluate((node) => {
      for (const details of node.querySelectorAll('details')) details.open = true;
    });
    await page.waitForSelector(`${dialog} table`);
    expect(await violations(page)).toEqual([]);
  });

  it('after a decision', async () => {
    await page.locator(`${dialog} [data-privacy-action="accept-all"]`).click();
    await page.waitForSelector(dialog, { state: 'detached' });
    expect(await violations(page)).toEqual([]);
  });
});

it('switches show their state in forced colours', async () => {
  const page = await browser.newPage({ forcedColors: 'active' });
  await page.goto(pages.origin);
  await page.locator('[data-privacy-part="banner"] [data-privacy-action="open-settings"]').click();
  await page.waitForSelector(`${dialog}[open]`);
  const knob = page.locator(`${dialog} input[name="STATISTICS"]`);
  const before = await knob.screenshot();
  await knob.evaluate((input: HTMLInputElement) => input.click());
  expect((await knob.screenshot()).equals(before)).toBe(false);
  const styles = await knob.evaluate((input) => {
    const { borderColor, borderWidth } = getComputedStyle(input, '::before');
    return { borderColor, borderWidth, paper: getComputedStyle(input.closest('dialog')!).backgroundColor };
  });
  expect(styles.borderColor).not.toBe(styles.paper);
  expect(parseFloat(styles.borderWidth)).toBeGreaterThan(4);
  await page.close();
});
