import { catalogueProblems } from '../../server/src/catalogue/validation';
import { CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID, type CatalogueUid } from '../../server/src/constants';

/** `field: message` of every problem. */
const problems = (uid: CatalogueUid, given: object, stored?: object): string[] =>
  catalogueProblems(uid, given, stored).map(({ path, message }) => `${path.join('.')}: ${message}`);

const paragraph = (...children: object[]) => ({ type: 'paragraph', children });
const text = (value: string) => ({ type: 'text', text: value });
const link = (url: string) => ({ type: 'link', url, children: [text('here')] });

const row = { id: 'a1', name: '_ga', match: 'exact', kind: 'cookie' };

describe('a category', () => {
  it.each(['essentials', '1ST', 'A-B', 'Ä', ' A', 'A B', '', 'A'.repeat(65), 'UNCLASSIFIED', null])(
    'has no key like %j',
    (key) => {
      expect(problems(CATEGORY_UID, { key })).toEqual([expect.stringMatching(/^key: /)]);
    },
  );

  it.each(['A', 'STATISTICS', 'PARTNER_2'])('may have the key %s', (key) => {
    expect(problems(CATEGORY_UID, { key })).toEqual([]);
  });

  it('has one of the three modes', () => {
    expect(problems(CATEGORY_UID, { mode: 'always' })).toEqual([
      'mode: "always" is not one of required, opt-out, opt-in',
    ]);
    expect(problems(CATEGORY_UID, { mode: 'opt-in' })).toEqual([]);
  });

  it('is required if it is the essentials, whichever of key and mode comes with this save', () => {
    expect(problems(CATEGORY_UID, { mode: 'opt-out' }, { key: 'ESSENTIALS', mode: 'required' })).toHaveLength(1);
    expect(problems(CATEGORY_UID, { name: 'Needed' }, { key: 'ESSENTIALS', mode: 'required' })).toEqual([]);
    expect(problems(CATEGORY_UID, { key: 'SECURITY', mode: 'required' })).toEqual([]);
  });

  it('is described with everything the editor can do but images', () => {
    const description = [
      paragraph({ ...text('Bold'), bold: true }, link('https://example.com'), link('/privacy'), link('mailto:a@b.de')),
      { type: 'heading', level: 3, children: [text('More')] },
      { type: 'quote', children: [text('q')] },
      { type: 'code', language: 'plaintext', children: [text('c')] },
      {
        type: 'list',
        format: 'unordered',
        indentLevel: 0,
        children: [
          { type: 'list-item', children: [text('one')] },
          {
            type: 'list',
            format: 'ordered',
            indentLevel: 1,
            children: [{ type: 'list-item', children: [text('two')] }],
          },
        ],
      },
    ];
    expect(problems(CATEGORY_UID, { description })).toEqual([]);
    expect(
      problems(CATEGORY_UID, { description: [...description, { type: 'image', image: {}, children: [] }] }),
    ).toEqual(['description: no. 6: “image” cannot stand here']);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' \u0001javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
  ])('has no link like %j, however deep', (url) => {
    const nested = { type: 'list', format: 'ordered', children: [{ type: 'list-item', children: [link(url)] }] };
    for (const block of [paragraph(link(url)), { type: 'list', format: 'ordered', children: [nested] }])
      expect(problems(CATEGORY_UID, { description: [block] })).toEqual([
        expect.stringMatching(/^description: no\. 1: the link .* is not allowed/s),
      ]);
  });

  it.each([['text'], [[null]], [[{ type: 'paragraph' }]], [[paragraph(paragraph())]], [{}]])(
    'is not described by %j',
    (description) => {
      expect(problems(CATEGORY_UID, { description })).toEqual([expect.stringMatching(/^description: /)]);
    },
  );
});

