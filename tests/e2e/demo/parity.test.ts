import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/browser';
import { startDemo, type Demo } from '../../support/demo';
import { logIn, type Editor } from '../../support/demo-editor';
import { eventually, newVisitor, type Visitor } from '../../support/demo-visitor';
import type { ConsentConfig } from '../../../contract/consent-config';

// The parity checklist: what django-privacy-mgmt does is there, one test per point.

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
});
afterEach(async () => {
  const { errors } = visitor;
  await visitor.context.close();
  expect(errors).toEqual([]);
});

const config = async (locale: string, site = 'default'): Promise<ConsentConfig> => {
  const answer = await fetch(`${demo.strapiUrl}/api/privacy-desk/config?site=${site}&locale=${locale}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as ConsentConfig;
};
const category = async (key: string, locale = 'en', site?: string) =>
  (await config(locale, site)).categories.find((candidate) => candidate.key === key)!;
const item = async (key: string, locale = 'en', site?: string) =>
  (await config(locale, site)).categories.flatMap(({ items }) => items).find((candidate) => candidate.key === key);

/** Visits a page as it would be with a script of its own right behind Privacy Desk's, which leaves something in `window.early`. */
const withEarlyScript = async (path: string, script: string): Promise<unknown> => {
  const html = (await (await fetch(demo.websiteUrl + path)).text()).replace(
    '<link rel="stylesheet"',
    `<script>${script}</script>$&`,
  );
  // From a server of its own: what Playwright puts in a response's place may not reach a local Strapi (Local Network Access).
  const server = http.createServer((request, response) =>
    request.url === path ? response.setHeader('content-type', 'text/html').end(html) : response.writeHead(404).end(),
  );
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  try {
    await visitor.page.goto(`http://localhost:${(server.address() as AddressInfo).port}${path}`);
    return await visitor.page.evaluate(() => (window as unknown as { early: unknown }).early);
  } finally {
    server.close();
    server.closeAllConnections();
  }
};

test('1. tracking items are created, edited, ordered and deleted, with name, description, lifetime and domain, translated', async () => {
  const statistics = await editor.find('category', 'STATISTICS');
  const text = (words: string) => [{ type: 'paragraph', children: [{ type: 'text', text: words }] }];
  const row = {
    id: 'visits',
    name: 'visits',
    match: 'exact',
    kind: 'cookie',
    domain: '.example.com',
    lifetime: 31_536_000,
  };
  const created = await editor.create('tracking-item', {
    key: 'visit-counter',
    name: 'Visit counter',
    description: text('Counts visits.'),
    category: { connect: [{ documentId: statistics.documentId }], disconnect: [] },
    order: 99,
    enabled: true,
    storage: [{ ...row, purpose: 'Number of your visits.' }],
  });
  await editor.update(
    'tracking-item',
    created.documentId,
    {
      name: 'Besuchszähler',
      description: text('Zählt Besuche.'),
      storage: [{ ...row, purpose: 'Zahl Ihrer Besuche.' }],
    },
    'de',
  );
  await eventually(async () => {
    expect(await item('visit-counter', 'en')).toMatchObject({
      name: 'Visit counter',
      description: text('Counts visits.'),
      storage: [{ name: 'visits', domain: '.example.com', lifetime: 31_536_000, purpose: 'Number of your visits.' }],
    });
    expect(await item('visit-counter', 'de')).toMatchObject({
      name: 'Besuchszähler',
      description: text('Zählt Besuche.'),
      storage: [{ name: 'visits', domain: '.example.com', lifetime: 31_536_000, purpose: 'Zahl Ihrer Besuche.' }],
    });
  });
  const order = async () => (await category('STATISTICS')).items.map(({ key }) => key);
  expect((await order()).at(-1)).toBe('visit-counter');

  await editor.update('tracking-item', created.documentId, { name: 'Counter of visits', order: -1 });
  await eventually(async () => {
    expect((await order())[0]).toBe('visit-counter');
    expect((await item('visit-counter'))!.name).toBe('Counter of visits');
  });

  await editor.remove('tracking-item', created.documentId);
  await eventually(async () => expect(await order()).not.toContain('visit-counter'));
});

test('2. the list shows the category, searches the name and filters by category', async () => {
  const uid = 'plugin::privacy-desk.tracking-item';
  const { data } = await editor.request<{ data: { contentType: { layouts: { list: string[] } } } }>(
    'GET',
    `/content-manager/content-types/${uid}/configuration`,
  );
  expect(data.contentType.layouts.list).toEqual(expect.arrayContaining(['name', 'category']));
  expect((await editor.list('tracking-item', '_q=hotj')).map(({ key }) => key)).toEqual(['hotjar']);
  const essentials = await editor.list('tracking-item', 'filters[$and][0][category][key][$eq]=ESSENTIALS');
  expect(essentials.map(({ key }) => key).sort()).toEqual(['privacy-desk', 'shop-language', 'shop-session']);
  expect(essentials[0]!.category).toMatchObject({ name: 'Essentials' });
});

