import type { Browser, Page } from 'playwright-core';
import { websitePage } from '../../fixtures/website-page';
import { launchBrowser, nonce, startPages, strictCsp, type PageServer } from '../../support/browser';

const placeholder = '[data-privacy-part="placeholder"]';

/** By service: what the page says, and what its own frame is asked for. */
const services: Record<string, [attributes: string, url: string]> = {
  youtube: [
    'data-id="dQw4w9WgXcQ" data-params="start=30"',
    'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=30',
  ],
  vimeo: ['data-id="76979871"', 'https://player.vimeo.com/video/76979871?dnt=1'],
  'google-maps': [
    'data-id="Brandenburg Gate, Berlin"',
    'https://www.google.com/maps?output=embed&q=Brandenburg%20Gate%2C%20Berlin',
  ],
  openstreetmap: [
    'data-id="13.3,52.5,13.4,52.6"',
    'https://www.openstreetmap.org/export/embed.html?bbox=13.3%2C52.5%2C13.4%2C52.6',
  ],
  x: ['data-id="20"', 'https://platform.twitter.com/embed/Tweet.html?dnt=true&id=20'],
  instagram: ['data-id="CabcDEF"', 'https://www.instagram.com/p/CabcDEF/embed/'],
  facebook: [
    'data-id="https://www.facebook.com/a/posts/1"',
    'https://www.facebook.com/plugins/post.php?href=https%3A//www.facebook.com/a/posts/1',
  ],
  tiktok: ['data-id="6718335390845095173"', 'https://www.tiktok.com/player/v1/6718335390845095173'],
  spotify: ['data-id="track/4uLU6hMCjMI75M1A2tKUQC"', 'https://open.spotify.com/embed/track/4uLU6hMCjMI75M1A2tKUQC'],
  soundcloud: [
    'data-id="https://soundcloud.com/a/b"',
    'https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b',
  ],
  calendly: ['data-id="acme/30min"', 'https://calendly.com/acme/30min?embed_type=Inline'],
};
const post = (service: string, more: string) =>
  `<div id="${service}" data-privacy="MARKETING" data-privacy-embed="${service}" ${more}><a href="https://example.com/">${service}</a></div>`;
const body = `<main><h1>Embeds</h1>${Object.entries(services)
  .map(([service, [attributes]]) => post(service, attributes))
  .join('<p>Text between.</p>')}</main>`;

const thumbnail = (source: string) =>
  `<iframe title="The film" width="560" height="315" data-privacy="MARKETING" data-src="https://video.example.net/1" data-privacy-thumbnail="${source}"></iframe>`;

let browser: Browser;
let pages: PageServer;
let page: Page;
/** What was asked of others than the page's own server. */
let foreign: string[];
let reports: string[];

const open = async (path: string) => {
  foreign = [];
  reports = [];
  page = await browser.newPage();
  await page.route(
    (url) => url.hostname !== '127.0.0.1',
    (route) => {
      foreign.push(route.request().url());
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Faked</title><p>Faked' });
    },
  );
  page.on('console', (message) => {
    if (message.type() !== 'log') reports.push(message.text());
  });
  await page.goto(pages.origin + path);
};

beforeAll(async () => {
  browser = await launchBrowser();
  const csp = `${strictCsp}; frame-src https:; img-src 'self'`;
  pages = await startPages({
    '/': websitePage({ body }),
    '/strict/': {
      body,
      csp,
      head: `<style nonce="${nonce}">[data-privacy-embed] { height: 300px; width: 500px }</style>`,
    },
    '/wrong/': websitePage({
      body: `<main>${post('no-such', 'data-id="1"')}${post('youtube', '')}${post('vimeo', 'data-id="1"')}</main>`,
    }),
    '/thumbnail/': websitePage({ body: `<main><h1>Film</h1>${thumbnail('/poster.jpg')}</main>` }),
    '/foreign-thumbnail/': websitePage({
      body: `<main><h1>Film</h1>${thumbnail('https://img.example.net/1.jpg')}</main>`,
    }),
  });
});
afterEach(() => page.close());
afterAll(async () => {
  await browser.close();
  await pages.close();
});

describe('a service named by data-privacy-embed', () => {
  it('has a placeholder of its own size, and asks nothing of anybody before it is allowed', async () => {
    await open('/');
    for (const service of Object.keys(services)) {
      const box = (await page.locator(`#${service} ${placeholder}`).boundingBox())!;
      expect(box).toEqual(await page.locator(`#${service}`).boundingBox());
      expect(box.height).toBeGreaterThan(150);
    }
    await page.evaluate(() => window.privacyDesk.rejectAll());
    await page.waitForTimeout(300);
    expect(foreign).toEqual([]);
    expect(await page.locator('iframe[src]').count()).toBe(0);
    expect(await page.locator(`${placeholder}[aria-label^="Google Maps, www.google.com"]`).count()).toBe(1);
  });

  it('is loaded in the frame that the service offers, when it is allowed', async () => {
    await open('/');
    await page.locator(`#calendly ${placeholder}`).waitFor();
    await page.evaluate(() => window.privacyDesk.acceptAll());
    for (const [service, [, url]] of Object.entries(services)) {
      await page.locator(`#${service} iframe[src]`).waitFor();
      expect(await page.locator(`#${service} iframe`).getAttribute('src')).toBe(url);
    }
    await page.waitForTimeout(300);
    expect(foreign).toEqual(expect.arrayContaining(Object.values(services).map(([, url]) => url)));
    await page.evaluate(() => window.privacyDesk.withdraw());
    await page.locator(`#youtube ${placeholder}`).waitFor();
    expect(await page.locator('iframe[src]').count()).toBe(0);
  });

  it('"allow once" loads this one only', async () => {
    await open('/');
    await page.locator(`#vimeo [data-privacy-action="allow-once"]`).click();
    await page.locator('#vimeo iframe[src]').waitFor();
    await page.waitForTimeout(300);
    expect(foreign).toEqual([services.vimeo![1]]);
    expect(await page.locator(`#vimeo`).evaluate((node) => node.clientHeight)).toBeGreaterThan(150);
  });

  it('works under a strict CSP with Trusted Types, in the room that the page gives it', async () => {
    await open('/strict/');
    expect(await page.locator(`#x ${placeholder}`).boundingBox()).toMatchObject({ width: 500, height: 300 });
    await page.evaluate(() => window.privacyDesk.acceptAll());
    await page.locator('#x iframe[src]').waitFor();
    await page.locator('#tiktok iframe[src]').waitFor();
    expect(reports).toEqual([]);
  });

  it('that is not known, or without an id, is reported, keeps what the page says there, and stops no other', async () => {
    await open('/wrong/');
    await page.locator(`#vimeo ${placeholder}`).waitFor();
    expect(await page.locator('#no-such').innerText()).toBe('no-such');
    expect(await page.locator('#youtube iframe').count()).toBe(0);
    expect(reports.join()).toContain('data-privacy-embed: no-such');
  });
});

describe('a thumbnail', () => {
  it('of the page itself is shown behind the question', async () => {
    await open('/thumbnail/');
    await page.locator(placeholder).waitFor();
    await page.waitForTimeout(200);
    expect(pages.requests).toContain('/poster.jpg');
    expect(await page.locator(placeholder).getAttribute('aria-label')).toBe('The film, video.example.net');
    expect(foreign).toEqual([]);
  });

  it('of anybody else is not loaded', async () => {
    await open('/foreign-thumbnail/');
    await page.locator(placeholder).waitFor();
    await page.waitForTimeout(200);
    expect(foreign).toEqual([]);
  });
});
