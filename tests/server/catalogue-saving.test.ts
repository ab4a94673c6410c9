import request from 'supertest';
import { isUniqueViolation } from '../../server/src/database/conflict';
import { CATALOGUE_UIDS, CATEGORY_UID, TRACKING_ITEM_UID } from '../../server/src/constants';
import { getService } from '../../server/src/get-service';
import { contentManager, type ContentManager } from '../support/content-manager';
import { startStrapi, type TestApp } from '../support/strapi';

let app: TestApp;
let editor: ContentManager;
beforeAll(async () => {
  app = await startStrapi();
  editor = await contentManager(app);
  await editor.addLocale('de');
});
afterAll(() => app?.stop());

const count = async (uid: string): Promise<number> => app.strapi.db.query(uid).count();

/** The fields at which the Content Manager would show a message. */
const refusedAt = (response: { status: number; body: { error?: { name: string; details: unknown } } }): string[] => {
  expect(response.body.error?.name).toBe('ValidationError');
  expect(response.status).toBe(400);
  const { errors } = response.body.error!.details as { errors: { path: string[]; message: string; name: string }[] };
  for (const error of errors) expect(error.message).toEqual(expect.any(String));
  return errors.map(({ path }) => path.join('.'));
};

const javascriptLink = [
  {
    type: 'paragraph',
    children: [{ type: 'link', url: 'javascript:alert(1)', children: [{ type: 'text', text: 'x' }] }],
  },
];

describe('a save in the Content Manager that breaks a rule', () => {
  it.each([
    ['category', { key: 'malformed' }, 'key'],
    ['category', { key: 'STATISTICS' }, 'key'],
    ['category', { key: 'UNCLASSIFIED' }, 'key'],
    ['category', { mode: 'sometimes' }, 'mode'],
    ['category', { description: javascriptLink }, 'description'],
    ['category', { name: '' }, 'name'],
    ['category', { name: undefined }, 'name'],
    ['category', { key: undefined }, 'key'],
    ['tracking-item', { key: 'Not A Key' }, 'key'],
    ['tracking-item', { storage: [{ kind: 'cookie' }] }, 'storage.0.name'],
    [
      'tracking-item',
      {
        storage: [
          { name: 'a', kind: 'cookie' },
          { name: 'b', kind: 'x' },
        ],
      },
      'storage.1.kind',
    ],
    ['tracking-item', { storage: [{ name: '([', kind: 'cookie', match: 'pattern' }] }, 'storage.0.name'],
    ['tracking-item', { storage: 'no JSON' }, 'storage'],
    ['tracking-item', { providerPolicyUrl: 'javascript:alert(1)' }, 'providerPolicyUrl'],
    ['site', { key: 'default' }, 'key'],
    ['site', { origins: ['https://example.com/path'] }, 'origins'],
    ['site', { theme: { tokens: { accent: 'red;}' } } }, 'theme'],
    ['site', { choiceLifetimeDays: 4000 }, 'choiceLifetimeDays'],
    ['site', { cookieName: 'a b' }, 'cookieName'],
    ['site', { regime: 'none' }, 'regime'],
    ['site', { signals: { googel: true } }, 'signals'],
    ['site', { signals: '{"google": ' }, 'signals'],
    ['category', { signals: ['ad_store'] }, 'signals'],
    ['tracking-item', { signals: ['facebook'] }, 'signals'],
  ] as const)('is refused at the field: %s %j', async (type, change, field) => {
    const uid = `plugin::privacy-desk.${type}`;
    const before = await count(uid);
    const key = type === 'category' ? 'FINE' : 'fine';
    const response = await editor.create(type, { key, name: 'Fine', ...change });
    expect(refusedAt(response)).toEqual([field]);
    expect(await count(uid)).toBe(before);
  });

  it('is told all at once', async () => {
    const response = await editor.create('category', { key: 'x', name: 'X', mode: 'y', description: javascriptLink });
    expect(refusedAt(response).sort()).toEqual(['description', 'key', 'mode']);
  });

  it('changes nothing of an entry', async () => {
    const created = await editor.create('tracking-item', {
      key: 'whole',
      name: 'Whole',
      storage: [{ name: 'a', kind: 'cookie' }],
    });
    const { documentId } = created.body.data;
    const response = await editor.update('tracking-item', documentId, {
      name: 'Half',
      provider: 'Someone',
      storage: [{ name: '', kind: 'cookie' }],
    });
    expect(refusedAt(response)).toEqual(['storage.0.name']);
    const { body } = await editor.read('tracking-item', documentId);
    expect(body.data).toMatchObject({ name: 'Whole', provider: null, storage: [{ name: 'a' }] });
  });

  it('is refused for scripts and requests without an editor, too', async () => {
    const save = app.strapi.documents(CATEGORY_UID).create({ data: { key: 'bad', name: 'Bad', mode: 'opt-in' } });
    await expect(save).rejects.toMatchObject({ name: 'ValidationError', details: { errors: [{ path: ['key'] }] } });
  });
});

