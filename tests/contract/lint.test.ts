import fc from 'fast-check';
import { paragraphs } from '../../contract/blocks';
import {
  categoryModes,
  regimes,
  storageKinds,
  UNCLASSIFIED,
  type Category,
  type ConsentConfig,
  type Lifetime,
  type TrackingItem,
} from '../../contract/consent-config';
import { lint, lintLanguages, type Finding, type LintFacts } from '../../contract/lint';
import { lintRuleIds, lintRules, type LintRuleId } from '../../contract/lint-rules';
import { recommendedRegimeRules } from '../../contract/regime-rules';
import { textLocales } from '../../server/src/catalogue/texts';
import { consentConfig } from '../fixtures/consent-config';

const DAY = 86_400;
const rulesOf = (findings: Finding[]): LintRuleId[] => findings.map(({ rule }) => rule);
const only = (rule: LintRuleId, findings: Finding[]): Finding[] => findings.filter((finding) => finding.rule === rule);
const the = (rule: LintRuleId, findings: Finding[]): Finding => {
  expect(rulesOf(findings)).toContain(rule);
  return only(rule, findings)[0]!;
};

/** A config that there is nothing to say against. */
const sound = (more: Partial<ConsentConfig> = {}): ConsentConfig => {
  const config = consentConfig('en', { consents: { endpoint: '/consents' } });
  return {
    ...config,
    categories: config.categories.map((category) => ({
      ...category,
      items: category.items.map((item) => ({
        ...item,
        storage: item.storage.map((entry) => ({
          ...entry,
          ...(typeof entry.lifetime === 'number' && { lifetime: Math.min(entry.lifetime, 393 * DAY) }),
        })),
      })),
    })),
    ...more,
  };
};
const facts: LintFacts = {
  origins: ['https://www.example.com'],
  locales: [{ code: 'en', missing: 0, total: 20, builtIn: true }],
};

const change = (
  key: string,
  category: Partial<Category>,
  item?: (item: TrackingItem) => Partial<TrackingItem>,
): ConsentConfig => {
  const config = sound();
  return {
    ...config,
    categories: config.categories.map((existing) =>
      existing.key === key
        ? {
            ...existing,
            ...(item && { items: existing.items.map((each, index) => (index ? each : { ...each, ...item(each) })) }),
            ...category,
          }
        : existing,
    ),
  };
};
const words = (texts: Partial<ConsentConfig['texts']>): ConsentConfig => {
  const config = sound();
  return { ...config, texts: { ...config.texts, ...texts } };
};

test('A sound config has no findings', () => expect(lint(sound(), facts)).toEqual([]));

describe('What vendors are told', () => {
  const told = (signals: ConsentConfig['signals']) => lint(sound({ signals }), facts);

  test('before consent is a matter of the law', () => {
    expect(the('advanced-consent-mode', told({ google: { mode: 'advanced', grants: {} } }))).toMatchObject({
      severity: 'warning',
      path: 'signals.google.mode',
      source: expect.stringContaining('5(3)'),
    });
    expect(told({ google: { mode: 'basic', grants: {} }, matomo: { mode: 'tracking', grants: {} } })).toEqual([]);
    expect(the('counted-without-consent', told({ matomo: { mode: 'cookies', grants: {} } })).message).toContain(
      'Matomo',
    );
    expect(the('counted-without-consent', told({ posthog: { cookieless_mode: 'on_reject', grants: {} } })).path).toBe(
      'signals.posthog.cookieless_mode',
    );
  });

  test('must depend on a choice, unless it is about what works anyway', () => {
    const grants = {
      ad_storage: [],
      functionality_storage: [],
      security_storage: [],
      analytics_storage: ['STATISTICS'],
    };
    expect(only('signal-always-granted', told({ google: { grants }, meta: { grants: { meta: [] } } }))).toMatchObject([
      { severity: 'error', path: 'signals.google.grants.ad_storage', params: { signal: 'ad_storage' } },
      { severity: 'error', path: 'signals.meta.grants.meta', params: { signal: 'meta' } },
    ]);
    expect(told({ shopify: { grants: { 'shopify.preferences': [] } } })).toEqual([]);
  });
});

