import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { findChromium, launchBrowser } from '../../support/browser';
import { startDemo, type Demo } from '../../support/demo';
import { logIn, type Editor } from '../../support/demo-editor';
import { bannerSelector, eventually, hitsOf, newVisitor, resetHits, type Visitor } from '../../support/demo-visitor';

let demo: Demo;
let browser: Browser;
let editor: Editor;
let visitor: Visitor;

beforeAll(async () => {
  demo = await startDemo();
  [browser, editor] = await Promise.all([launchBrowser(), logIn(demo)]);
}, 900_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});
beforeEach(async () => {
  visitor = await newVisitor(demo, browser);
  await resetHits(demo);
});
afterEach(async () => {
  const { errors } = visitor;
  await visitor.context.close();
  expect(errors).toEqual([]);
});

/** What of the page's own gated parts is there. */
const shown = () =>
  visitor.page.evaluate(() => ({
    template: !!document.querySelector('.picked'),
    image: document.querySelector<HTMLImageElement>('.ad img')!.naturalWidth > 0,
    embed: !!document.querySelector('iframe.film[src]'),
  }));

/** What the page's own inline script leaves. */
const interests = () => visitor.page.evaluate(() => localStorage.getItem('demo_marketing_interests'));

describe('before a decision', () => {
  it('nothing optional runs, is asked for or is stored on an opt-in site', async () => {
    const requests: string[] = [];
    visitor.page.on('request', (request) => requests.push(request.url()));
    await visitor.visit('/eu/');
    expect(await visitor.preferences()).toEqual({ ESSENTIALS: true, STATISTICS: false, MARKETING: false });
    expect(await hitsOf(demo)).toEqual({ statistics: 0, marketing: 0 });
    expect(await shown()).toEqual({ template: false, image: false, embed: false });
    expect(await visitor.context.cookies()).toEqual([]);
    expect(await visitor.page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
    const { origin: website } = new URL(demo.websiteUrl);
    const hosts = new Set(requests.filter((url) => url.startsWith('http')).map((url) => new URL(url).origin));
    expect([...hosts].sort()).toEqual([website, demo.strapiUrl].sort());
    expect(requests.filter((url) => url.includes('/trackers/'))).toEqual([]);
    await visitor.banner.waitFor();
  });

  it('statistics run and marketing does not, where the site is configured so', async () => {
    await visitor.visit('/');
    expect(await visitor.preferences()).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: false });
    expect(await hitsOf(demo)).toEqual({ statistics: 1, marketing: 0 });
    expect(await shown()).toEqual({ template: false, image: false, embed: false });
    expect(await visitor.cookieNames()).toEqual(['demo_statistics']);
    await visitor.banner.waitFor();
  });

  it('goes by where the visitor is, on a site with rules by country', async () => {
    const optional = { 'opt-in': [false, false], 'as-configured': [true, false], 'opt-out': [true, true] };
    const places = { DE: 'opt-in', GB: 'opt-in', 'US-CA': 'opt-out', JP: 'as-configured', XX: 'opt-in' } as const;
    for (const [place, regime] of Object.entries(places)) {
      await visitor.visit(`/world/?place=${place}`);
      const { STATISTICS, MARKETING } = await visitor.preferences();
      expect([place, STATISTICS, MARKETING]).toEqual([place, ...optional[regime]]);
      await visitor.banner.waitFor();
    }
    // Behind the website's own origin, which has the cookie set by the server.
    const renewed = visitor.page.waitForResponse((response) => response.url().endsWith('/edge/XX/choice'));
    await visitor.choose('reject-all');
    expect(await (await renewed).headerValue('set-cookie')).toMatch(/^privacy_desk=1\./);
    await visitor.visit('/world/?place=US-CA');
    expect(await visitor.preferences()).toEqual({ ESSENTIALS: true, STATISTICS: false, MARKETING: false });
  });

  it('asks in the language of the page', async () => {
    await visitor.visit('/de/');
    expect(await visitor.banner.getAttribute('lang')).toBe('de');
    expect(await visitor.banner.innerText()).toContain('Northlight Coffee');
    expect(await visitor.banner.innerText()).toContain('Alle ablehnen');
    await visitor.visit('/ar/');
    expect(await visitor.banner.getAttribute('dir')).toBe('rtl');
    expect(await visitor.banner.innerText()).toContain('رفض الكل');
  });
});