describe('a tracking item', () => {
  it.each(['Google', 'a--b', '-a', 'a-', 'a_b', 'a b', 'ä', 'a'.repeat(65)])('has no key like %j', (key) => {
    expect(problems(TRACKING_ITEM_UID, { key })).toEqual([expect.stringMatching(/^key: /)]);
  });

  it.each([
    'javascript:alert(1)',
    'example.com',
    'http:example.com',
    '/privacy',
    'https://user:secret@example.com',
    'https://a b',
  ])('has no policy at %j', (providerPolicyUrl) => {
    expect(problems(TRACKING_ITEM_UID, { providerPolicyUrl })).toEqual([expect.stringMatching(/^providerPolicyUrl: /)]);
  });

  it('may leave texts empty', () => {
    expect(
      problems(TRACKING_ITEM_UID, { provider: '', providerPolicyUrl: '', description: null, storage: null }),
    ).toEqual([]);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: '  ' }, 'name'],
    [{ name: undefined }, 'name'],
    [{ match: 'regex' }, 'match'],
    [{ kind: 'cooky' }, 'kind'],
    [{ kind: undefined }, 'kind'],
    [{ domain: 'exa mple.com' }, 'domain'],
    [{ domain: 'https://example.com' }, 'domain'],
    [{ domain: '..example.com' }, 'domain'],
    [{ lifetime: 0 }, 'lifetime'],
    [{ lifetime: -1 }, 'lifetime'],
    [{ lifetime: 1.5 }, 'lifetime'],
    [{ lifetime: 1e12 }, 'lifetime'],
    [{ lifetime: '1 year' }, 'lifetime'],
    [{ id: 'a b' }, 'id'],
    [{ name: 'a=b' }, 'name'],
    [{ name: 'a;b' }, 'name'],
    [{ match: 'pattern', name: '_ga' }, 'name'],
    [{ match: 'pattern', name: '*' }, 'name'],
    [{ match: 'pattern', name: '([a-z' }, 'name'],
    [{ match: 'pattern', name: '^_ga_.*$' }, 'name'],
    [{ match: 'prefix', name: '_ga*' }, 'name'],
  ])('stores nothing like %j', (change, cell) => {
    expect(problems(TRACKING_ITEM_UID, { storage: [row, { ...row, id: 'b2', name: '_gid', ...change }] })).toEqual([
      expect.stringMatching(new RegExp(`^storage\\.1\\.${cell}: `)),
    ]);
  });

  it.each([
    { match: 'pattern', name: '_ga_*' },
    { match: 'prefix', name: '_pk_id.' },
    { kind: 'localStorage', name: 'a key = with; anything' },
    { domain: '.example.com' },
    { domain: 'localhost' },
    { lifetime: 'session' },
    { lifetime: 'persistent' },
    { lifetime: 63_072_000 },
    { purpose: null, domain: '', lifetime: null },
  ])('may store %j', (change) => {
    expect(problems(TRACKING_ITEM_UID, { storage: [{ ...row, ...change }] })).toEqual([]);
  });

  it('stores nothing twice', () => {
    expect(problems(TRACKING_ITEM_UID, { storage: [row, { ...row, id: 'b2' }] })).toEqual([
      'storage.1.name: is there twice',
    ]);
    expect(problems(TRACKING_ITEM_UID, { storage: [row, { ...row, name: '_gid' }] })).toEqual([
      'storage.1.id: is there twice',
    ]);
  });

  it.each(['nonsense', {}, 3, '{"a":1}', ['_ga']])('stores a list of rows, not %j', (storage) => {
    expect(problems(TRACKING_ITEM_UID, { storage })).toEqual([expect.stringMatching(/^storage/)]);
  });
});

describe('a site', () => {
  it.each([
    'https://example.com/',
    'https://example.com/path',
    'HTTPS://EXAMPLE.COM',
    '*',
    'https://*.example.com',
    'ftp://example.com',
    'example.com',
    'null',
    'https://example.com:443',
    7,
  ])('does not run at %j', (origin) => {
    expect(problems(SITE_UID, { origins: ['https://www.example.com', origin] })).toEqual([
      expect.stringMatching(/^origins: no\. 2: /),
    ]);
  });

  it('takes JSON as the Content Manager sends it', () => {
    expect(problems(SITE_UID, { origins: '["http://localhost:4000"]', theme: '' })).toEqual([]);
    expect(problems(SITE_UID, { origins: 'http://localhost:4000' })).toEqual([
      expect.stringMatching(/^origins: must be a list/),
    ]);
    expect(problems(SITE_UID, { theme: '{"position": "left"}' })).toEqual([
      expect.stringMatching(/^theme: position: /),
    ]);
  });

  it('links to web pages, or to paths of its own', () => {
    expect(problems(SITE_UID, { policyUrl: '/privacy', imprintUrl: 'https://example.com/imprint?a#b' })).toEqual([]);
    for (const imprintUrl of ['//evil.example', '/\\evil.example', 'javascript:alert(1)', 'privacy', 'mailto:a@b.de'])
      expect(problems(SITE_UID, { imprintUrl })).toEqual([expect.stringMatching(/^imprintUrl: /)]);
  });

  it.each([
    '#0b5fff',
    'rgb(0 0 0 / 50%)',
    '"Inter", system-ui, sans-serif',
    'calc(1px + (2 * 3px))',
    '0 1px 2px #000',
    '1.5',
    'var(--brand)',
  ])('may be styled with %s', (value) => {
    expect(problems(SITE_UID, { theme: { position: 'top', tokens: { accent: value } } })).toEqual([]);
  });

  it.each([
    'red; } body { display: none',
    'url(https://evil.example/x)',
    'URL("x")',
    'image-set("x" 1x)',
    'red /* ',
    'a\\62',
    '"open',
    ') red (',
    'red)',
    'expression(1)',
    '<b>',
    '@import',
    'red !important',
    'red\n',
    '',
  ])('is not styled with %j', (value) => {
    expect(problems(SITE_UID, { theme: { tokens: { accent: value } } })).toEqual([
      expect.stringMatching(/^theme: accent: .* is not a plain CSS value/s),
    ]);
  });

  it('has no unknown or ill-named parts in its theme', () => {
    expect(problems(SITE_UID, { theme: { colour: 'red' } })).toHaveLength(1);
    expect(problems(SITE_UID, { theme: { tokens: { 'a: red; b': 'x' } } })).toHaveLength(1);
  });

  it.each([
    [{ regime: 'gdpr' }, 'regime'],
    [{ choiceLifetimeDays: 0 }, 'choiceLifetimeDays'],
    [{ choiceLifetimeDays: 401 }, 'choiceLifetimeDays'],
    [{ choiceLifetimeDays: 1.5 }, 'choiceLifetimeDays'],
    [{ consentRetentionMonths: 0 }, 'consentRetentionMonths'],
    [{ consentRetentionMonths: 241 }, 'consentRetentionMonths'],
    [{ consentRetentionMonths: 'long' }, 'consentRetentionMonths'],
    [{ cookieName: 'privacy desk' }, 'cookieName'],
    [{ cookieName: 'a;b' }, 'cookieName'],
    [{ cookieName: '' }, 'cookieName'],
    [{ cookieDomain: 'https://example.com' }, 'cookieDomain'],
    [{ cookieName: '__Host-privacy', cookieDomain: 'example.com' }, 'cookieDomain'],
    [{ key: 'Default' }, 'key'],
    [{ name: ' ' }, 'name'],
    [{ bannerText: 'x'.repeat(2001) }, 'bannerText'],
  ])('is not set up with %j', (given, field) => {
    expect(problems(SITE_UID, given)).toEqual([expect.stringMatching(new RegExp(`^${field}: `))]);
  });
});