describe('What runs before a decision', () => {
  const asConfigured = (origins: string[] = []) =>
    lint(sound({ regime: 'as-configured' }), { ...facts, origins: ['https://shop.example.com', ...origins] });

  test('is unlawful where the website’s own country asks first', () => {
    for (const [origin, regions] of [
      ['https://www.laden.de', 'DE'],
      ['https://boutique.fr:8443', 'FR'],
      ['https://shop.eu', 'EU/EEA'],
      ['https://loja.com.br', 'BR'],
    ] as const)
      expect(the('default-on', asConfigured([origin]))).toMatchObject({
        severity: 'error',
        category: 'STATISTICS',
        path: 'categories.STATISTICS',
        params: { category: 'Statistics', regions },
        source: expect.stringContaining('5(3)'),
      });
  });

  test('may be unlawful where nobody knows who comes', () => {
    const findings = asConfigured();
    expect(the('default-on-anywhere', findings)).toMatchObject({ severity: 'warning', category: 'STATISTICS' });
    expect(the('default-on-anywhere', findings).message).toContain('EU/EEA, UK, BR');
    expect(rulesOf(findings)).not.toContain('default-on');
    expect(only('default-on-anywhere', lint(sound({ regime: 'opt-out' }), facts)).map((f) => f.category)).toEqual([
      'STATISTICS',
      'MARKETING',
    ]);
  });

  test('is nothing under the opt-in regime, whatever the modes', () =>
    expect(lint(change('MARKETING', { mode: 'opt-out' }), facts)).toEqual([]));

  describe('by country', () => {
    const byCountry = (regimeRules: LintFacts['regimeRules'], config = sound()) =>
      lint(config, { ...facts, regimeRules });
    const lasting = () => sound({ choice: { cookie: 'c', maxAgeSeconds: 365 * DAY } });

    test('is lawful by the presets', () =>
      expect(rulesOf(byCountry(recommendedRegimeRules(), lasting()))).toEqual(['choice-kept-over-six-months']));

    test('names the countries that were forgotten', () => {
      const findings = byCountry({
        rules: [
          { regions: ['eu-eea', 'uk'], regime: 'opt-in' },
          { regions: ['DE'], regime: 'opt-out' },
        ],
        unknown: 'opt-in',
        default: 'as-configured',
      });
      expect(only('default-on', findings).map(({ category, params }) => [category, params.regions])).toEqual([
        ['STATISTICS', 'DE, BR, CA-QC, CH, KR'],
        ['MARKETING', 'DE'],
      ]);
    });

    test('may be statistics in the UK, under conditions', () => {
      const findings = byCountry({
        rules: [
          { regions: ['eu-eea', 'opt-in-elsewhere'], regime: 'opt-in' },
          { regions: ['uk'], regime: 'as-configured' },
        ],
        unknown: 'opt-in',
        default: 'opt-in',
      });
      expect(rulesOf(findings)).toEqual(['uk-statistics']);
    });

    test('is not to be where the country is unknown, nor where nobody can know it', () => {
      const rules = { ...recommendedRegimeRules(), unknown: 'opt-out' as const };
      expect(the('unknown-country', byCountry(rules)).params).toEqual({ regime: 'opt-out' });
      const blind = lint(sound(), { ...facts, regimeRules: recommendedRegimeRules(), knowsCountry: false });
      expect(rulesOf(blind)).toContain('country-not-known');
    });
  });
});

describe('Objections', () => {
  test('by Global Privacy Control are honoured', () => {
    const ignoring = change('MARKETING', { honoursGpc: false });
    expect(the('gpc-ignored', lint(ignoring, facts))).toMatchObject({ severity: 'warning', category: 'MARKETING' });
    const inUs = { ...facts, regimeRules: recommendedRegimeRules() };
    expect(the('gpc-ignored', lint(ignoring, inUs))).toMatchObject({ severity: 'error' });
    expect(rulesOf(lint(change('ESSENTIALS', { honoursGpc: false }), inUs))).not.toContain('gpc-ignored');
  });

  test('are kept for a year', () => {
    const kept = (days: number) =>
      lint(sound({ regime: 'opt-out', choice: { cookie: 'c', maxAgeSeconds: days * DAY } }), facts);
    expect(the('objection-forgotten', kept(180)).params).toEqual({ days: 180, categories: 'Statistics, Marketing' });
    expect(rulesOf(kept(365))).not.toContain('objection-forgotten');
  });
});

