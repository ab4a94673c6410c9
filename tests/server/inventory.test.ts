import request from 'supertest';
import type { Editable, Inventory, ItemForm, PresetAdded, PresetSummary } from '../../contract';
import { TRACKING_ITEM_UID } from '../../server/src/constants';
import { editCatalogue, paragraph } from '../support/catalogue';
import { adminToken, adminTokenWith, startStrapi, type TestApp } from '../support/strapi';

let app: TestApp;
let token: string;
let edit: ReturnType<typeof editCatalogue>;
/** Document IDs by key. */
const ids: Record<string, string> = {};

const send = (method: 'get' | 'post' | 'put', path: string, body?: object, bearer = token) => {
  const call = request(app.server)[method](`/privacy-desk/inventory${path}`).set('Authorization', `Bearer ${bearer}`);
  return body ? call.send(body) : call;
};
const find = async (query = ''): Promise<Inventory> => (await send('get', query).expect(200)).body;
const keys = ({ items }: Inventory) => items.map(({ key }) => key);
const item = async (key: string): Promise<Editable<ItemForm>> =>
  (await send('get', `/items/${ids[key]}`).expect(200)).body;
const rows = (documentId: string) =>
  app.strapi.db.query(TRACKING_ITEM_UID).findMany({
    where: { documentId },
    populate: { category: { select: ['documentId'] } },
    orderBy: { locale: 'asc' },
  });

beforeAll(async () => {
  app = await startStrapi();
  edit = editCatalogue(app.strapi);
  token = await adminToken(app.strapi);
  await edit.addLocale('de');
  for (const { documentId, key } of (await find()).categories) ids[key] = documentId;
  ids.shop = await edit.site.create('shop', { name: 'Shop' });
  for (const key of ['alpha', 'beta', 'gamma', 'delta'])
    ids[key] = await edit.item.create(key, {
      name: `Service ${key}`,
      category: key === 'delta' ? null : ids.STATISTICS,
      provider: key === 'beta' ? 'Beta Inc.' : null,
      enabled: key !== 'gamma',
      storage: [{ name: `_${key}_id`, match: 'exact', kind: 'cookie', purpose: 'Counts.' }],
      ...(key === 'alpha' && { sites: [ids.shop] }),
    });
  await edit.item.update(
    ids.alpha!,
    { name: 'Dienst alpha', storage: [{ name: '_alpha_id', match: 'exact', kind: 'cookie', purpose: 'Zählt.' }] },
    'de',
  );
});
afterAll(() => app.stop());

describe('GET /privacy-desk/inventory', () => {
  it('lists categories and items in their order, with what is not translated', async () => {
    const inventory = await find();
    expect(inventory.categories.map(({ key, items }) => [key, items])).toEqual([
      ['ESSENTIALS', 0],
      ['STATISTICS', 3],
      ['MARKETING', 0],
    ]);
    expect(inventory).toMatchObject({ total: 4, unclassified: 1, count: 4, page: 1, pageSize: 50 });
    expect(keys(inventory)).toEqual(['alpha', 'beta', 'delta', 'gamma']);
    expect(inventory.items[0]).toEqual({
      documentId: ids.alpha,
      key: 'alpha',
      name: 'Service alpha',
      provider: null,
      category: ids.STATISTICS,
      sites: ['shop'],
      enabled: true,
      storageEntries: 1,
      missingLocales: [],
    });
    expect(inventory.items[1]!.missingLocales).toEqual(['de']);
  });

  it.each([
    ['?category=none', ['delta']],
    ['?state=disabled', ['gamma']],
    ['?missing=de', ['beta', 'delta', 'gamma']],
    ['?site=default', ['beta', 'delta', 'gamma']],
    ['?site=shop', ['alpha', 'beta', 'delta', 'gamma']],
    ['?search=BETA%20inc', ['beta']],
    ['?search=_gamma_', ['gamma']],
    ['?pageSize=2&page=2', ['delta', 'gamma']],
    ['?pageSize=3&page=9', ['gamma']],
  ])('%s', async (query, expected) => {
    expect(keys(await find(query))).toEqual(expected);
  });

  it.each([
    ['?page=0', 'page'],
    ['?state=on', 'state'],
    ['?category[$ne]=x', 'category'],
    ['?fields=*', 'fields'],
  ])('refuses %s', async (query, field) => {
    const { body } = await send('get', query).expect(400);
    expect(body.error.details.errors[0].path[0]).toBe(field);
  });
});

