import { CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID } from '../../server/src/constants';
import { contentManager, type ContentManager } from '../support/content-manager';
import { startStrapi, type TestApp } from '../support/strapi';

let app: TestApp;
let editor: ContentManager;
beforeAll(async () => {
  app = await startStrapi();
  editor = await contentManager(app);
  for (const code of ['de', 'fr', 'tr']) await editor.addLocale(code);
});
afterAll(() => app?.stop());

interface Storage {
  id: string;
  name: string;
  purpose?: string;
}

/** An item in a language, with its relations as keys. */
const item = async (documentId: string, locale: string) => {
  const found = await app.strapi
    .documents(TRACKING_ITEM_UID)
    .findOne({ documentId, locale, populate: { category: true, sites: true } });
  return {
    key: found?.key,
    enabled: found?.enabled,
    storage: (found?.storage ?? []) as unknown as Storage[],
    category: found?.category?.key ?? null,
    sites: (found?.sites ?? []).map(({ key }) => key).sort(),
  };
};

const createItem = async (key: string, data: object = {}): Promise<string> => {
  const { body } = await editor.create('tracking-item', { key, name: key, ...data });
  return body.data.documentId;
};

const createEntry = async (
  uid: typeof CATEGORY_UID | typeof SITE_UID,
  key: string,
  locales: string[],
): Promise<string> => {
  const { documentId } = await app.strapi.documents(uid).create({ data: { key, name: key }, locale: locales[0] });
  for (const locale of locales.slice(1))
    await app.strapi.documents(uid).update({ documentId, locale, data: { name: `${key} ${locale}` } });
  return documentId;
};

const nothing = { connect: [], disconnect: [] };
const cookie = (name: string, purpose?: string) => ({
  name,
  match: 'exact',
  kind: 'cookie',
  ...(purpose && { purpose }),
});

describe('storage entries', () => {
  it('get a row id each, and a translation begins with the same facts', async () => {
    const documentId = await createItem('facts', { storage: [cookie('_ga', 'Counts visits'), cookie('_gid')] });
    await editor.update('tracking-item', documentId, { name: 'Fakten' }, 'de');
    const [en, de] = [await item(documentId, 'en'), await item(documentId, 'de')];
    expect(en.storage).toEqual([
      { ...cookie('_ga', 'Counts visits'), id: expect.any(String) },
      { ...cookie('_gid'), id: expect.any(String) },
    ]);
    expect(en.storage[0]!.id).not.toBe(en.storage[1]!.id);
    expect(de.storage).toEqual(en.storage.map(({ purpose: _, ...facts }) => facts));
    expect(de.key).toBe('facts');
  });

  it('are changed, added, removed and moved in all languages at once, and keep each language’s purposes', async () => {
    const documentId = await createItem('shared', { storage: [cookie('a', 'A'), cookie('b', 'B')] });
    const [a, b] = (await item(documentId, 'en')).storage as [Storage, Storage];
    await editor.update(
      'tracking-item',
      documentId,
      {
        name: 'Geteilt',
        storage: [
          { ...a, purpose: 'A de' },
          { ...b, purpose: 'B de' },
        ],
      },
      'de',
    );
    expect((await item(documentId, 'en')).storage).toEqual([a, b]);

    await editor.update(
      'tracking-item',
      documentId,
      { storage: [cookie('c', 'C de'), { ...b, purpose: 'B neu', lifetime: 60 }] },
      'de',
    );
    const [en, de] = [await item(documentId, 'en'), await item(documentId, 'de')];
    expect(de.storage.map(({ name, purpose }) => [name, purpose])).toEqual([
      ['c', 'C de'],
      ['b', 'B neu'],
    ]);
    expect(en.storage).toEqual([
      { ...cookie('c'), id: de.storage[0]!.id },
      { ...b, lifetime: 60, purpose: 'B' },
    ]);

    await editor.update('tracking-item', documentId, { storage: [] }, 'en');
    expect((await item(documentId, 'de')).storage).toEqual([]);
  });

  it('of a new translation do not delete those that it does not mention', async () => {
    const documentId = await createItem('partly', { storage: [cookie('a', 'A'), cookie('b', 'B')] });
    await editor.update('tracking-item', documentId, { name: 'Teils', storage: [cookie('b', 'B de')] }, 'de');
    const [en, de] = [await item(documentId, 'en'), await item(documentId, 'de')];
    expect(de.storage.map(({ name, purpose }) => [name, purpose])).toEqual([
      ['b', 'B de'],
      ['a', undefined],
    ]);
    expect(en.storage.map(({ name, purpose }) => [name, purpose])).toEqual([
      ['b', 'B'],
      ['a', 'A'],
    ]);
    expect(en.storage.map(({ id }) => id)).toEqual(de.storage.map(({ id }) => id));
  });

  it('that a script saves again without ids stay the same rows', async () => {
    const documentId = await createItem('script', { storage: [cookie('a'), cookie('b')] });
    const before = (await item(documentId, 'en')).storage;
    await app.strapi
      .documents(TRACKING_ITEM_UID)
      .update({ documentId, data: { storage: [cookie('b', 'B'), cookie('a')] } });
    expect((await item(documentId, 'en')).storage.map(({ id }) => id)).toEqual([before[1]!.id, before[0]!.id]);
  });

  it('are not touched by a save that does not speak of them', async () => {
    const documentId = await createItem('silent', { storage: [cookie('a', 'A')] });
    const before = await item(documentId, 'en');
    await editor.update('tracking-item', documentId, { name: 'Other' });
    expect(await item(documentId, 'en')).toEqual(before);
  });

  it('are in no language if they are refused in one', async () => {
    const documentId = await createItem('refused', { storage: [cookie('a', 'A')] });
    await editor.update('tracking-item', documentId, { name: 'Abgelehnt' }, 'de');
    const before = [await item(documentId, 'en'), await item(documentId, 'de')];
    // The other language cannot be written: the save must not go through alone.
    const stop = app.strapi.db.lifecycles.subscribe({
      models: [TRACKING_ITEM_UID],
      beforeUpdate: async ({ params }) => {
        const row = await app.strapi.db.query(TRACKING_ITEM_UID).findOne({ where: params.where });
        if (row.locale === 'de') throw new Error('The disk is full');
      },
    });
    const { status } = await editor.update('tracking-item', documentId, { storage: [cookie('b')] });
    stop();
    expect(status).toBe(500);
    expect([await item(documentId, 'en'), await item(documentId, 'de')]).toEqual(before);
  });
});

