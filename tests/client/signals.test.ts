import type { VendorSignals } from '../../contract/vendors';
import type { ConsentConfig } from '../../contract/consent-config';
import { leave, settle, stay, visit, type VisitOptions } from './client';

const page = window as unknown as Record<string, unknown>;
const globals = ['uetq', 'clarity', 'fbq', 'ttq', '_paq', 'posthog', 'ppms', 'Shopify'];

afterEach(async () => {
  await leave();
  for (const name of globals) Reflect.deleteProperty(page, name);
});

const STATISTICS = ['STATISTICS', 'STATISTICS/matomo'];
const MARKETING = ['MARKETING', 'MARKETING/meta-pixel'];

const fresh = (granted: boolean) => ({ granted, revision: 1, decidedAt: 1_790_000_000 });
const accepted = { STATISTICS: fresh(true), MARKETING: fresh(true) };
const refused = { STATISTICS: fresh(false), MARKETING: fresh(false) };

/** A visit of a page whose site tells these vendors. */
const meet = (signals: VendorSignals, more: VisitOptions = {}, config: Partial<ConsentConfig> = {}) =>
  visit({ ...more, config: { ...config, signals } });

/** The commands in a queue as plain lists. */
const commands = (name: string) => ((page[name] as ArrayLike<unknown>[]) ?? []).map((command) => Array.from(command));

/** What a vendor hears of visitors with one history each, from the moment that our script runs. */
const histories: [name: string, options: VisitOptions, config: Partial<ConsentConfig>][] = [
  ['undecided, asked first', {}, {}],
  ['undecided, on until they object', {}, { regime: 'opt-out' }],
  ['undecided, on until they object, with GPC', { gpc: true }, { regime: 'opt-out' }],
  ['accepted earlier', { choice: accepted }, {}],
  ['refused earlier', { choice: refused }, {}],
];

describe('Google Consent Mode', () => {
  const grants = {
    ad_storage: MARKETING,
    ad_user_data: MARKETING,
    ad_personalization: MARKETING,
    analytics_storage: STATISTICS,
    functionality_storage: [],
    security_storage: [],
  };
  const state = (statistics: string, marketing: string) => ({
    ad_storage: marketing,
    ad_user_data: marketing,
    ad_personalization: marketing,
    analytics_storage: statistics,
    functionality_storage: 'granted',
    // Nothing names it.
    personalization_storage: 'denied',
    security_storage: 'granted',
  });
  const denied = state('denied', 'denied');
  const granted = state('granted', 'granted');
  const asked = () => commands('dataLayer');

  test.each([
    [histories[0]!, [['consent', 'default', denied]]],
    [histories[1]!, [['consent', 'default', granted]]],
    [histories[2]!, [['consent', 'default', denied]]],
    [
      histories[3]!,
      [
        ['consent', 'default', denied],
        ['consent', 'update', granted],
      ],
    ],
    [
      histories[4]!,
      [
        ['consent', 'default', denied],
        ['consent', 'update', denied],
      ],
    ],
  ])('hears, while the script runs, of visitors who %j', async ([, options, config], expected) => {
    meet({ google: { grants } }, options, config);
    expect(asked()).toEqual(expected);
    await settle();
    expect(asked()).toEqual(expected);
  });

  test('gets commands as `arguments`, which is all that Google takes for one', () => {
    meet({ google: { grants } });
    expect(Object.prototype.toString.call((page.dataLayer as unknown[])[0])).toBe('[object Arguments]');
  });

  test('hears of every decision: part, all, none, withdrawn', async () => {
    const { desk } = meet({ google: { grants } });
    desk.setPreferences({ STATISTICS: true, MARKETING: false });
    await settle();
    desk.acceptAll();
    await settle();
    desk.rejectAll();
    await settle();
    desk.acceptAll();
    await settle();
    desk.withdraw();
    await settle();
    expect(asked().slice(1)).toEqual([
      ['consent', 'update', state('granted', 'denied')],
      ['consent', 'update', granted],
      ['consent', 'update', denied],
      ['consent', 'update', granted],
      ['consent', 'update', denied],
    ]);
  });

  test('hears of a refusal although nothing changes by it', async () => {
    const { desk } = meet({ google: { grants } });
    desk.rejectAll();
    await settle();
    expect(asked()).toEqual([
      ['consent', 'default', denied],
      ['consent', 'update', denied],
    ]);
  });

  test('is denied a type as soon as one of the items that it depends on is refused', async () => {
    const { desk } = meet({ google: { grants } });
    desk.setPreferences({ MARKETING: true, 'MARKETING/meta-pixel': false });
    await settle();
    expect(desk.getPreference('MARKETING')).toBe(true);
    expect(asked().at(-1)).toEqual(['consent', 'update', denied]);
  });

  test('gets the options of the site', () => {
    meet({
      google: {
        grants,
        mode: 'advanced',
        wait_for_update: 500,
        region: ['DE', 'FR'],
        ads_data_redaction: true,
        url_passthrough: true,
      },
    });
    expect(asked()).toEqual([
      ['consent', 'default', { ...denied, wait_for_update: 500, region: ['DE', 'FR'] }],
      ['set', 'ads_data_redaction', true],
      ['set', 'url_passthrough', true],
    ]);
  });

  test('comes after what the page has queued already, and leaves it alone', () => {
    page.dataLayer = [{ mine: 1 }];
    meet({ google: { grants } });
    expect((page.dataLayer as unknown[])[0]).toEqual({ mine: 1 });
  });

  const tag = '<script src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>';
  test.each([
    ['a tag that is not gated', tag, 'basic', {}, 1],
    ['a gated tag', tag.replace('src', 'type="text/plain" data-privacy="STATISTICS" data-src'), 'basic', {}, 0],
    ['a tag that is not gated, in advanced mode', tag, 'advanced', {}, 0],
    ['a tag of visitors who accepted', tag, 'basic', { choice: accepted }, 0],
  ] as const)('warns in basic mode of a tag that runs before consent: %s', async (_, body, mode, options, count) => {
    const { warnings } = meet({ google: { grants, mode } }, options);
    document.body.append(document.createRange().createContextualFragment(body));
    await settle();
    expect(warnings.filter(([, text]) => /Google tag/.test(String(text)))).toHaveLength(count);
  });
});

