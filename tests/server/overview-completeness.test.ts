import { completenessOf, type LocaleRow } from '../../server/src/overview/completeness';

const text = (words: string) => [{ type: 'paragraph', children: [{ type: 'text', text: words }] }];
const row = (locale: string, more: Partial<LocaleRow> = {}): LocaleRow => ({ documentId: 'd', locale, ...more });

describe('completeness of a document', () => {
  it('counts the texts that the first row has, and in which languages they are', () => {
    const english = row('en', {
      name: 'Analytics',
      description: text('Counts visits.'),
      storage: [{ id: 'a', purpose: 'Tells visitors apart.' }, { id: 'b' }],
    });
    const german = row('de', { name: 'Analyse', storage: [{ id: 'a', purpose: 'Unterscheidet Besucher.' }] });
    expect(completenessOf([english, german], ['en', 'de', 'fr'])).toEqual({
      total: 3,
      translated: { en: 3, de: 2, fr: 0 },
      missingLocales: ['de', 'fr'],
    });
  });

  it('takes the words of the language for those of its regions, but not the other way round', () => {
    const rows = [row('en', { name: 'Shop' }), row('de', { name: 'Laden' }), row('pt-BR', { name: 'Loja' })];
    expect(completenessOf(rows, ['en', 'de', 'de-CH', 'pt', 'pt-BR']).missingLocales).toEqual(['pt']);
  });

  it('takes blank text and empty blocks for no text', () => {
    const rows = [
      row('en', { name: 'Shop', description: text('Sells.') }),
      row('de', { name: '  ', description: text(' ') }),
    ];
    expect(completenessOf(rows, ['en', 'de']).translated).toEqual({ en: 2, de: 0 });
  });

  it.each([['{oops'], [{}], [[null, 1, 'a']]])('takes storage that is no list of rows for none: %j', (storage) => {
    expect(completenessOf([row('en', { name: 'Shop', storage })], ['en']).total).toBe(1);
  });
});
