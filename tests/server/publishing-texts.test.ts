import { builtInTexts } from '../../server/src/catalogue/texts';
import { canonicalJson } from '../../server/src/canonical-json';
import { closestLocales } from '../../server/src/catalogue/closest-locales';
import { renderTexts, type TextFacts } from '../../server/src/publishing/render-texts';

const categories: TextFacts['categories'] = [
  {
    key: 'ESSENTIALS',
    name: 'Essentials',
    mode: 'required',
    honoursGpc: true,
    revision: 1,
    items: [{ key: 'a', provider: 'Ours' }],
  },
  {
    key: 'STATISTICS',
    name: 'Statistics',
    mode: 'opt-out',
    honoursGpc: true,
    revision: 1,
    items: [
      { key: 'b', provider: 'Google' },
      { key: 'c', provider: ' google' },
      { key: 'd', provider: 'Matomo' },
      { key: 'e' },
    ],
  },
  { key: 'MARKETING', name: 'Marketing', mode: 'opt-in', honoursGpc: true, revision: 1, items: [] },
];
const facts: TextFacts = {
  language: 'en',
  controller: 'ACME',
  regime: 'as-configured',
  choiceLifetimeDays: 180,
  categories,
};
const { ui } = builtInTexts('en');
const words = {
  ...ui,
  bannerText: '{controller}|{purposes}|{openSettings}|{nothing}',
  bannerFacts: '{thirdParties}|{duration}',
};
const rendered = (more: Partial<TextFacts> = {}, own = {}) => renderTexts(words, own, { ...facts, ...more });

describe('rendered texts', () => {
  it('name controller, purposes and the button, and leave what is not theirs', () =>
    expect(rendered().bannerText).toBe(`ACME|Statistics and Marketing|${ui.openSettings}|{nothing}`));

  it('count each third party of optional items once', () => expect(rendered().bannerFacts).toBe('2|6 months'));

  it.each([
    [365, 'en', '1 year'],
    [180, 'de', '6 Monate'],
    [14, 'en', '2 weeks'],
    [100, 'fr', '100\u00a0jours'],
  ])('say %i days in %s as %s', (choiceLifetimeDays, language, duration) =>
    expect(rendered({ choiceLifetimeDays, language }).bannerFacts).toBe(`2|${duration}`),
  );

  it('name what runs until the visitor objects, under the regime', () => {
    expect(rendered().bannerActive).toContain('Statistics');
    expect(rendered().bannerActive).not.toContain('Marketing');
    expect(rendered({ regime: 'opt-out' }).bannerActive).toContain('Marketing');
    expect(rendered({ regime: 'opt-in' }).bannerActive).toBe('');
  });

  it("take the site's own words, and the built-in ones where it has none", () => {
    const texts = rendered({}, { openSettings: 'Choose', acceptAll: ' ', bannerTitle: null });
    expect(texts.bannerText).toContain('|Choose|');
    expect(texts.acceptAll).toBe(ui.acceptAll);
    expect(texts.bannerTitle).toBe(ui.bannerTitle);
  });

  it('take a name with $& as it is', () =>
    expect(rendered({ controller: '$& {date}' }).bannerText).toContain('$& {date}|'));

  it('leave no placeholder of the server in any language', () => {
    for (const locale of ['en', 'de', 'ar', 'ja']) {
      const { ui, locale: language } = builtInTexts(locale);
      const all = Object.values(renderTexts(ui, {}, { ...facts, language })).join();
      expect(
        all.match(/\{\w+\}/g)?.filter((name) => !['{categories}', '{host}', '{date}'].includes(name)) ?? [],
      ).toEqual([]);
    }
  });
});

describe('the closest locales', () => {
  it.each([
    ['de-CH', ['en', 'de', 'de-AT'], ['de', 'de-AT', 'en']],
    ['DE-ch', ['en', 'de-CH', 'de'], ['de-CH', 'de', 'en']],
    ['zh-Hant-TW', ['en', 'zh', 'zh-Hant'], ['zh-Hant', 'zh', 'en']],
    ['zh-TW', ['en', 'zh', 'zh-Hans', 'zh-Hant'], ['zh-Hant', 'zh', 'zh-Hans', 'en']],
    ['zh-HK', ['en', 'zh-CN', 'zh-TW'], ['zh-TW', 'zh-CN', 'en']],
    ['zh-CN', ['en', 'zh-Hant', 'zh-Hans'], ['zh-Hans', 'zh-Hant', 'en']],
    ['no', ['en', 'nb', 'nn'], ['nb', 'nn', 'en']],
    ['nn-NO', ['en', 'no'], ['no', 'en']],
    ['iw', ['en', 'he'], ['he', 'en']],
    ['pt', ['en', 'pt-BR'], ['pt-BR', 'en']],
    ['not a locale', ['en', 'no'], ['en']],
    ['de', ['en', 'de-DE'], ['de-DE', 'en']],
    ['fr', ['en', 'de'], ['en']],
  ])('of %s among %j are %j', (wanted, available, expected) =>
    expect(closestLocales(wanted, available, 'en')).toEqual(expected),
  );
});

describe('canonical JSON', () => {
  it('sorts keys, leaves out what is undefined, and is JSON', () => {
    const value = { b: [1, 'ü\u2028"', null, { d: undefined, c: true }], a: {}, '': [] };
    expect(canonicalJson(value)).toBe('{"":[],"a":{},"b":[1,"ü\u2028\\"",null,{"c":true}]}');
  });
});
