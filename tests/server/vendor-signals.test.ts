import { signalNames, vendorNames, vendors, type SignalName } from '../../contract';
import { catalogueProblems } from '../../server/src/catalogue/validation';
import { CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID, type CatalogueUid } from '../../server/src/constants';
import { vendorSignals, type SignallingCategory } from '../../server/src/publishing/vendor-signals';

const item = (key: string, signals: SignalName[] | null = null) => ({ key, signals });
const category = (
  key: string,
  items: SignallingCategory['items'] = [],
  more: Partial<SignallingCategory> = {},
): SignallingCategory => ({ key, mode: key === 'ESSENTIALS' ? 'required' : 'opt-in', signals: null, items, ...more });

const google = (...categories: SignallingCategory[]) => vendorSignals({ google: true }, categories)!.google!.grants;

describe('what a signal depends on', () => {
  it('are the usual categories, with all that visitors can refuse below them', () => {
    expect(
      google(category('ESSENTIALS', [item('session')]), category('STATISTICS', [item('ga')]), category('MARKETING')),
    ).toEqual({
      ad_storage: ['MARKETING'],
      ad_user_data: ['MARKETING'],
      ad_personalization: ['MARKETING'],
      analytics_storage: ['STATISTICS', 'STATISTICS/ga'],
      functionality_storage: [],
      personalization_storage: ['MARKETING'],
      security_storage: [],
    });
  });

  it('are the items that name it, instead of all below their category', () => {
    const marketing = category('MARKETING', [item('google-ads', ['ad_storage']), item('youtube'), item('shop', [])]);
    expect(google(marketing)).toMatchObject({
      ad_storage: ['MARKETING', 'MARKETING/google-ads'],
      ad_user_data: ['MARKETING', 'MARKETING/youtube'],
    });
  });

  it('are all categories and items that name it', () => {
    const found = google(
      category('STATISTICS', [item('ga', ['analytics_storage', 'ad_storage'])]),
      category('MARKETING'),
      category('PARTNERS', [], { signals: ['ad_storage'] }),
      category('UNCLASSIFIED', [item('new', ['ad_storage'])], { signals: [] }),
    );
    expect(found.ad_storage).toEqual(['STATISTICS/ga', 'MARKETING', 'PARTNERS', 'UNCLASSIFIED/new']);
  });

  it('is nothing where nothing names it: then it stays denied', () => {
    expect(google(category('STATISTICS', [], { signals: [] }), category('PARTNERS'))).toEqual({});
  });

  it('is what its Google type depends on, as long as nothing names the vendor’s own', () => {
    const told = (signals: SignalName[] | null) =>
      vendorSignals({ meta: true, clarity: true }, [
        category('STATISTICS', [item('clarity')]),
        category('MARKETING', [item('meta-pixel', signals)]),
      ])!;
    expect(told(null).meta!.grants).toEqual({ meta: ['MARKETING', 'MARKETING/meta-pixel'] });
    expect(told(['meta']).meta!.grants).toEqual({ meta: ['MARKETING/meta-pixel'] });
    expect(told(['meta']).clarity!.grants).toEqual({
      'clarity.ad_Storage': ['MARKETING'],
      'clarity.analytics_Storage': ['STATISTICS', 'STATISTICS/clarity'],
    });
  });
});

describe('the vendors that are told', () => {
  const categories = [category('STATISTICS'), category('MARKETING')];
  it.each([
    [null, ['gtm']],
    [{}, ['gtm']],
    [{ gtm: false }, undefined],
    [{ gtm: null }, undefined],
    [{ gtm: true, meta: {} }, ['gtm', 'meta']],
    [{ gtm: false, google: {}, meta: false, tiktok: null }, ['google']],
  ])('of a site with %j are %j', (chosen, names) => {
    const told = vendorSignals(chosen, categories);
    expect(told && Object.keys(told)).toEqual(names);
  });

  it('get the options that the site chose', () => {
    const told = vendorSignals(
      { google: { wait_for_update: 500, region: ['DE'] }, matomo: { mode: 'cookies' } },
      categories,
    )!;
    expect(told.google).toMatchObject({ wait_for_update: 500, region: ['DE'] });
    expect(told.matomo).toEqual({ mode: 'cookies', grants: { matomo: ['STATISTICS'] } });
  });
});