describe('Google Tag Manager', () => {
  test('gets its variables before the script has ended', () => {
    meet({ gtm: { grants: {} } }, {}, { regime: 'as-configured' });
    expect(page.dataLayer).toEqual([
      { event: 'privacy-desk', statisticsTrackingItemCategory: true, personalizationTrackingItemCategory: false },
    ]);
  });

  test('gets nothing where the site turned it off', async () => {
    const { desk } = meet({});
    desk.acceptAll();
    await settle();
    expect(page.dataLayer).toBeUndefined();
  });
});

/** What each vendor hears: at once, for each history; then, of a visitor who is undecided, accepts and withdraws. */
const vendors: {
  signals: VendorSignals;
  queue: string;
  atOnce: unknown[][][];
  accepts: unknown[][];
  withdraws: unknown[][];
}[] = [
  {
    signals: { tiktok: { grants: { tiktok: MARKETING } } },
    queue: 'ttq',
    atOnce: [[['holdConsent']], [['grantConsent']], [['holdConsent']], [['grantConsent']], [['revokeConsent']]],
    accepts: [['grantConsent']],
    withdraws: [['revokeConsent']],
  },
  {
    signals: { matomo: { grants: { matomo: STATISTICS } } },
    queue: '_paq',
    atOnce: [
      [['requireConsent']],
      [['requireConsent'], ['setConsentGiven']],
      [['requireConsent']],
      [['requireConsent'], ['setConsentGiven']],
      [['requireConsent']],
    ],
    accepts: [['setConsentGiven']],
    withdraws: [['forgetConsentGiven']],
  },
  {
    signals: { matomo: { grants: { matomo: STATISTICS }, mode: 'cookies' } },
    queue: '_paq',
    atOnce: [
      [['requireCookieConsent']],
      [['requireCookieConsent'], ['setCookieConsentGiven']],
      [['requireCookieConsent']],
      [['requireCookieConsent'], ['setCookieConsentGiven']],
      [['requireCookieConsent']],
    ],
    accepts: [['setCookieConsentGiven']],
    withdraws: [['forgetCookieConsentGiven']],
  },
  {
    signals: { posthog: { grants: { posthog: STATISTICS } } },
    queue: 'posthog',
    atOnce: [
      [['clear_opt_in_out_capturing'], ['set_config', { opt_out_capturing_by_default: true }]],
      [],
      [['clear_opt_in_out_capturing'], ['set_config', { opt_out_capturing_by_default: true }]],
      [['opt_in_capturing', { captureEventName: false }]],
      [['opt_out_capturing']],
    ],
    accepts: [['opt_in_capturing', { captureEventName: false }]],
    withdraws: [['opt_out_capturing']],
  },
  {
    signals: { posthog: { grants: { posthog: STATISTICS }, cookieless_mode: 'on_reject' } },
    queue: 'posthog',
    atOnce: [
      [['clear_opt_in_out_capturing']],
      [],
      [['clear_opt_in_out_capturing']],
      [['opt_in_capturing', { captureEventName: false }]],
      [['opt_out_capturing']],
    ],
    accepts: [['opt_in_capturing', { captureEventName: false }]],
    withdraws: [['opt_out_capturing']],
  },
];