describe('a decision', () => {
  it('to accept runs everything that waited, at once and on the next page', async () => {
    await visitor.visit('/eu/');
    await visitor.choose('accept-all');
    await eventually(async () => expect(await hitsOf(demo)).toEqual({ statistics: 1, marketing: 1 }));
    await eventually(async () => expect(await shown()).toEqual({ template: true, image: true, embed: true }));
    await eventually(async () => expect(await interests()).toBe('light roast'));
    await eventually(async () =>
      expect(await visitor.cookieNames()).toEqual(['demo_marketing', 'demo_statistics', 'privacy_desk']),
    );
    expect(await visitor.banner.count()).toBe(0);
    await visitor.visit('/eu/');
    await eventually(async () => expect(await hitsOf(demo)).toEqual({ statistics: 2, marketing: 2 }));
    expect(await visitor.banner.count()).toBe(0);
  });

  it('to reject keeps everything optional off, and is not asked for again', async () => {
    await visitor.visit('/');
    await visitor.choose('reject-all');
    await eventually(async () => expect(await visitor.cookieNames()).toEqual(['privacy_desk']));
    await resetHits(demo);
    await visitor.visit('/');
    expect(await visitor.preferences()).toEqual({ ESSENTIALS: true, STATISTICS: false, MARKETING: false });
    expect(await hitsOf(demo)).toEqual({ statistics: 0, marketing: 0 });
    expect(await visitor.banner.count()).toBe(0);
  });

  it('by switches saves just these', async () => {
    await visitor.visit('/');
    await visitor.choose('open-settings');
    const toggle = (name: string) => visitor.dialog.locator(`input[name="${name}"]`);
    expect(await toggle('STATISTICS').isChecked()).toBe(true);
    expect(await toggle('MARKETING').isChecked()).toBe(false);
    await toggle('STATISTICS').uncheck();
    await toggle('MARKETING').check();
    await visitor.choose('save');
    expect(await visitor.banner.count()).toBe(0);
    expect(await visitor.preferences()).toEqual({ ESSENTIALS: true, STATISTICS: false, MARKETING: true });
    await eventually(async () => expect(await hitsOf(demo)).toMatchObject({ marketing: 1 }));
    await resetHits(demo);
    await visitor.visit('/');
    expect(await hitsOf(demo)).toEqual({ statistics: 0, marketing: 1 });
  });

  it.each([
    ['STATISTICS', { statistics: 1, marketing: 0 }],
    ['MARKETING', { statistics: 0, marketing: 1 }],
  ])('about %s opens its gate and no other', async (category, expected) => {
    await visitor.visit('/eu/');
    await visitor.page.evaluate((key) => window.privacyDesk.setPreference(key, true), category);
    await eventually(async () => expect(await hitsOf(demo)).toEqual(expected));
    await resetHits(demo);
    await visitor.visit('/eu/');
    expect(await hitsOf(demo)).toEqual(expected);
  });

  it('about one embed plays it once, and nothing else', async () => {
    await visitor.visit('/eu/');
    await visitor.page.getByRole('button', { name: 'Allow once' }).click();
    await visitor.page.locator('iframe.film[src]').waitFor();
    expect(await shown()).toEqual({ template: false, image: false, embed: true });
    expect(await hitsOf(demo)).toEqual({ statistics: 0, marketing: 0 });
    expect(await visitor.cookieNames()).toEqual([]);
    await visitor.visit('/eu/');
    expect(await shown()).toEqual({ template: false, image: false, embed: false });
  });

  it('survives a restart of the browser', async () => {
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-profile-'));
    const open = async () =>
      newVisitor(
        demo,
        await chromium.launchPersistentContext(profile, {
          executablePath: findChromium(),
          args: ['--no-sandbox', '--disable-gpu'],
        }),
      );
    try {
      const before = await open();
      await before.visit('/eu/');
      await before.choose('open-settings');
      await before.dialog.locator('input[name="STATISTICS"]').check();
      await before.choose('save');
      await before.context.close();

      const after = await open();
      await resetHits(demo);
      await after.visit('/eu/');
      expect(await after.preferences()).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: false });
      expect(await after.banner.count()).toBe(0);
      expect(await hitsOf(demo)).toEqual({ statistics: 1, marketing: 0 });
      await after.context.close();
    } finally {
      fs.rmSync(profile, { recursive: true, force: true });
    }
  });
});