describe('An item', () => {
  const withItem = (item: (item: TrackingItem) => Partial<TrackingItem>, key = 'STATISTICS') =>
    lint(change(key, {}, item), facts);

  test('says what it is used for', () => {
    for (const description of [[], paragraphs('  ')])
      expect(
        the(
          'item-without-purpose',
          withItem(() => ({ description })),
        ),
      ).toMatchObject({
        severity: 'error',
        category: 'STATISTICS',
        item: 'google-analytics-4',
        path: 'categories.STATISTICS.items.google-analytics-4.description',
        message: '“Google Analytics 4” does not say what it is used for. Describe it.',
        locale: 'en',
      });
    expect(rulesOf(withItem(() => ({ description: [] }), 'ESSENTIALS'))).toEqual(['essential-unjustified']);
  });

  test('names its provider, and the provider’s policy', () => {
    expect(
      the(
        'item-without-provider',
        withItem(() => ({ provider: ' ' })),
      ),
    ).toMatchObject({ severity: 'warning' });
    expect(
      the(
        'item-without-provider',
        withItem(() => ({ provider: '' }), 'ESSENTIALS'),
      ).severity,
    ).toBe('hint');
    const foreign = (item: TrackingItem) => ({
      provider: undefined,
      storage: item.storage.map((entry) => ({ ...entry, domain: '.chat.example.net' })),
    });
    expect(the('item-without-provider', withItem(foreign, 'ESSENTIALS')).severity).toBe('warning');
    expect(rulesOf(withItem(() => ({ providerPolicyUrl: undefined })))).toEqual(['provider-without-policy']);
  });

  test('says of each entry how long it is kept and what for', () => {
    const entry = { name: 'x', match: 'exact', kind: 'cookie', purpose: 'Test.' } as const;
    const storage = (...lifetimes: (Lifetime | undefined)[]) =>
      withItem(() => ({ storage: lifetimes.map((lifetime, index) => ({ ...entry, name: `x${index}`, lifetime })) }));
    expect(storage(60, 'session', 'persistent')).toEqual([]);
    expect(the('storage-without-lifetime', storage(60, undefined)).path).toMatch(/storage\[1\]\.lifetime$/);
    expect(the('storage-kept-long', storage(730 * DAY)).params).toEqual({
      item: 'Google Analytics 4',
      name: 'x0',
      days: 730,
    });
    expect(rulesOf(withItem(() => ({ storage: [] })))).toEqual(['item-without-storage']);
    expect(rulesOf(withItem(() => ({ storage: [{ ...entry, lifetime: 1, purpose: ' ' }] })))).toEqual([
      'storage-without-purpose',
    ]);
  });

  test('that is a known tracker can be refused', () => {
    for (const [name, match, vendor] of [
      ['_ga', 'exact', 'Google Analytics'],
      ['_ga_', 'prefix', 'Google Analytics'],
      ['_ga_*', 'pattern', 'Google Analytics'],
      ['_fbp', 'exact', 'Meta'],
      ['_hjSessionUser_123', 'exact', 'Hotjar'],
      ['ph_abc_posthog', 'exact', 'PostHog'],
    ] as const) {
      const storage = [{ name, match, kind: 'cookie', lifetime: 1, purpose: 'Test.' } as const];
      const findings = withItem(() => ({ storage }), 'ESSENTIALS');
      expect(the('tracker-in-required', findings).params).toMatchObject({ name, vendor });
    }
    const harmless = ['session_id', 'language', 'g', '_', 'garden', 'myga', 'fbp'];
    const storage = harmless.map(
      (name) => ({ name, match: 'exact', kind: 'cookie', lifetime: 1, purpose: 'Test.' }) as const,
    );
    expect(withItem(() => ({ storage }), 'ESSENTIALS')).toEqual([]);
  });

  test('belongs to one category only', () => {
    const config = sound();
    const twice = config.categories[2]!.items[0]!;
    config.categories[1] = { ...config.categories[1]!, items: [...config.categories[1]!.items, twice] };
    expect(the('in-two-categories', lint(config, facts)).params).toEqual({
      name: '_fbp',
      categories: 'Statistics, Marketing',
    });
  });
});