describe('an item’s category and sites', () => {
  it('are those of the other languages when a language is added, as far as they exist there', async () => {
    const category = await createEntry(CATEGORY_UID, 'IN_GERMAN', ['en', 'de']);
    const sites = [await createEntry(SITE_UID, 'both', ['en', 'de']), await createEntry(SITE_UID, 'english', ['en'])];
    const documentId = await createItem('related', { category, sites });
    for (const locale of ['de', 'tr'])
      expect(
        (await editor.update('tracking-item', documentId, { name: 'x', category: nothing, sites: nothing }, locale))
          .status,
      ).toBe(200);
    expect(await item(documentId, 'de')).toMatchObject({ category: 'IN_GERMAN', sites: ['both'] });
    expect(await item(documentId, 'tr')).toMatchObject({ category: null, sites: [] });
    expect(await item(documentId, 'en')).toMatchObject({ category: 'IN_GERMAN', sites: ['both', 'english'] });
  });

  it('come when the category and the sites get the language after the item', async () => {
    const category = await createEntry(CATEGORY_UID, 'LATE', ['en']);
    const sites = [await createEntry(SITE_UID, 'late-1', ['en']), await createEntry(SITE_UID, 'late-2', ['en'])];
    const documentId = await createItem('early', { category, sites });
    await createItem('unrelated');
    await editor.update('tracking-item', documentId, { name: 'Früh' }, 'de');
    expect(await item(documentId, 'de')).toMatchObject({ category: null, sites: [] });
    await editor.update('category', category, { name: 'Spät' }, 'de');
    for (const site of sites) await editor.update('site', site, { name: 'Spät' }, 'de');
    expect(await item(documentId, 'de')).toMatchObject({ category: 'LATE', sites: ['late-1', 'late-2'] });
  });

  it('change in all languages at once', async () => {
    const [one, two] = [
      await createEntry(CATEGORY_UID, 'ONE', ['en', 'de']),
      await createEntry(CATEGORY_UID, 'TWO', ['en', 'de']),
    ];
    const [first, second, third] = [
      await createEntry(SITE_UID, 'first', ['en', 'de']),
      await createEntry(SITE_UID, 'second', ['en', 'de']),
      await createEntry(SITE_UID, 'third', ['en']),
    ];
    const documentId = await createItem('moving', { category: one, sites: [first, third] });
    await editor.update('tracking-item', documentId, { name: 'Umzug' }, 'de');

    const relations = {
      category: { connect: [{ documentId: two }], disconnect: [{ documentId: one }] },
      sites: { connect: [{ documentId: second }], disconnect: [{ documentId: first }] },
    };
    expect((await editor.update('tracking-item', documentId, relations, 'de')).status).toBe(200);
    expect(await item(documentId, 'de')).toMatchObject({ category: 'TWO', sites: ['second'] });
    expect(await item(documentId, 'en')).toMatchObject({ category: 'TWO', sites: ['second', 'third'] });

    await editor.update('tracking-item', documentId, { category: { connect: [], disconnect: [{ documentId: two }] } });
    expect(await item(documentId, 'de')).toMatchObject({ category: null, sites: ['second'] });
  });

  it('are left alone by a save that does not change them', async () => {
    const category = await createEntry(CATEGORY_UID, 'ENGLISH_ONLY', ['en']);
    const documentId = await createItem('steady', { category });
    await editor.update('tracking-item', documentId, { name: 'Fest' }, 'de');
    await editor.update('tracking-item', documentId, { name: 'Fester', category: nothing, sites: nothing }, 'de');
    expect(await item(documentId, 'en')).toMatchObject({ category: 'ENGLISH_ONLY' });
    expect(await item(documentId, 'de')).toMatchObject({ category: null });
  });

  it('are lost with the category, and the item is kept', async () => {
    const category = await createEntry(CATEGORY_UID, 'GOING', ['en', 'de']);
    const documentId = await createItem('staying', { category });
    await editor.update('tracking-item', documentId, { name: 'Bleibt' }, 'de');
    await editor.remove('category', category);
    for (const locale of ['en', 'de'])
      expect(await item(documentId, locale)).toMatchObject({ key: 'staying', category: null });
  });
});

it('shares every other fact between languages', async () => {
  const documentId = await createItem('order', { order: 7, enabled: false, provider: 'Someone' });
  await editor.update('tracking-item', documentId, { name: 'Reihenfolge' }, 'de');
  expect(await item(documentId, 'de')).toMatchObject({ key: 'order', enabled: false });
  await editor.update('tracking-item', documentId, { enabled: true }, 'de');
  expect(await item(documentId, 'en')).toMatchObject({ enabled: true });
});