describe('a withdrawal', () => {
  it('stops what ran, clears what it stored, and says that a reload is needed', async () => {
    await visitor.visit('/');
    await visitor.choose('accept-all');
    await eventually(async () => expect(await shown()).toEqual({ template: true, image: true, embed: true }));
    const change = visitor.page.evaluate(
      () =>
        new Promise<{ source: string; reloadAdvised: boolean }>((resolve) =>
          document.addEventListener('privacy-desk:change', (event) => resolve((event as CustomEvent).detail), {
            once: true,
          }),
        ),
    );
    await visitor.page.locator('main [data-privacy-action="withdraw"]').click();
    expect(await change).toMatchObject({ source: 'withdraw', reloadAdvised: true });
    await eventually(async () => expect(await visitor.cookieNames()).toEqual(['privacy_desk']));
    // What is left is the client's own note of what it has followed up on.
    const left = await visitor.page.evaluate(() => Object.keys(localStorage));
    expect(left.filter((name) => !name.startsWith('privacy_desk'))).toEqual([]);
    await visitor.page.locator('[data-privacy-part="placeholder"]').waitFor();
    expect((await shown()).embed).toBe(false);
    await resetHits(demo);
    await visitor.visit('/');
    expect(await hitsOf(demo)).toEqual({ statistics: 0, marketing: 0 });
    expect(await visitor.banner.count()).toBe(0);
  });
});

describe('a change in Strapi', () => {
  it('of a name reaches the website with the next reload', async () => {
    const { documentId, name } = await editor.find('category', 'STATISTICS');
    try {
      await editor.update('category', documentId, { name: 'Counting visits' });
      await eventually(async () => {
        await visitor.visit('/');
        await visitor.banner.waitFor();
        expect(await visitor.banner.innerText()).toContain('Counting visits');
      });
      await visitor.choose('open-settings');
      expect(await visitor.dialog.innerText()).toContain('Counting visits');
      await visitor.visit('/de/');
      expect(await visitor.banner.innerText()).toContain('Statistik');
    } finally {
      await editor.update('category', documentId, { name });
    }
  });

  it('that widens an item asks again, only about its category, and says what is new', async () => {
    await visitor.visit('/eu/');
    await visitor.choose('accept-all');
    const item = await editor.find('tracking-item', 'google-ads');
    const storage = [
      ...(item.storage as object[]),
      { name: '_gcl_dc', match: 'exact', kind: 'cookie', lifetime: 7_776_000, purpose: 'Measures clicks on ads.' },
    ];
    await editor.update('tracking-item', item.documentId, { storage });
    await eventually(async () => {
      await visitor.visit('/eu/');
      expect(await visitor.preferences()).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: false });
    });
    await visitor.banner.waitFor();
    expect(await visitor.banner.innerText()).toContain('New since your last choice: Marketing.');
  });

  it('that breaks the rules is refused, and the website stays as it was', async () => {
    const { documentId } = await editor.find('tracking-item', 'matomo');
    await expect(
      editor.update('tracking-item', documentId, { storage: [{ name: '', match: 'exact', kind: 'cookie' }] }),
    ).rejects.toThrow(/400.*storage/s);
    await visitor.visit('/privacy/');
    await visitor.page.getByText('_pk_id.').first().waitFor();
  });
});

describe('items', () => {
  it('of one site are on that site, items of all sites on every one', async () => {
    await visitor.visit('/privacy/');
    const declaration = visitor.page.locator('privacy-desk-declaration');
    await declaration.getByText('Google Analytics 4').first().waitFor();
    expect(await declaration.innerText()).toContain('Hotjar');
    await visitor.visit('/eu/privacy/');
    await declaration.getByText('Google Analytics 4').first().waitFor();
    expect(await declaration.innerText()).not.toContain('Hotjar');
  });
});

describe('coming from django-privacy-mgmt', () => {
  const oldCookies = (preferences: object, closed: boolean) =>
    visitor.context.addCookies(
      [
        { name: 'django_privacy_mgmt_preferences', value: encodeURIComponent(JSON.stringify(preferences)) },
        ...(closed ? [{ name: 'django-privacy-mgmt-banner-state', value: encodeURIComponent('{"hidden":true}') }] : []),
      ].map((cookie) => ({ ...cookie, url: demo.websiteUrl })),
    );

  it('answers as django_privacy_mgmt and takes over an old choice, once', async () => {
    await oldCookies({ ESSENTIAL: true, STATISTICS: false, MARKETING: true }, true);
    await visitor.visit('/?compat=django');
    expect(
      await visitor.page.evaluate(() => {
        const { django_privacy_mgmt: old } = window as unknown as {
          django_privacy_mgmt: { getPreference(name: string): boolean };
        };
        return ['ESSENTIALS', 'STATISTICS', 'MARKETING'].map((name) => old.getPreference(name));
      }),
    ).toEqual([true, false, true]);
    expect(await visitor.banner.count()).toBe(0);
    expect(await visitor.cookieNames()).not.toContain('django_privacy_mgmt_preferences');
  });

  it('takes over refusals but no grants where the old banner was never closed', async () => {
    await oldCookies({ ESSENTIALS: true, STATISTICS: false, MARKETING: true }, false);
    await visitor.visit('/?compat=django');
    expect(await visitor.preferences()).toEqual({ ESSENTIALS: true, STATISTICS: false, MARKETING: false });
    await visitor.banner.waitFor();
  });
});