describe('A category', () => {
  test('says what visitors decide on, and has something to decide on', () => {
    expect(the('category-without-purpose', lint(change('MARKETING', { description: [] }), facts)).severity).toBe(
      'error',
    );
    expect(rulesOf(lint(change('MARKETING', { items: [] }), facts))).toEqual(['category-empty']);
  });

  test('that is required is not statistics by another name', () => {
    expect(rulesOf(lint(change('STATISTICS', { mode: 'required' }), facts))).toEqual(
      expect.arrayContaining(['required-by-name', 'tracker-in-required']),
    );
    for (const key of ['SITE_ANALYTICS', 'ADS', 'SOCIAL_MEDIA'])
      expect(rulesOf(lint(change('ESSENTIALS', { key }), facts))).toContain('required-by-name');
    for (const key of ['HEADS', 'ESSENTIALS', 'DOWNLOADS', 'SECURITY'])
      expect(rulesOf(lint(change('ESSENTIALS', { key }), facts))).not.toContain('required-by-name');
  });

  test('is there for every item', () =>
    expect(the('unclassified', lint(change('MARKETING', { key: UNCLASSIFIED }), facts))).toMatchObject({
      severity: 'warning',
      category: UNCLASSIFIED,
      params: { items: 2, names: 'Meta Pixel, YouTube' },
    }));
});

describe('A site', () => {
  test('names its policy and who is responsible', () => {
    expect(rulesOf(lint(sound({ links: {} }), facts))).toEqual(['policy-missing']);
    expect(rulesOf(lint(sound({ controller: {} }), facts))).toEqual(['controller-missing']);
  });

  test.each([
    [30, 'choice-kept-short'],
    [179, 'choice-kept-short'],
    [180, undefined],
    [184, undefined],
    [200, 'choice-kept-over-six-months'],
    [365, 'choice-kept-over-six-months'],
    [396, 'choice-kept-over-six-months'],
    [400, 'choice-kept-long'],
  ])('keeps a choice for %d days: %s', (days, rule) =>
    expect(rulesOf(lint(sound({ choice: { cookie: 'c', maxAgeSeconds: days * DAY } }), facts))).toEqual(
      rule ? [rule] : [],
    ),
  );

  test('speaks its languages', () => {
    const locales = [
      { code: 'de', missing: 3, total: 20 },
      { code: 'sw', missing: 0, total: 20, builtIn: false },
    ];
    expect(lint(sound(), { ...facts, locales }).map(({ rule, params, locale }) => [rule, params, locale])).toEqual([
      ['language-incomplete', { language: 'de', missing: 3, total: 20 }, 'de'],
      ['language-without-texts', { language: 'sw' }, 'sw'],
    ]);
  });

  test('records consents, from its own pages, and shares a choice only where it can', () => {
    expect(rulesOf(lint(sound({ consents: undefined }), facts))).toEqual(['consents-not-recorded']);
    expect(rulesOf(lint(sound({ consents: undefined }), { ...facts, recordsConsents: true }))).toEqual([]);
    expect(rulesOf(lint(sound(), { ...facts, origins: [] }))).toEqual(['origins-missing']);
    const shared = sound({ choice: { cookie: 'c', maxAgeSeconds: 180 * DAY, domain: '.example.com' } });
    expect(lint(shared, { ...facts, origins: ['https://example.com', 'https://shop.example.com:8443'] })).toEqual([]);
    expect(the('cookie-domain', lint(shared, { ...facts, origins: ['https://myexample.com'] })).params).toEqual({
      domain: 'example.com',
      origin: 'https://myexample.com',
    });
  });
});

