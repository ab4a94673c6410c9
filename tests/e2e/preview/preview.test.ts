import type { AddressInfo } from 'node:net';
import type { Browser, Frame, Page } from 'playwright-core';
import type { ConsentConfig, PreviewView } from '../../../contract';
import { consentConfig as configIn } from '../../fixtures/consent-config';
import { launchBrowser } from '../../support/browser';
import { startStrapi, type TestApp } from '../../support/strapi';

const consentConfig = configIn();

let app: TestApp;
let browser: Browser;
let page: Page;
let origin: string;

/** The policy under which Strapi serves its admin panel. */
const PANEL_CSP = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'";

beforeAll(async () => {
  app = await startStrapi();
  await new Promise<void>((listening) => app.server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});
beforeEach(async () => {
  // Without Playwright's own colours, which stand above those of the frame's element.
  page = await browser.newPage({ colorScheme: null });
  await page.route(`${origin}/panel`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'Content-Security-Policy': PANEL_CSP },
      body: '<!doctype html><title>Panel</title>',
    }),
  );
  await page.goto(`${origin}/panel`);
});
afterEach(() => page.close());

/** Shows a config as the admin panel does. */
const preview = async (
  view: PreviewView,
  {
    config = consentConfig,
    gpc = false,
    scheme = 'light',
  }: { config?: ConsentConfig; gpc?: boolean; scheme?: string } = {},
): Promise<Frame> => {
  await page.evaluate(
    ([config, view, gpc, scheme]) =>
      new Promise<void>((shown) => {
        const frame = document.createElement('iframe');
        frame.setAttribute('sandbox', 'allow-scripts');
        frame.src = '/privacy-desk/preview';
        frame.width = '1000';
        frame.height = '700';
        frame.style.colorScheme = scheme;
        addEventListener('message', ({ source, data }) => {
          if (source !== frame.contentWindow) return;
          if (data.type === 'privacy-desk-preview:ready')
            (source as Window).postMessage({ type: 'privacy-desk-preview:show', config, view, gpc }, '*');
          else shown();
        });
        document.body.append(frame);
      }),
    [config, view, gpc, scheme] as const,
  );
  return page.frames().find((frame) => frame.url().endsWith('/privacy-desk/preview'))!;
};

describe('the preview frame', () => {
  it('shows the banner of a config under the panel’s policy, and reaches nothing of the panel', async () => {
    const frame = await preview('banner');
    const banner = frame.locator('[data-privacy-part="banner"]');
    expect(await banner.innerText()).toContain(consentConfig.texts.bannerTitle);
    await frame.locator('[data-privacy-action="reject-all"]').press('Enter');
    await banner.waitFor({ state: 'detached' });
    expect(await frame.evaluate(() => document.cookie)).toMatch(/^privacy_desk=1\./);
    expect(await frame.evaluate(() => window.origin)).toBe('null');
    expect(await page.evaluate(() => document.cookie)).toBe('');
  });

  it('shows the dialog with the details of the config, not of what is live', async () => {
    const frame = await preview('dialog');
    const item = consentConfig.categories.flatMap(({ items }) => items)[0]!;
    await frame
      .locator('dialog[data-privacy-part="settings"]')
      .getByText(item.name)
      .first()
      .waitFor({ state: 'attached' });
  });

  it('shows placeholder and declaration without a banner before them', async () => {
    const placeholder = await preview('placeholder');
    expect(await placeholder.locator('[data-privacy-part="placeholder"]').innerText()).toContain('video.example');
    expect(await placeholder.locator('[data-privacy-part="banner"]').count()).toBe(0);
    await page.reload();
    const declaration = await preview('declaration');
    expect(await declaration.locator('privacy-desk-declaration').innerText()).toContain(
      consentConfig.categories[0]!.name,
    );
    expect(await declaration.locator('[data-privacy-part="banner"]').count()).toBe(0);
  });

  it('is dark for a dark system, and says that Global Privacy Control is honoured', async () => {
    const background = (frame: Frame) =>
      frame.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(await background(await preview('banner'))).toBe('rgb(255, 255, 255)');
    await page.reload();
    const frame = await preview('banner', {
      scheme: 'dark',
      gpc: true,
      config: configIn('en', { regime: 'opt-out' }),
    });
    expect(await background(frame)).toBe('rgb(24, 24, 28)');
    await frame.locator('[data-privacy-part="gpc-status"]').waitFor();
  });
});
