import fs from 'node:fs';
import path from 'node:path';
import { slimTextKeys, type TextKey, type Texts } from '../../contract/texts';
import { builtInTexts, textLocales } from '../../server/src/catalogue/texts';

/** Everything in braces that contract/texts.ts promises, by key; the other texts have none. */
const placeholders: Partial<Record<TextKey, string[]>> = {
  bannerText: ['{controller}', '{openSettings}', '{purposes}'],
  bannerActive: ['{active}'],
  bannerFacts: ['{duration}', '{thirdParties}'],
  bannerUpdated: ['{categories}'],
  placeholderText: ['{host}'],
  decidedOn: ['{date}'],
};

/** The keys of `interface Texts`, from the source: types are gone at run time. */
const textKeys = [
  ...fs
    .readFileSync(path.resolve(__dirname, '../../contract/texts.ts'), 'utf8')
    .split('export interface Texts {')[1]!
    .split('\n}')[0]!
    .matchAll(/^ {2}(\w+): string;/gm),
].map(([, key]) => key!);

const inOneLine = ({ ui, categories }: ReturnType<typeof builtInTexts>, locale: string) =>
  [ui.bannerText, ui.bannerActive, ui.bannerFacts]
    .join(' ')
    .replace('{controller}', 'Northwind Coffee')
    .replace('{purposes}', new Intl.ListFormat(locale).format([categories.STATISTICS.name, categories.MARKETING.name]))
    .replace('{openSettings}', ui.openSettings)
    .replace('{active}', categories.STATISTICS.name)
    .replace('{thirdParties}', '7')
    .replace(
      '{duration}',
      new Intl.NumberFormat(locale, { style: 'unit', unit: 'month', unitDisplay: 'long' }).format(6),
    );

test('there are texts for the 24 official languages of the EU and 13 more', () => {
  const official = 'bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv'.split(' ');
  const more = 'ar he hi is ja ko nb pt-BR ru tr uk zh-Hans zh-Hant'.split(' ');
  expect([...textLocales].sort()).toEqual([...official, ...more].sort());
});

describe.each(textLocales)('texts in %s', (locale) => {
  const texts = builtInTexts(locale);
  const ui: Texts = texts.ui;
  const all = [
    ...Object.values(ui),
    ...[...Object.values(texts.categories), texts.unclassified].flatMap(({ name, description }) => [
      name,
      ...description,
    ]),
  ];

  it('are for that language', () => expect(texts.locale).toBe(locale));

  it('are complete, with no key too many', () => {
    expect(Object.keys(ui)).toEqual(textKeys);
    expect(Object.keys(texts.categories)).toEqual(['ESSENTIALS', 'STATISTICS', 'MARKETING']);
  });

  it('say something everywhere, without HTML and without stray spaces', () => {
    for (const text of all) {
      expect(text).toMatch(/^\S(.*\S)?$/);
      expect(text).not.toMatch(/[<>]|&\w+;| {2}/);
    }
  });

  it('have exactly the documented placeholders', () => {
    for (const [key, text] of Object.entries(ui))
      expect({ key, found: (text.match(/\{[^}]*\}?|\}/g) ?? []).sort() }).toEqual({
        key,
        found: placeholders[key as TextKey] ?? [],
      });
    expect(texts.categories).not.toMatchObject({ ESSENTIALS: { name: expect.stringMatching(/[{}]/) } });
    for (const { name, description } of Object.values(texts.categories))
      expect([name, ...description].join('')).not.toMatch(/[{}]/);
  });

  it('describe each category in at least two paragraphs', () => {
    for (const { description } of Object.values(texts.categories)) expect(description.length).toBeGreaterThanOrEqual(2);
  });

  it('have buttons that fit beside each other on a narrow screen, accept and reject of similar length', () => {
    const { acceptAll, rejectAll, openSettings } = ui;
    for (const label of [acceptAll, rejectAll, openSettings]) expect(label.length).toBeLessThanOrEqual(22);
    expect(Math.abs(acceptAll.length - rejectAll.length)).toBeLessThanOrEqual(4);
    expect(acceptAll).not.toBe(rejectAll);
  });

  it('fill no more than half of a small screen with the first layer', () => {
    expect(inOneLine(texts, locale).length).toBeLessThanOrEqual(260);
  });

  it('differ from English, apart from names', () => {
    if (locale === 'en') return;
    const english = builtInTexts('en').ui;
    for (const key of slimTextKeys) expect({ key, text: ui[key] }).not.toEqual({ key, text: english[key] });
  });
});

describe('the closest language', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE-ch', 'de'],
    ['pt-BR', 'pt-BR'],
    ['pt-PT', 'pt'],
    ['pt-AO', 'pt'],
    ['iw', 'he'],
    ['he-IL', 'he'],
    ['no', 'nb'],
    ['nn', 'nb'],
    ['nb-NO', 'nb'],
    ['ar-EG', 'ar'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-TW', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['zh-Hant-MO', 'zh-Hant'],
    ['yue', 'zh-Hant'],
    ['sw', 'en'],
    ['not a locale', 'en'],
    ['constructor', 'en'],
    ['', 'en'],
  ])('of %s is %s', (asked, found) => expect(builtInTexts(asked).locale).toBe(found));

  it.each([
    ['ar', 'rtl'],
    ['ar-EG', 'rtl'],
    ['he', 'rtl'],
    ['fa-IR', 'rtl'],
    ['ur', 'rtl'],
    ['az-Arab', 'rtl'],
    ['az', 'ltr'],
    ['ar-Latn', 'ltr'],
    ['ja', 'ltr'],
    ['de-AT', 'ltr'],
    ['not a locale', 'ltr'],
  ] as const)('of %s is written %s', (asked, dir) => expect(builtInTexts(asked).dir).toBe(dir));
});