describe.each(vendors)('$signals', ({ signals, queue, atOnce, accepts, withdraws }) => {
  test.each(histories.map((history, index) => [...history, atOnce[index]!] as const))(
    'at once, of visitors who are/have %s',
    async (_, options, config, expected) => {
      meet(signals, options, config);
      expect(commands(queue)).toEqual(expected);
      await settle();
      expect(commands(queue)).toEqual(expected);
    },
  );

  test('then of acceptance and withdrawal', async () => {
    const { desk } = meet(signals);
    const before = commands(queue).length;
    desk.acceptAll();
    await settle();
    expect(commands(queue).slice(before)).toEqual(accepts);
    desk.withdraw();
    await settle();
    expect(commands(queue).slice(before + accepts.length)).toEqual(withdraws);
  });
});

describe('Matomo', () => {
  test('forgets nothing that was not given, for it would set a cookie', async () => {
    const { desk } = meet({ matomo: { grants: { matomo: STATISTICS } } });
    desk.rejectAll();
    await settle();
    expect(commands('_paq')).toEqual([['requireConsent']]);
  });
});

describe('Microsoft Advertising', () => {
  const signals = { uet: { grants: { uet: MARKETING } } };
  const said = (...words: [string, string][]) =>
    words.flatMap(([command, ad_storage]) => ['consent', command, { ad_storage }]);

  test.each([
    [histories[0]!, said(['default', 'denied'])],
    [histories[1]!, said(['default', 'granted'])],
    [histories[2]!, said(['default', 'denied'])],
    [histories[3]!, said(['default', 'denied'], ['update', 'granted'])],
    [histories[4]!, said(['default', 'denied'], ['update', 'denied'])],
  ])('hears at once of visitors who %j', ([, options, config], expected) => {
    meet(signals, options, config);
    expect(page.uetq).toEqual(expected);
  });

  test('hears of acceptance and withdrawal', async () => {
    const { desk } = meet(signals);
    desk.acceptAll();
    await settle();
    desk.withdraw();
    await settle();
    expect(page.uetq).toEqual(said(['default', 'denied'], ['update', 'granted'], ['update', 'denied']));
  });
});

describe('Microsoft Clarity', () => {
  const signals = { clarity: { grants: { 'clarity.ad_Storage': MARKETING, 'clarity.analytics_Storage': STATISTICS } } };
  const said = (analytics_Storage: string, ad_Storage: string) => ['consentv2', { ad_Storage, analytics_Storage }];

  test('finds the consent in the queue of its own snippet', async () => {
    const { desk } = meet(signals);
    // What the snippet does with a queue that is there.
    const clarity = page.clarity as ((...command: unknown[]) => void) & { q: unknown[] };
    clarity('set', 'page', 'home');
    expect(clarity.q).toEqual([said('denied', 'denied'), ['set', 'page', 'home']]);
    desk.setPreferences({ STATISTICS: true, MARKETING: false });
    await settle();
    expect(clarity.q.at(-1)).toEqual(said('granted', 'denied'));
  });

  test('hears directly once it has loaded, also of a withdrawal', async () => {
    const { desk } = meet(signals, { choice: accepted });
    const clarity = jest.fn();
    page.clarity = clarity;
    desk.withdraw();
    await settle();
    expect(clarity.mock.calls).toEqual([said('denied', 'denied')]);
  });

  test('hears of GPC', () => {
    meet(signals, { gpc: true }, { regime: 'opt-out' });
    expect((page.clarity as unknown as { q: unknown[] }).q).toEqual([said('denied', 'denied')]);
  });
});