describe('a key', () => {
  it('is taken when another entry has it in any language', async () => {
    await app.strapi
      .documents(CATEGORY_UID)
      .create({ data: { key: 'GERMAN', name: 'Nur deutsch', mode: 'opt-in' }, locale: 'de' });
    const response = await editor.create('category', { key: 'GERMAN', name: 'Too' });
    expect(refusedAt(response)).toEqual(['key']);
  });

  it('is fixed once published, in every language, and free before', async () => {
    const { body } = await editor.create('category', { key: 'OWN', name: 'Own' });
    const { documentId } = body.data;
    const keys = getService('keys', app);
    keys.useIsPublished(async (uid, key) => uid === CATEGORY_UID && key === 'OWN');
    expect(refusedAt(await editor.update('category', documentId, { key: 'OTHER' }))).toEqual(['key']);
    expect(refusedAt(await editor.update('category', documentId, { key: 'OTHER', name: 'Eigene' }, 'de'))).toEqual([
      'key',
    ]);
    expect((await editor.update('category', documentId, { key: 'OWN', name: 'Renamed' })).status).toBe(200);
    keys.useIsPublished(async () => false);
    expect((await editor.update('category', documentId, { key: 'OTHER' })).status).toBe(200);
  });

  it('is not cloned', async () => {
    const { body } = await editor.create('tracking-item', { key: 'original', name: 'Original' });
    const { documentId } = body.data;
    expect(refusedAt(await editor.clone('tracking-item', documentId, { name: 'Copy' }))).toEqual(['key']);
    expect((await editor.clone('tracking-item', documentId, { key: 'copy', name: 'Copy' })).status).toBe(200);
  });

  it('goes to one of two that ask at the same moment, and the other is told', async () => {
    const saves = await Promise.all(
      [1, 2, 3, 4].map((n) => editor.create('category', { key: 'RACE', name: `No. ${n}` })),
    );
    expect(saves.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400]);
    for (const save of saves.filter(({ status }) => status === 400)) expect(refusedAt(save)).toEqual(['key']);
    expect(await app.strapi.db.query(CATEGORY_UID).count({ where: { key: 'RACE' } })).toBe(1);
  });

  it('is unique in the database, whatever goes past us', async () => {
    const row = { key: 'STATISTICS', name: 'Again', locale: 'en', documentId: 'x', mode: 'opt-in' };
    const save = app.strapi.db.query(CATEGORY_UID).create({ data: row });
    expect(await save.then(() => 'saved', isUniqueViolation)).toBe(true);
  });
});

it('keeps the essentials required', async () => {
  const essentials = await app.strapi.documents(CATEGORY_UID).findFirst({ filters: { key: 'ESSENTIALS' } });
  const response = await editor.update('category', essentials!.documentId, { mode: 'opt-in' });
  expect(refusedAt(response)).toEqual(['mode']);
});

it('saves nothing of several saves of which one is refused', async () => {
  const before = await count(TRACKING_ITEM_UID);
  const items = app.strapi.documents(TRACKING_ITEM_UID);
  const saves = app.strapi.db.transaction(async () => {
    await items.create({ data: { key: 'bulk-1', name: 'One' } });
    await items.create({ data: { key: 'bulk 2', name: 'Two' } });
  });
  await expect(saves).rejects.toMatchObject({ name: 'ValidationError' });
  expect(await count(TRACKING_ITEM_UID)).toBe(before);
});

describe('Strapi around our types', () => {
  it('shows labels, hints and columns in the Content Manager', async () => {
    const { body } = await editor.get(
      '/content-manager/content-types/plugin::privacy-desk.tracking-item/configuration',
    );
    const { layouts, metadatas, settings } = body.data.contentType;
    expect(layouts.list).toEqual(['name', 'category', 'provider', 'enabled']);
    expect(metadatas.storage.edit).toMatchObject({
      label: 'What it stores',
      description: expect.stringMatching(/./),
    });
    expect(metadatas.category.edit.mainField).toBe('name');
    expect(settings).toMatchObject({ mainField: 'name', defaultSortBy: 'order' });
  });

  it('has no REST of its own for them', async () => {
    for (const path of ['categories', 'tracking-items', 'sites', 'category'])
      for (const prefix of ['/api/', '/api/privacy-desk/'])
        await request(app.server).get(`${prefix}${path}`).expect(404);
  });

  it('knows our permissions', () => {
    const { actionProvider } = app.strapi.service('admin::permission');
    for (const action of ['overview.read', 'overview.ask-again'])
      expect(actionProvider.get(`plugin::privacy-desk.${action}`)).toMatchObject({ section: 'plugins' });
  });

  it('has them localized, without drafts, every field of them said to be shared or not', () => {
    for (const uid of CATALOGUE_UIDS) {
      const { options, pluginOptions, attributes } = app.strapi.contentType(uid);
      expect({ options, pluginOptions }).toMatchObject({
        options: { draftAndPublish: false },
        pluginOptions: { i18n: { localized: true } },
      });
      const technical = ['createdAt', 'updatedAt', 'publishedAt', 'createdBy', 'updatedBy', 'locale', 'localizations'];
      for (const [name, attribute] of Object.entries(attributes).filter(([name]) => !technical.includes(name)))
        expect([name, attribute.pluginOptions]).toEqual([name, { i18n: { localized: expect.any(Boolean) } }]);
    }
  });
});