describe('saving', () => {
  const problems = (uid: CatalogueUid, signals: unknown): string[] =>
    catalogueProblems(uid, { signals }).map(({ path, message }) => `${path.join('.')}: ${message}`);

  it.each([
    null,
    {},
    '{"google": true}',
    Object.fromEntries(vendorNames.map((name) => [name, true])),
    Object.fromEntries(vendorNames.map((name) => [name, false])),
    {
      google: {
        mode: 'advanced',
        wait_for_update: 500,
        region: ['DE', 'US-CA', 'GB-ENG'],
        ads_data_redaction: true,
        url_passthrough: false,
      },
      matomo: { mode: 'cookies' },
      posthog: { cookieless_mode: 'on_reject' },
      shopify: {
        checkoutRootDomain: 'checkout.example.com',
        storefrontRootDomain: 'example.com',
        storefrontAccessToken: 'x',
      },
    },
  ])('accepts for a site %j', (signals) => {
    expect(problems(SITE_UID, signals)).toEqual([]);
  });

  it.each([
    [
      { googel: true },
      'signals: “googel” is not one of google, gtm, uet, clarity, meta, tiktok, matomo, posthog, piwik-pro, shopify',
    ],
    [
      { google: { waitForUpdate: 1 } },
      'signals: google: “waitForUpdate” is not one of mode, wait_for_update, region, ads_data_redaction, url_passthrough',
    ],
    [{ google: { mode: 'simple' } }, 'signals: google: "simple" is not one of basic, advanced'],
    [{ google: { wait_for_update: -1 } }, 'signals: google: must not be negative'],
    [{ google: { wait_for_update: '500' } }, 'signals: google: must be a whole number'],
    [{ google: { region: ['Germany'] } }, 'signals: google: “Germany” is not an ISO 3166-2 code such as DE or US-CA'],
    [{ google: { region: [] } }, 'signals: google: must not be empty'],
    [{ meta: 'yes' }, 'signals: meta: must be true, false or an object with options'],
    [{ meta: { pixel: 1 } }, 'signals: meta: “pixel” is not one of its options: it has none'],
    [
      { shopify: { checkoutRootDomain: 'https://a.com/' } },
      'signals: shopify: must be a host such as shop.example.com',
    ],
    ['{"google": tru', 'signals: must be an object such as {"google": true}'],
    [['google'], 'signals: must be an object such as {"google": true}'],
  ])('refuses for a site %j', (signals, message) => {
    expect(problems(SITE_UID, signals)).toEqual([message]);
  });

  describe.each([CATEGORY_UID, TRACKING_ITEM_UID] as const)('for %s', (uid) => {
    it.each([[null], [[]], ['["ad_storage"]'], [signalNames]])('accepts %j', (signals) => {
      expect(problems(uid, signals)).toEqual([]);
    });

    it.each([[['ad_store']], [['google']], [['ad_storage', 'clarity']], [[null]], ['ad_storage'], [{}]])(
      'refuses %j',
      (signals) => {
        expect(problems(uid, signals)).toEqual([
          expect.stringMatching(
            /^signals: (no\. \d: .+ is not one of ad_storage|no\. 1: must not be empty|must be a list)/,
          ),
        ]);
      },
    );
  });
});

it('every signal that is no Google type has one that speaks for it, or none on purpose', () => {
  const types = Object.keys(vendors.google);
  for (const type of Object.values(vendors).flatMap((signals) => Object.values(signals)))
    if (type !== null) expect(types).toContain(type);
  expect(new Set(signalNames).size).toBe(signalNames.length);
});