describe('Meta Pixel', () => {
  const signals = { meta: { grants: { meta: ['MARKETING/meta-pixel'] } } };
  type Pixel = ((...command: unknown[]) => void) & { queue: unknown[]; callMethod?: (...command: unknown[]) => void };

  /** What Meta's snippet and the two lines below it do. */
  const snippet = () => {
    if (page.fbq) return;
    const fbq: Pixel = Object.assign(
      (...command: unknown[]) => {
        if (fbq.callMethod) fbq.callMethod(...command);
        else fbq.queue.push(command);
      },
      { queue: [] as unknown[] },
    );
    page.fbq = fbq;
    fbq('init', '1');
    fbq('track', 'PageView');
  };
  const pixel = () => page.fbq as Pixel;

  test.each([
    [histories[0]!, 'revoke'],
    [histories[1]!, 'grant'],
    [histories[2]!, 'revoke'],
    [histories[3]!, 'grant'],
    [histories[4]!, 'revoke'],
  ])('hears first of all, from the snippet after our script, of visitors who %j', async ([, options, config], word) => {
    meet(signals, options, config);
    expect(page.fbq).toBeUndefined();
    snippet();
    await Promise.resolve();
    expect(pixel().queue).toEqual([
      ['consent', word],
      ['init', '1'],
      ['track', 'PageView'],
    ]);
  });

  test('hears first of all where its snippet stands before our script', () => {
    snippet();
    meet(signals);
    expect(pixel().queue[0]).toEqual(['consent', 'revoke']);
  });

  test('hears of acceptance and withdrawal, once it has loaded, too', async () => {
    const { desk } = meet(signals);
    snippet();
    await Promise.resolve();
    desk.acceptAll();
    await settle();
    expect(pixel().queue.at(-1)).toEqual(['consent', 'grant']);
    const called = jest.fn();
    pixel().callMethod = called;
    desk.withdraw();
    await settle();
    expect(called.mock.calls).toEqual([['consent', 'revoke']]);
  });

  test('follows its item, not the category', async () => {
    const { desk } = meet(signals);
    snippet();
    await settle();
    desk.setPreferences({ MARKETING: true, 'MARKETING/youtube': false });
    await settle();
    expect(pixel().queue.at(-1)).toEqual(['consent', 'grant']);
    desk.setPreference('MARKETING/meta-pixel', false);
    await settle();
    expect(pixel().queue.at(-1)).toEqual(['consent', 'revoke']);
  });

  test('is an ordinary global afterwards', () => {
    meet(signals);
    snippet();
    expect(Object.getOwnPropertyDescriptor(page, 'fbq')).toMatchObject({ writable: true, enumerable: true });
  });

  test('is reported when it throws, however late', async () => {
    const { errors } = meet(signals);
    page.fbq = () => {
      throw new Error('theirs');
    };
    await settle();
    expect(errors).toEqual([{ error: new Error('theirs') }]);
  });
});

describe('Piwik PRO', () => {
  const grants = { 'piwik-pro.analytics': STATISTICS, 'piwik-pro.remarketing': MARKETING };
  const signals = { 'piwik-pro': { grants } };

  /** The Consent Manager: which types its tags use, and what it knows. */
  const container = (known: Record<string, number>) => {
    const set = jest.fn();
    const api = (command: string, ...rest: unknown[]) => {
      if (command === 'getComplianceTypes') (rest[0] as (types: string[]) => void)(['analytics', 'remarketing']);
      else if (command === 'getComplianceSettings')
        (rest[0] as (settings: object) => void)({
          consents: Object.fromEntries(Object.entries(known).map(([type, status]) => [type, { status }])),
        });
      else set(command, rest[0]);
    };
    page.ppms = { cm: { api } };
    return set;
  };
  const said = (analytics: number, remarketing: number) => [
    'setComplianceSettings',
    { consents: { analytics: { status: analytics }, remarketing: { status: remarketing } } },
  ];

  test.each([
    ['accepted and it does not know', { choice: accepted }, {}, [said(1, 1)]],
    ['accepted and it knows', { choice: accepted }, { analytics: 1, remarketing: 1 }, []],
    ['refused and it does not know', { choice: refused }, {}, [said(0, 0)]],
    ['are undecided', {}, {}, []],
    ['are undecided again, and it knows of a grant', {}, { analytics: 1, remarketing: 0 }, [said(0, 0)]],
  ])('is told only what is new to it, of visitors who %s', async (_, options, known, expected) => {
    const set = container(known);
    meet(signals, options);
    await settle();
    expect(set.mock.calls).toEqual(expected);
  });

  test('is told of acceptance and withdrawal', async () => {
    const set = container({ analytics: 0, remarketing: -1 });
    const { desk } = meet(signals);
    desk.acceptAll();
    await settle();
    expect(set.mock.calls).toEqual([said(1, 1)]);
    container({ analytics: 1, remarketing: 1 });
    const later = container({ analytics: 1, remarketing: 1 });
    desk.withdraw();
    await settle();
    expect(later.mock.calls).toEqual([said(0, 0)]);
  });

  test('is asked by the queue of its container where that has not loaded', () => {
    meet(signals);
    expect(page.dataLayer).toEqual([{ event: 'ppms.cm:getComplianceTypes', parameters: [expect.any(Function)] }]);
  });
});

