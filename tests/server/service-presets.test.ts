import fs from 'node:fs';
import path from 'node:path';
import { paragraphs } from '../../contract';
import { catalogueProblems } from '../../server/src/catalogue/validation';
import { TRACKING_ITEM_UID } from '../../server/src/constants';
import { findServicePreset, presetTextIn, servicePresets } from '../../server/src/presets';
import { servicePreset } from '../../server/src/presets/schema';

const folder = path.resolve(__dirname, '../../server/src/presets/services');
const presets = servicePresets();

describe('the library of services', () => {
  it('has every file of its folder, each under its own key', () => {
    const files = fs.readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
    expect(presets.map(({ key }) => key).sort()).toEqual(files.sort());
  });

  it('is sorted by name, and no name is there twice', () => {
    const names = presets.map(({ name }) => name);
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('finds a service by its key', () => {
    expect(findServicePreset('youtube')).toMatchObject({ name: 'YouTube', provider: { country: 'IE' } });
    expect(findServicePreset('constructor')).toBeUndefined();
  });
});

describe.each(presets.map((preset) => [preset.key, preset] as const))('%s', (key, preset) => {
  it.each(['en', 'de'])('makes a tracking item that can be saved, in %s', (locale) => {
    const item = {
      key,
      name: preset.name,
      description: paragraphs(presetTextIn(preset.purpose, locale).text),
      provider: preset.provider?.name,
      providerPolicyUrl: preset.provider?.privacyPolicyUrl,
      storage: preset.storage.map((entry, index) => ({
        ...entry,
        id: `row-${index}`,
        purpose: presetTextIn(entry.purpose, locale).text,
      })),
    };
    expect(catalogueProblems(TRACKING_ITEM_UID, item)).toEqual([]);
  });

  it('says something in every language, without HTML, and not the same in English and German', () => {
    for (const text of [preset.purpose, preset.note, ...preset.storage.map(({ purpose }) => purpose)]) {
      if (!text) continue;
      for (const words of Object.values(text)) {
        expect(words).toMatch(/^\S(.*\S)?[.!]$/);
        expect(words).not.toMatch(/[<>]|&\w+;| {2}/);
      }
      expect(text.de).not.toBe(text.en);
    }
  });

  it('comes from a country that there is, with sources that are encrypted', () => {
    const { country } = preset.provider ?? { country: 'DE' };
    expect(new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(country)).toBeDefined();
    for (const url of [...preset.sources, preset.provider?.privacyPolicyUrl ?? 'https:'])
      expect(url).toMatch(/^https:/);
  });

  it('is not frame and necessary at once, and listens to Google only under its own category', () => {
    if (preset.embeds.length > 0) expect(preset.category).not.toBe('ESSENTIALS');
    if (preset.googleConsentTypes.some((type) => type.startsWith('ad_'))) expect(preset.category).toBe('MARKETING');
  });
});

describe('the schema of a service', () => {
  const valid = structuredClone(findServicePreset('google-analytics-4')!);
  const refusal = (change: object): string[] =>
    servicePreset.safeParse({ ...valid, ...change }).error?.issues.map(({ path }) => path.join('.')) ?? [];

  it('accepts what it is made for', () => expect(refusal({})).toEqual([]));

  it.each([
    ['key', { key: 'Google Analytics' }],
    ['area', { area: 'tracking' }],
    ['category', { category: 'UNCLASSIFIED' }],
    ['purpose.de', { purpose: { en: 'Only English' } }],
    ['purpose.fr', { purpose: { ...valid.purpose, fr: ' ' } }],
    ['provider.country', { provider: { ...valid.provider, country: 'Ireland' } }],
    ['provider.privacyPolicyUrl', { provider: { ...valid.provider, privacyPolicyUrl: 'google.com' } }],
    ['storage.0.kind', { storage: [{ ...valid.storage[0], kind: 'cookies' }] }],
    ['storage.0.lifetime', { storage: [{ ...valid.storage[0], lifetime: 0 }] }],
    ['googleConsentTypes.0', { googleConsentTypes: ['ads'] }],
    ['hosts.0', { hosts: ['https://www.google.com'] }],
    ['hosts.0', { hosts: ['www.*.com'] }],
    ['embeds.0', { embeds: ['www.youtube.com/embed/*'] }],
    ['sources', { sources: [] }],
    ['', { colour: 'red' }],
  ])('complains about %s', (field, change) => expect(refusal(change)).toEqual([field]));
});

describe('a text of a preset', () => {
  const text = { en: 'Counts visits.', de: 'Zählt Besuche.', 'pt-BR': 'Conta visitas.' };

  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['pt', 'pt-BR'],
    ['fr', 'en'],
  ])('for %s is the one in %s', (locale, language) =>
    expect(presetTextIn(text, locale)).toEqual({ language, text: text[language as keyof typeof text] }),
  );
});