describe('The words', () => {
  test.each(textLocales)('that are built in (%s) are fair', (locale) => {
    const config = consentConfig(locale, { consents: { endpoint: '/consents' } });
    expect(lint(config, facts).filter(({ path }) => path.startsWith('texts'))).toEqual([]);
  });

  test.each([
    'Settings',
    'Manage options',
    'Learn more',
    'Not now',
    'Einstellungen',
    'Später',
    'Paramétrer',
    'Más tarde',
    'OK',
  ])('do not hide the refusal behind “%s”', (rejectAll) =>
    expect(the('reject-misleading', lint(words({ rejectAll }), facts))).toMatchObject({
      severity: 'error',
      params: { label: rejectAll },
    }),
  );

  test.each([
    'Reject all',
    'No, thanks',
    'Only necessary',
    'Decline optional settings',
    'Alle ablehnen',
    'Nur notwendige',
    'Tout refuser',
    'Rifiuta tutto',
  ])('may call the refusal “%s”', (rejectAll) => expect(lint(words({ rejectAll }), facts)).toEqual([]));

  test.each(['OK', 'Got it!', 'Continue', 'Verstanden', 'J’ai compris'])('do not call agreeing “%s”', (acceptAll) =>
    expect(rulesOf(lint(words({ acceptAll }), facts))).toEqual(['accept-unclear']),
  );

  test('tell the buttons apart, and have one to reject', () => {
    expect(
      the('labels-equal', lint(words({ rejectAll: 'accept all', acceptAll: 'Accept all' }), facts)).params.label,
    ).toMatch(/accept all/i);
    expect(rulesOf(lint(words({ rejectAll: ' ' }), facts))).toEqual(['reject-missing']);
    const rejectAll = 'Reject everything that we would have liked to do for you on this website';
    expect(rulesOf(lint(words({ rejectAll }), facts))).toEqual(['reject-longwinded']);
  });

  test('say on the first layer who asks, and for what', () => {
    const bannerText = 'We like cookies. May we?';
    expect(rulesOf(lint(words({ bannerText }), facts))).toEqual([
      'banner-without-controller',
      'banner-without-purposes',
    ]);
    const named = 'Example Shop GmbH uses cookies for marketing.';
    expect(lint(words({ bannerText: named }), facts)).toEqual([]);
  });

  test.each([
    'By continuing to browse our site, Example Shop GmbH takes it that you agree to statistics.',
    'Durch die weitere Nutzung der Website der Example Shop GmbH stimmen Sie Statistics zu, also: willigen ein.',
    'En poursuivant votre navigation chez Example Shop GmbH, vous acceptez les cookies (Marketing).',
  ])('do not presume consent: %s', (bannerText) =>
    expect(rulesOf(lint(words({ bannerText }), facts))).toEqual(['consent-presumed']),
  );

  test('claim no legitimate interest', () => {
    const description = paragraphs('Wir haben ein berechtigtes Interesse daran.');
    expect(
      the(
        'legitimate-interest',
        lint(
          change('MARKETING', {}, () => ({ description })),
          facts,
        ),
      ),
    ).toMatchObject({
      item: 'meta-pixel',
      params: { words: 'berechtigtes Interesse' },
    });
  });

  test('are looked at in every language, all else once', () => {
    const german = consentConfig('de', { consents: { endpoint: '/consents' }, links: {} });
    german.texts = { ...german.texts, rejectAll: 'Einstellungen' };
    const findings = lintLanguages([sound({ links: {} }), german], facts);
    expect(findings.map(({ rule, locale }) => [rule, locale])).toEqual(
      [
        ['policy-missing', undefined],
        ['reject-misleading', 'de'],
        ['labels-equal', 'de'],
      ].filter(([rule]) => rule !== 'labels-equal' || german.texts.openSettings === 'Einstellungen'),
    );
  });
});