describe('Shopify', () => {
  const grants = {
    'shopify.analytics': STATISTICS,
    'shopify.marketing': MARKETING,
    'shopify.preferences': [],
    'shopify.sale_of_data': MARKETING,
  };
  const signals = { shopify: { grants } };
  const consent = (analytics: boolean, marketing: boolean) => ({
    analytics,
    marketing,
    preferences: true,
    sale_of_data: marketing,
  });
  const yes = { analytics: 'yes', marketing: 'yes', preferences: 'yes', sale_of_data: 'yes' };

  /** A storefront whose privacy API is there. */
  const shop = (known: object = {}) => {
    const set = jest.fn();
    page.Shopify = { customerPrivacy: { currentVisitorConsent: () => known, setTrackingConsent: set } };
    return () => set.mock.calls.map(([given]) => given);
  };

  test.each([
    ['are undecided', {}, {}, []],
    ['are undecided again, and it knows of a grant', {}, yes, [consent(false, false)]],
    ['accepted and it does not know', { choice: accepted }, {}, [consent(true, true)]],
    ['accepted and it knows', { choice: accepted }, yes, []],
    ['refused and it does not know', { choice: refused }, {}, [consent(false, false)]],
  ])('is told only what is new to it, of visitors who %s', (_, options, known, expected) => {
    const told = shop(known);
    meet(signals, options);
    expect(told()).toEqual(expected);
  });

  test('is told of acceptance and withdrawal, and of a sale that GPC forbids', async () => {
    const { desk } = meet(signals, { gpc: true }, { regime: 'opt-out' });
    await settle();
    const told = shop();
    desk.setPreferences({ STATISTICS: true });
    await settle();
    expect(told()).toEqual([consent(true, false)]);
    const later = shop(yes);
    desk.withdraw();
    await settle();
    expect(later()).toEqual([consent(false, false)]);
  });

  test('loads the API where it is not there yet, also when Shopify comes after us', async () => {
    meet(signals, { choice: accepted });
    const load = jest.fn((_: unknown, callback: () => void) => callback());
    page.Shopify = { loadFeatures: load };
    await settle();
    expect(load.mock.calls.map(([features]) => features)).toEqual([[{ name: 'consent-tracking-api', version: '0.1' }]]);
  });

  test('that cannot load its API is reported', async () => {
    page.Shopify = { loadFeatures: (_: unknown, callback: (error: Error) => void) => callback(new Error('blocked')) };
    const { errors } = meet(signals, { choice: accepted });
    expect(errors).toContainEqual({ error: new Error('blocked') });
  });

  test('without a theme gets what a headless storefront needs', () => {
    const headless = {
      checkoutRootDomain: 'checkout.example.com',
      storefrontRootDomain: 'example.com',
      storefrontAccessToken: 'public',
    };
    const told = shop();
    meet({ shopify: { grants, ...headless } }, { choice: accepted });
    expect(told()).toEqual([{ ...consent(true, true), headlessStorefront: true, ...headless }]);
  });
});

describe('A vendor whose global throws', () => {
  test('is reported once, and stops neither the others nor the gate', async () => {
    page.ttq = {
      push() {
        throw new Error('theirs');
      },
    };
    const { desk, errors } = meet({
      tiktok: { grants: { tiktok: MARKETING } },
      matomo: { grants: { matomo: STATISTICS } },
    });
    await settle();
    expect(errors).toEqual([{ error: new Error('theirs') }]);
    const allowed = jest.fn();
    void desk.whenAllowed('STATISTICS').then(allowed);
    desk.acceptAll();
    await settle();
    expect(errors).toHaveLength(2);
    expect(commands('_paq')).toEqual([['requireConsent'], ['setConsentGiven']]);
    expect(allowed).toHaveBeenCalledTimes(1);
  });
});

test('A signal that the config does not grant, and a key that is not there, are denied', async () => {
  const { desk } = meet({ tiktok: { grants: {} }, matomo: { grants: { matomo: ['STATISTICS', 'STATISTICS/gone'] } } });
  desk.acceptAll();
  await settle();
  expect(commands('ttq')).toEqual([['holdConsent'], ['revokeConsent']]);
  expect(commands('_paq')).toEqual([['requireConsent']]);
});

test('What another tab decided is told, too', async () => {
  const { desk } = meet({ matomo: { grants: { matomo: STATISTICS } } });
  const other = visit();
  stay();
  other.desk.acceptAll();
  window.dispatchEvent(new Event('storage'));
  await settle();
  expect(desk.getPreference('STATISTICS')).toBe(true);
  expect(commands('_paq')).toEqual([['requireConsent'], ['setConsentGiven']]);
});
