import type { Browser } from 'playwright-core';
import { websitePage } from '../../fixtures/website-page';
import { launchBrowser, startPages, type PageServer } from '../../support/browser';

/** What gives a button its weight. */
const weighing = [
  'width',
  'height',
  'fontSize',
  'fontWeight',
  'fontFamily',
  'color',
  'backgroundColor',
  'borderColor',
  'borderWidth',
  'borderRadius',
  'padding',
  'opacity',
  'textDecorationLine',
  'textTransform',
  'boxShadow',
] as const;

const hostile = `<style>
button { all: unset; background: #fee; color: #fcc; font-size: 9px; padding: 0; border: 0 }
button:first-child { background: green; color: white; font-size: 24px }
button:last-of-type, button + button { background: none; color: #ccc; border: 0; text-decoration: underline }
div button { margin: 3px; text-transform: uppercase; box-shadow: 0 0 9px red }
* { margin: 0; padding: 0; border: 0 }
</style>`;

const sheets = {
  plain: '',
  bootstrap: '<link rel="stylesheet" href="/modules/bootstrap/dist/css/bootstrap.min.css">',
  'tailwind preflight': '<link rel="stylesheet" href="/modules/tailwindcss/preflight.css">',
  hostile,
};

let browser: Browser;
let pages: PageServer;

beforeAll(async () => {
  browser = await launchBrowser();
  pages = await startPages(
    Object.fromEntries(
      Object.entries(sheets).map(([name, head]) => [`/${name.split(' ')[0]}/`, websitePage({ head })]),
    ),
  );
});
afterAll(async () => {
  await browser.close();
  await pages.close();
});

describe.each(Object.keys(sheets))('accepting and rejecting weigh the same on a page with %s styles', (name) => {
  it.each([
    ['the banner', 1280, false],
    ['the banner on a phone', 320, false],
    ['the dialog', 1280, true],
  ])('in %s', async (_, width, settings) => {
    const page = await browser.newPage({ viewport: { width, height: 700 } });
    await page.goto(`${pages.origin}/${name.split(' ')[0]}/`);
    await page.waitForSelector('[data-privacy-part="banner"]');
    if (settings) {
      await page.evaluate(() => window.privacyDesk.openSettings());
      await page.waitForSelector('dialog[open]');
    }
    const part = settings ? 'settings' : 'banner';
    const weight = (action: string) =>
      page.locator(`[data-privacy-part="${part}"] [data-privacy-action="${action}"]`).evaluate((node, properties) => {
        const style = getComputedStyle(node);
        const values: Record<string, string> = Object.fromEntries(
          properties.map((property) => [property, style[property]]),
        );
        // Layout rounds to 1/64 of a pixel.
        values.width = `${Math.round(parseFloat(style.width))}px`;
        return values;
      }, weighing);
    const accept = await weight('accept-all');
    expect(await weight('reject-all')).toEqual(accept);
    // And is still a button that one sees: our colours, our room, not those of the reset.
    expect(accept.backgroundColor).toBe('rgb(26, 28, 33)');
    expect(accept.color).toBe('rgb(255, 255, 255)');
    expect(parseFloat(accept.height!)).toBeGreaterThanOrEqual(44);
    expect(parseFloat(accept.fontSize!)).toBeGreaterThanOrEqual(14);
    if (!settings) expect((await weight('open-settings')).fontSize).toBe(accept.fontSize);
    await page.close();
  });
});