describe('Every finding', () => {
  const text = fc.constantFrom(
    '',
    ' ',
    'OK',
    'Reject',
    'By using this site you agree',
    'legitimate interest',
    'x'.repeat(50),
  );
  const blocks = fc.constantFrom([], paragraphs('For something.'), paragraphs(''));
  const items: fc.Arbitrary<TrackingItem[]> = fc.array(
    fc.record({
      key: fc.constantFrom('one', 'two', 'constructor'),
      name: text,
      description: blocks,
      provider: fc.option(text, { nil: undefined }),
      changedAt: fc.nat(),
      storage: fc.array(
        fc.record({
          name: fc.constantFrom('_ga', 'a', '*', '(', '__proto__'),
          match: fc.constant('exact' as const),
          kind: fc.constantFrom(...storageKinds),
          domain: fc.constantFrom(undefined, '.', 'example.com', '.other.net'),
          lifetime: fc.constantFrom<Lifetime | undefined>(undefined, 'session', 'persistent', 1, 4e9),
          purpose: fc.option(text, { nil: undefined }),
        }),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 3 },
  );
  const configs = fc
    .record({
      regime: fc.constantFrom(...regimes),
      days: fc.integer({ min: 1, max: 400 }),
      domain: fc.constantFrom(undefined, '.example.com'),
      texts: fc.record({ bannerTitle: text, bannerText: text, acceptAll: text, rejectAll: text, openSettings: text }),
      controller: fc.record({ name: fc.option(text, { nil: undefined }) }),
      categories: fc.uniqueArray(
        fc.record({
          key: fc.constantFrom('ESSENTIALS', 'STATISTICS', 'ADS', UNCLASSIFIED),
          name: text,
          description: blocks,
          mode: fc.constantFrom(...categoryModes),
          honoursGpc: fc.boolean(),
          revision: fc.constant(1),
          items,
        }),
        { selector: ({ key }) => key },
      ),
    })
    .map(({ days, domain, texts, ...rest }): ConsentConfig => {
      const base = consentConfig();
      return {
        ...base,
        ...rest,
        texts: { ...base.texts, ...texts },
        choice: { cookie: 'c', maxAgeSeconds: days * DAY, ...(domain && { domain }) },
      };
    });
  const region = fc.constantFrom('eu-eea', 'uk', 'us-state-laws', 'DE', 'US', 'US-CA', 'CA-QC');
  const regime = fc.constantFrom(...regimes);
  const anyFacts = fc.record(
    {
      origins: fc.array(fc.constantFrom('https://a.de', 'https://example.com', 'http://localhost:3000', '')),
      regimeRules: fc.option(
        fc.record({
          rules: fc.array(fc.record({ regions: fc.array(region), regime })),
          unknown: regime,
          default: regime,
        }),
      ),
      knowsCountry: fc.boolean(),
      locales: fc.array(
        fc.record({ code: fc.constant('de'), missing: fc.nat(3), total: fc.constant(3), builtIn: fc.boolean() }),
      ),
    },
    { requiredKeys: [] },
  );

  test('fills its message, names what exists, and is the same again', () => {
    fc.assert(
      fc.property(configs, anyFacts, (config, some) => {
        const findings = lint(config, some);
        expect(lint(config, some)).toEqual(findings);
        for (const { rule, message, category, item, reason, source, path } of findings) {
          expect(lintRules[rule]).toMatchObject({ reason, source });
          expect(message.replace(/\{(controller|purposes)\}/, '')).not.toMatch(/\{\w+\}|undefined/);
          expect(path).toBeTruthy();
          const found = config.categories.find(({ key }) => key === category);
          if (category) expect(found).toBeDefined();
          if (item) expect(found!.items.map(({ key }) => key)).toContain(item);
        }
        const severities = findings.map(({ severity }) => ['error', 'warning', 'hint'].indexOf(severity));
        expect(severities).toEqual([...severities].sort());
      }),
    );
  });

  test('of a category that runs unasked is an error or a warning, and there is none under opt-in everywhere', () => {
    fc.assert(
      fc.property(configs, (config) => {
        const unasked = (of: ConsentConfig) =>
          lint(of).filter(({ rule }) => rule === 'default-on' || rule === 'default-on-anywhere');
        expect(unasked({ ...config, regime: 'opt-in' })).toEqual([]);
        const optional = config.categories.filter(({ key, mode }) => mode !== 'required' && key !== UNCLASSIFIED);
        expect(unasked({ ...config, regime: 'opt-out' }).map(({ category }) => category)).toEqual(
          optional.map(({ key }) => key),
        );
      }),
    );
  });

  test('has a rule with a message, a reason and a source', () => {
    for (const rule of lintRuleIds)
      for (const text of [lintRules[rule].message, lintRules[rule].reason, lintRules[rule].source])
        expect(text.length).toBeGreaterThan(10);
  });
});