// Without a limit each of these would be looked at for hours.
it('does not examine megabytes', () => {
  const long = 'a-'.repeat(500_000);
  const given = { key: long, cookieDomain: long, origins: [long], policyUrl: long, theme: { tokens: { a: long } } };
  expect(problems(SITE_UID, given)).toHaveLength(5);
  expect(problems(TRACKING_ITEM_UID, { storage: [{ ...row, name: long, domain: long }] })).toHaveLength(2);
});

describe('the country rules of a site', () => {
  const rules = {
    rules: [{ regions: ['eu-eea', 'US-CA', 'SE', 'BR'], regime: 'opt-in' }],
    unknown: 'opt-in',
    default: 'opt-out',
  };

  it('are there where the regime goes by country', () => {
    expect(problems(SITE_UID, { regime: 'by-country', regimeRules: rules })).toEqual([]);
    expect(problems(SITE_UID, { regime: 'by-country', regimeRules: JSON.stringify(rules) })).toEqual([]);
    expect(problems(SITE_UID, { regime: 'by-country' }, { regimeRules: rules })).toEqual([]);
    expect(problems(SITE_UID, { regime: 'opt-in', regimeRules: rules })).toEqual([]);
    for (const regimeRules of [undefined, null, ''])
      expect(problems(SITE_UID, { regime: 'by-country', regimeRules })).toEqual([
        'regimeRules: must say which regime applies where: the regime is by-country',
      ]);
    expect(problems(SITE_UID, { regimeRules: null }, { regime: 'by-country', regimeRules: rules })).toHaveLength(1);
  });

  it.each([
    [{ ...rules, unknown: undefined }, 'unknown: must not be empty'],
    [{ ...rules, default: 'gdpr' }, 'default: "gdpr" is not one of opt-in, opt-out, as-configured'],
    [{ ...rules, default: 'by-country' }, 'default: "by-country" is not one of'],
    [{ ...rules, fallback: 'opt-in' }, 'must be an object with rules, unknown and default'],
    [[], 'must be an object with rules, unknown and default'],
    [{ ...rules, rules: {} }, 'must be a list of rules'],
    [
      { ...rules, rules: [{ regions: ['UK'], regime: 'opt-in' }] },
      'no. 1: “UK” must be a country such as DE, a subdivision such as US-CA, or one of eu-eea',
    ],
    [
      { ...rules, rules: [rules.rules[0], { regions: ['DE', 'Germany'], regime: 'opt-in' }] },
      'no. 2: “Germany” must be a country',
    ],
    [{ ...rules, rules: [{ regions: ['XX'], regime: 'opt-in' }] }, 'no. 1: “XX” must be'],
    [{ ...rules, rules: [{ regions: ['EU'], regime: 'opt-in' }] }, 'no. 1: “EU” must be'],
    [{ ...rules, rules: [{ regions: ['US-CALIFORNIA'], regime: 'opt-in' }] }, 'no. 1: “US-CALIFORNIA” must be'],
    [{ ...rules, rules: [{ regions: ['constructor'], regime: 'opt-in' }] }, 'no. 1: “constructor” must be'],
    [{ ...rules, rules: [{ regions: [], regime: 'opt-in' }] }, 'no. 1: must not be empty'],
    [{ ...rules, rules: [{ regions: ['DE'] }] }, 'no. 1: must not be empty'],
    [{ ...rules, rules: [...rules.rules, { regions: ['SE'], regime: 'opt-out' }] }, 'no. 2: SE is there twice'],
  ])('are refused, naming where: %j', (regimeRules, message) => {
    const [found] = problems(SITE_UID, { regimeRules });
    expect(found).toContain('regimeRules: ');
    expect(found).toContain(message);
  });
});