test('3. three categories are there from the start: required, on by default, off by default', async () => {
  const { categories } = await config('en');
  expect(categories.map(({ key, mode }) => [key, mode])).toEqual([
    ['ESSENTIALS', 'required'],
    ['STATISTICS', 'opt-out'],
    ['MARKETING', 'opt-in'],
  ]);
  await visitor.visit('/');
  expect(await visitor.preferences()).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: false });
});

test('4. getPreference answers at once, before any other script; setPreference checks its types', async () => {
  const early = await withEarlyScript(
    '/?sync',
    `window.early = ['ESSENTIALS', 'STATISTICS', 'MARKETING'].map((key) => privacyDesk.getPreference(key))`,
  );
  expect(early).toEqual([true, true, false]);
  const refusals = await visitor.page.evaluate(() => {
    const attempt = (...given: unknown[]) => {
      try {
        (window.privacyDesk.setPreference as (...given: unknown[]) => void)(...given);
        return 'taken';
      } catch (error) {
        return (error as Error).name;
      }
    };
    return [
      attempt('STATISTICS', 'yes'),
      attempt('STATISTICS', 1),
      attempt('STATISTICS'),
      attempt('ESSENTIALS', false),
      attempt('NO_SUCH', true),
      attempt('STATISTICS', false),
    ];
  });
  expect(refusals).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError', 'taken']);
});

test('5. the choice survives a restart of the browser', async () => {
  await visitor.visit('/eu/');
  await visitor.choose('accept-all');
  // What a browser keeps when it is closed: cookies with an expiry.
  const kept = (await visitor.context.cookies()).filter(({ expires }) => expires > 0);
  const days = (kept.find(({ name }) => name === 'privacy_desk')!.expires - Date.now() / 1000) / 86_400;
  expect(Math.round(days)).toBe(180);
  const restarted = await browser.newContext({ storageState: { cookies: kept, origins: [] } });
  try {
    const later = await newVisitor(demo, restarted);
    await later.visit('/eu/');
    expect(await later.preferences()).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: true });
    expect(await later.banner.count()).toBe(0);
  } finally {
    await restarted.close();
  }
});

test('6. the banner stays until a decision; any element of the page opens the settings', async () => {
  await visitor.visit('/');
  await visitor.banner.waitFor();
  await visitor.visit('/de/');
  await visitor.banner.waitFor();
  await visitor.choose('open-settings');
  await visitor.choose('close');
  await visitor.banner.waitFor();
  await visitor.choose('reject-all');
  await visitor.visit('/');
  expect(await visitor.banner.count()).toBe(0);

  await visitor.page.locator('footer').getByRole('button', { name: 'Privacy settings' }).click();
  await visitor.dialog.waitFor();
  await visitor.choose('close');
  await visitor.page.evaluate(() => {
    const own = Object.assign(document.createElement('span'), { id: 'own', textContent: 'Cookies?' });
    own.dataset.privacyAction = 'open-settings';
    document.querySelector('footer ul')!.append(own);
  });
  await visitor.page.locator('#own').click();
  await visitor.dialog.waitFor();
});

test('7. settings: notice on third parties, descriptions, items, empty state, switches from the state; saving closes both', async () => {
  const empty = await editor.create('category', { key: 'COMFORT', name: 'Comfort', mode: 'opt-in', order: 9 });
  try {
    await eventually(async () => expect(await category('COMFORT')).toBeDefined());
    await visitor.visit('/');
    await visitor.choose('open-settings');
    const { dialog } = visitor;
    const words = await dialog.innerText();
    expect(words).toContain('This website cannot remove cookies that third parties have already set.');
    for (const start of [
      'Needed to use this website',
      'Shows us how this website is used',
      'Lets advertising platforms',
    ])
      expect(words).toContain(start);
    expect(words).toContain('Currently none in use.');
    expect(await dialog.getByText('Google Analytics 4').count()).toBeGreaterThan(0);
    const states = await dialog
      .locator('input[role="switch"]:not([name^="item:"])')
      .evaluateAll((inputs) =>
        (inputs as HTMLInputElement[]).map(({ name, checked, disabled }) => [name, checked, disabled]),
      );
    expect(states).toEqual([
      ['ESSENTIALS', true, true],
      ['STATISTICS', true, false],
      ['MARKETING', false, false],
      ['COMFORT', false, false],
    ]);
    await visitor.choose('save');
    expect(await dialog.count()).toBe(0);
    expect(await visitor.banner.count()).toBe(0);
  } finally {
    await editor.remove('category', empty.documentId);
  }
});