describe('permissions', () => {
  it('let readers read and nothing else', async () => {
    const reader = await adminTokenWith(app.strapi, ['plugin::privacy-desk.inventory.read']);
    await send('get', '', undefined, reader).expect(200);
    await send('get', `/items/${ids.alpha}`, undefined, reader).expect(200);
    await send('get', '/presets', undefined, reader).expect(200);
    for (const [method, path] of [
      ['post', '/bulk'],
      ['post', '/move'],
      ['post', '/items'],
      ['put', `/items/${ids.alpha}`],
      ['post', '/categories'],
      ['put', `/categories/${ids.STATISTICS}`],
      ['post', '/categories/order'],
      ['post', '/presets/matomo'],
    ] as const)
      await send(method, path, {}, reader).expect(403);
  });

  it('let others do nothing', async () => {
    const other = await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.read']);
    await send('get', '', undefined, other).expect(403);
    await request(app.server).get('/privacy-desk/inventory').expect(401);
  });
});

describe('editing', () => {
  it('saves facts for all languages and texts in one', async () => {
    const { version, locale, form } = await item('alpha');
    expect(locale).toBe('en');
    const { body } = await send('put', `/items/${ids.alpha}`, {
      version,
      form: { provider: 'Alpha Ltd.', description: paragraph('Counts visits.'), category: ids.MARKETING },
    }).expect(200);
    expect(body.form).toEqual({
      ...form,
      provider: 'Alpha Ltd.',
      description: paragraph('Counts visits.'),
      category: ids.MARKETING,
    });
    expect(await rows(ids.alpha!)).toEqual([
      expect.objectContaining({ locale: 'de', name: 'Dienst alpha', provider: 'Alpha Ltd.' }),
      expect.objectContaining({ locale: 'en', provider: 'Alpha Ltd.', category: expect.anything() }),
    ]);
    await send('put', `/items/${ids.alpha}`, { form: { category: ids.STATISTICS } }).expect(200);
  });

  it('refuses what the catalogue refuses, at its field, and saves nothing of it', async () => {
    const { form } = await item('beta');
    const { body } = await send('put', `/items/${ids.beta}`, {
      form: { provider: 'Gone', name: '', storage: [{ ...form.storage[0], kind: 'crumb' }] },
    }).expect(400);
    expect(body.error.details.errors.map(({ path }: { path: string[] }) => path.join('.'))).toEqual(
      expect.arrayContaining(['name', 'storage.0.kind']),
    );
    expect((await item('beta')).form).toEqual(form);
    await send('put', `/items/${ids.beta}`, { form: { category: ids.shop } }).expect(400);
    await send('put', `/items/${ids.beta}`, { form: { createdAt: '2020-01-01' } }).expect(400);
    await send('put', '/items/nothere', { form: { name: 'x' } }).expect(404);
  });

  it('does not overwrite what somebody else has saved meanwhile', async () => {
    const { version } = await item('beta');
    await send('put', `/items/${ids.beta}`, { version, form: { provider: 'First' } }).expect(200);
    const { body } = await send('put', `/items/${ids.beta}`, { version, form: { provider: 'Second' } }).expect(409);
    expect(body.error.details.current.provider).toBe('First');
    await send('put', `/items/${ids.beta}`, {
      version: body.error.details.version,
      form: { provider: 'Second' },
    }).expect(200);
    expect((await item('beta')).form.provider).toBe('Second');
  });

  it('lets only one of two saves at the same moment through', async () => {
    const { version } = await item('gamma');
    const save = (provider: string) => send('put', `/items/${ids.gamma}`, { version, form: { provider } });
    const answers = await Promise.all([save('One'), save('Two')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('creates items and categories', async () => {
    const { body } = await send('post', '/items', { form: { key: 'new-one', name: 'New one' } }).expect(201);
    expect(body.form).toMatchObject({ key: 'new-one', enabled: true, category: null });
    await send('post', '/items', { form: { key: 'new-one', name: 'Again' } }).expect(400);
    await edit.item.remove(body.documentId, '*');
    const category = await send('post', '/categories', { form: { key: 'COMFORT', name: 'Comfort', mode: 'opt-in' } });
    expect(category.status).toBe(201);
    const { body: saved } = await send('put', `/categories/${category.body.documentId}`, {
      version: category.body.version,
      form: { name: 'More comfort' },
    }).expect(200);
    expect(saved.form.name).toBe('More comfort');
    await edit.category.remove(category.body.documentId, '*');
  });
});

describe('moving', () => {
  const move = (body: object) => send('post', '/move', body);
  const inStatistics = async () => keys(await find(`?category=${ids.STATISTICS}`));

  it('orders the items of a category', async () => {
    await move({ items: [ids.gamma], category: ids.STATISTICS, before: ids.alpha }).expect(200);
    expect(await inStatistics()).toEqual(['gamma', 'alpha', 'beta']);
    await move({ items: [ids.gamma, ids.alpha], category: ids.STATISTICS, before: null }).expect(200);
    expect(await inStatistics()).toEqual(['beta', 'gamma', 'alpha']);
    await move({ items: [ids.alpha], category: ids.STATISTICS, before: ids.gamma }).expect(200);
    expect(await inStatistics()).toEqual(['beta', 'alpha', 'gamma']);
  });

  it('puts items into another category, in every language', async () => {
    await move({ items: [ids.delta], category: ids.STATISTICS, before: ids.beta }).expect(200);
    expect(await inStatistics()).toEqual(['delta', 'beta', 'alpha', 'gamma']);
    await move({ items: [ids.alpha], category: ids.MARKETING }).expect(200);
    const categories = (await rows(ids.alpha!)).map(({ category }) => category?.documentId);
    expect(categories).toEqual([ids.MARKETING, ids.MARKETING]);
    await move({ items: [ids.alpha, ids.delta], category: null }).expect(200);
    expect(keys(await find('?category=none'))).toEqual(['alpha', 'delta'].sort());
  });

  it('refuses a category that is not there, and lists that are empty or too long', async () => {
    await move({ items: [ids.alpha], category: ids.shop }).expect(400);
    await move({ items: [], category: null }).expect(400);
    await move({ items: Array(201).fill(ids.alpha), category: null }).expect(400);
    await move({ items: [ids.alpha] }).expect(400);
  });

  it('orders categories', async () => {
    const order = [ids.MARKETING, ids.ESSENTIALS, ids.STATISTICS];
    await send('post', '/categories/order', { categories: order }).expect(204);
    expect((await find()).categories.map(({ documentId }) => documentId)).toEqual(order);
  });
});

describe('bulk actions', () => {
  it('enable, disable and delete', async () => {
    const change = (items: (string | undefined)[], action: string) => send('post', '/bulk', { items, action });
    expect((await change([ids.beta, ids.gamma], 'disable').expect(200)).body).toEqual({ changed: 2 });
    expect(keys(await find('?state=disabled')).sort()).toEqual(['beta', 'gamma']);
    await change([ids.beta], 'enable').expect(200);
    expect((await item('beta')).form.enabled).toBe(true);
    expect((await change([ids.gamma, 'gonealready'], 'delete').expect(200)).body).toEqual({ changed: 1 });
    expect(await rows(ids.gamma!)).toEqual([]);
    await change([ids.beta], 'burn').expect(400);
  });
});

describe('presets', () => {
  it('are offered with what is known of them', async () => {
    const { body } = await send('get', '/presets?language=de-AT').expect(200);
    const presets = body.presets as PresetSummary[];
    expect(presets.length).toBeGreaterThanOrEqual(60);
    const analytics = presets.find(({ key }) => key === 'google-analytics-4')!;
    expect(analytics).toMatchObject({ category: 'STATISTICS', added: null, provider: { country: 'IE' } });
    expect(analytics.purpose).toMatch(/^Misst/);
    await send('get', '/presets?language=..').expect(400);
  });

  it('are added with one request, in all languages', async () => {
    await edit.addLocale('ja');
    const { body } = await send('post', '/presets/google-analytics-4').expect(201);
    const added = body as PresetAdded;
    expect(added).toMatchObject({ name: 'Google Analytics 4', storageEntries: 2, locales: ['en', 'de'] });
    expect(added.category).not.toBeNull();
    const [german, english, japanese] = await rows(added.documentId);
    expect(english).toMatchObject({ locale: 'en', provider: 'Google Ireland Limited', enabled: true });
    expect(english.category.documentId).toBe(ids.STATISTICS);
    expect(german.category.documentId).toBe(ids.STATISTICS);
    expect(german.storage.map(({ id, purpose }: { id: string; purpose: string }) => [id, purpose])).toEqual([
      [english.storage[0].id, expect.stringMatching(/^Erkennt/)],
      [english.storage[1].id, expect.stringMatching(/^Hält/)],
    ]);
    // The library does not speak Japanese: visitors are told in English, and translators see what is missing.
    expect(japanese.description ?? []).toEqual([]);
    expect((await find('?missing=ja&search=google')).items.map(({ key }) => key)).toEqual(['google-analytics-4']);
  });

  it('are not added twice', async () => {
    const { body } = await send('post', '/presets/google-analytics-4').expect(409);
    expect(body.error.message).toBe('“Google Analytics 4” is already in the inventory');
    expect(body.error.details.documentId).toEqual(expect.any(String));
    await send('post', '/presets/no-such-service').expect(404);
    const answers = await Promise.all([send('post', '/presets/matomo'), send('post', '/presets/matomo')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await find('?search=matomo')).count).toBe(1);
  });

  it('wait among the unclassified where their category is gone', async () => {
    await edit.category.remove(ids.MARKETING!, '*');
    const { body } = await send('post', '/presets/meta-pixel').expect(201);
    expect(body.category).toBeNull();
    expect(keys(await find('?category=none'))).toContain('meta-pixel');
  });
});