describe('a consent server that', () => {
  it.each(['hangs', 'fails', 'is missing'])('%s leaves the page fast, without errors, and denied', async (how) => {
    await visitor.page.route('**/api/privacy-desk/**', (route) => {
      if (how === 'fails') return route.fulfill({ status: 503, body: 'Service unavailable' });
      if (how === 'is missing') return route.abort('connectionrefused');
      return new Promise<void>(() => {});
    });
    await visitor.page.goto(`${demo.websiteUrl}/`, { waitUntil: 'domcontentloaded', timeout: 5000 });
    await visitor.page.getByRole('heading', { level: 1 }).waitFor({ timeout: 5000 });
    expect(
      await visitor.page.evaluate(() => ({
        statistics: window.privacyDesk.getPreference('STATISTICS'),
        all: window.privacyDesk.getPreferences(),
        decided: window.privacyDesk.hasDecided(),
      })),
    ).toEqual({ statistics: false, all: {}, decided: false });
    // The page's own scripts work, and a call for settings waits instead of failing.
    await visitor.page.locator('footer [data-privacy-action="open-settings"]').click();
    await visitor.page.evaluate(() => void window.privacyDesk.openSettings());
    await visitor.page.locator('[data-add="0"]').click();
    await eventually(async () => expect(await visitor.page.locator('#basket').innerText()).toBe('1'));
    expect(await hitsOf(demo)).toEqual({ statistics: 0, marketing: 0 });
    expect(await visitor.page.locator(bannerSelector).count()).toBe(0);
  });
});

describe('under a strict Content Security Policy with Trusted Types', () => {
  const reports = async () =>
    ((await (await fetch(`${demo.websiteUrl}/csp-reports`)).json()) as { reports: object[] }).reports;

  it('everything works, without a violation', async () => {
    await fetch(`${demo.websiteUrl}/csp-reports/reset`, { method: 'POST' });
    const { headers } = await fetch(`${demo.websiteUrl}/csp/`);
    expect(headers.get('content-security-policy')).toMatch(
      /default-src 'none'; script-src 'nonce-[\w-]+' 'strict-dynamic'; style-src 'nonce-[\w-]+';.*require-trusted-types-for 'script'; trusted-types privacy-desk;/,
    );
    await visitor.visit('/csp/');
    await visitor.banner.waitFor();
    await visitor.choose('open-settings');
    await visitor.dialog.locator('summary').first().click();
    await visitor.choose('close');
    await visitor.choose('accept-all');
    await eventually(async () => expect(await shown()).toEqual({ template: true, image: true, embed: true }));
    await eventually(async () => expect(await hitsOf(demo)).toEqual({ statistics: 1, marketing: 1 }));
    await eventually(async () => expect(await interests()).toBe('light roast'));
    await visitor.page.locator('main [data-privacy-action="withdraw"]').click();
    await visitor.page.locator('[data-privacy-part="placeholder"]').waitFor();
    expect(await reports()).toEqual([]);
  });

  it('a violation would have been reported', async () => {
    await visitor.visit('/csp/');
    await visitor.page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('style'), { textContent: 'p{}' })),
    );
    await eventually(async () => expect(await reports()).toHaveLength(1));
  });
});

describe('the page', () => {
  it.each(['/', '/eu/', '/ar/', '/bootstrap/', '/tailwind/'])(
    '%s does not move when the banner comes',
    async (path) => {
      await visitor.visit(path);
      await visitor.banner.waitFor();
      const shift = await visitor.page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            new PerformanceObserver((list) =>
              resolve(list.getEntries().reduce((sum, entry) => sum + (entry as unknown as { value: number }).value, 0)),
            ).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => resolve(0), 300);
          }),
      );
      expect(shift).toBe(0);
    },
  );

  it('/empty/ has nothing of ours', async () => {
    await visitor.page.goto(`${demo.websiteUrl}/empty/`, { waitUntil: 'networkidle' });
    expect(await visitor.page.evaluate(() => 'privacyDesk' in window)).toBe(false);
    expect(await hitsOf(demo)).toEqual({ statistics: 0, marketing: 0 });
  });
});