test('8. an item is shown on the sites it is given to, and on all of them if it is given to none', async () => {
  expect(await item('hotjar', 'en', 'default')).toBeDefined();
  expect(await item('hotjar', 'en', 'eu')).toBeUndefined();
  expect(await item('matomo', 'en', 'default')).toBeDefined();
  expect(await item('matomo', 'en', 'eu')).toBeDefined();
  const [hotjar, eu] = [await editor.find('tracking-item', 'hotjar'), await editor.find('site', 'eu')];
  await editor.update('tracking-item', hotjar.documentId, {
    sites: { connect: [{ documentId: eu.documentId }], disconnect: [] },
  });
  await eventually(async () => expect(await item('hotjar', 'de', 'eu')).toBeDefined());
});

test('9. English, German, French and Italian are there; texts and markup can be replaced', async () => {
  await editor.request('POST', '/i18n/locales', { code: 'it', name: 'Italian (it)', isDefault: false });
  const labels = { en: 'Reject all', de: 'Alle ablehnen', fr: 'Tout refuser', it: 'Rifiuta tutti' };
  for (const [locale, label] of Object.entries(labels)) {
    await eventually(async () => expect(await config(locale)).toMatchObject({ locale, texts: { rejectAll: label } }));
    await visitor.visit(`/?locale=${locale}`);
    expect(await visitor.banner.getByRole('button', { name: label }).count()).toBe(1);
  }

  const { documentId } = await editor.find('site', 'default');
  await editor.update('site', documentId, { bannerTitle: 'Coffee, and cookies?', rejectAll: 'No cookies' });
  await eventually(async () => {
    await visitor.visit('/');
    expect(await visitor.banner.innerText()).toContain('Coffee, and cookies?');
  });
  expect(await visitor.banner.getByRole('button', { name: 'No cookies' }).count()).toBe(1);

  // A website that wants other markup asks in its own, and tells what was decided.
  await visitor.page.evaluate(() => {
    const own = Object.assign(document.createElement('button'), { id: 'own', textContent: 'Only statistics' });
    own.onclick = () => window.privacyDesk.setPreferences({ STATISTICS: true, MARKETING: false });
    document.querySelector('footer')!.append(own);
  });
  await visitor.page.locator('#own').click();
  expect(await visitor.page.evaluate(() => window.privacyDesk.hasDecided())).toBe(true);
  await eventually(async () => expect(await visitor.banner.count()).toBe(0));
});

test('10. the recipe for Google Tag Manager works, with the same two variables', async () => {
  const variables = (layer: unknown) => (layer as object[]).find((entry) => 'statisticsTrackingItemCategory' in entry);
  const early = await withEarlyScript('/?sync', 'window.early = window.dataLayer.slice()');
  expect(variables(early)).toMatchObject({
    statisticsTrackingItemCategory: true,
    personalizationTrackingItemCategory: false,
  });
  await visitor.choose('reject-all');
  const last = await visitor.page.evaluate(() => (window as unknown as { dataLayer: object[] }).dataLayer.at(-1));
  expect(last).toMatchObject({ statisticsTrackingItemCategory: false, personalizationTrackingItemCategory: false });
});

test('11. a website can move over: the alias answers, and the old cookie is imported', async () => {
  await visitor.context.addCookies(
    [
      ['django_privacy_mgmt_preferences', '{"ESSENTIALS":true,"STATISTICS":false,"MARKETING":true}'],
      ['django-privacy-mgmt-banner-state', '{"hidden":true}'],
    ].map(([name, value]) => ({ name: name!, value: encodeURIComponent(value!), url: demo.websiteUrl })),
  );
  const early = await withEarlyScript(
    '/?sync&compat=django',
    `window.early = [
      django_privacy_mgmt.getPreference('ESSENTIAL'),
      django_privacy_mgmt.getPreference('STATISTICS'),
      django_privacy_mgmt.getPreference('MARKETING'),
      django_privacy_mgmt._getPreferences(),
    ]`,
  );
  expect(early).toEqual([true, false, true, { ESSENTIALS: true, STATISTICS: false, MARKETING: true }]);
  expect(await visitor.banner.count()).toBe(0);
  await visitor.page.evaluate(() =>
    (
      window as unknown as { django_privacy_mgmt: { setPreference(name: string, granted: boolean): void } }
    ).django_privacy_mgmt.setPreference('STATISTICS', true),
  );
  expect(await visitor.preferences()).toMatchObject({ STATISTICS: true });
});
