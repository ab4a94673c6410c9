import request from 'supertest';
import type { Overview } from '../../contract';
import { adminToken, adminTokenWith, startStrapi, type TestApp } from '../support/strapi';

let app: TestApp;
let token: string;

const category = 'plugin::privacy-desk.category';
const trackingItem = 'plugin::privacy-desk.tracking-item';

const get = (path: string, bearer?: string) =>
  request(app.server)
    .get(path)
    .set(bearer ? { Authorization: `Bearer ${bearer}` } : {});
const post = (path: string, bearer?: string) =>
  request(app.server)
    .post(path)
    .set(bearer ? { Authorization: `Bearer ${bearer}` } : {});
const overview = async (): Promise<Overview> => (await get('/privacy-desk/overview', token).expect(200)).body;
const publish = () => app.strapi.plugin('privacy-desk').service('publishing').refresh();

beforeAll(async () => {
  app = await startStrapi();
  await app.strapi.plugin('i18n').service('locales').create({ code: 'de', name: 'German (de)' });
  token = await adminToken(app.strapi);
  const statistics = await app.strapi.documents(category).findFirst({ filters: { key: 'STATISTICS' } });
  const { documentId } = await app.strapi.documents(trackingItem).create({
    data: {
      key: 'google-analytics-4',
      name: 'Google Analytics 4',
      description: [{ type: 'paragraph', children: [{ type: 'text', text: 'Counts visits.' }] }],
      category: statistics!.documentId,
      provider: 'Google Ireland Limited',
      storage: [
        { id: 'a', name: '_ga', match: 'exact', kind: 'cookie', purpose: 'Tells visitors apart.' },
        { id: 'b', name: '_ga_', match: 'prefix', kind: 'cookie', purpose: 'Keeps the state of a visit.' },
      ],
    },
  });
  await app.strapi.documents(trackingItem).update({ documentId, locale: 'de', data: { name: 'Google Analytics 4' } });
  await app.strapi.documents(trackingItem).create({ data: { key: 'old-chat', name: 'Old chat', enabled: false } });
  await publish();
});
afterAll(() => app.stop());

describe('GET /privacy-desk/overview', () => {
  it('asks for a login', async () => {
    await get('/privacy-desk/overview').expect(401);
  });

  it('is refused to a role without the permission', async () => {
    await get('/privacy-desk/overview', await adminTokenWith(app.strapi, [])).expect(403);
  });

  it('shows what is live and what is in the catalogue', async () => {
    const { site, sites, publishing, categories, items } = await overview();
    expect(site).toMatchObject({ key: 'default', regime: 'as-configured' });
    expect(sites.map(({ key }) => key)).toEqual(['default']);
    expect(publishing).toMatchObject({ status: 'live', version: expect.any(String), problems: [] });
    expect(new Date(publishing.publishedAt!).getTime()).toBeLessThanOrEqual(Date.now());
    expect(categories.map(({ key, mode, revision, items }) => [key, mode, revision, items])).toEqual([
      ['ESSENTIALS', 'required', 1, 0],
      ['STATISTICS', 'opt-out', expect.any(Number), 1],
      ['MARKETING', 'opt-in', 1, 0],
    ]);
    expect(items).toEqual([
      expect.objectContaining({
        key: 'google-analytics-4',
        categoryKey: 'STATISTICS',
        provider: 'Google Ireland Limited',
        storageEntries: 2,
        enabled: true,
        missingLocales: ['de'],
      }),
      expect.objectContaining({ key: 'old-chat', categoryKey: null, storageEntries: 0, enabled: false }),
    ]);
  });

  it('counts what is translated, the default language first', async () => {
    const { locales } = await overview();
    const [english, german] = locales;
    expect(english).toMatchObject({ code: 'en', isDefault: true });
    expect(english!.translated).toBe(english!.total);
    // In German the item has its name, but neither its description nor its two purposes.
    expect(german).toMatchObject({ code: 'de', isDefault: false, total: english!.total });
    expect(german!.translated).toBe(german!.total - 3);
  });

  it('gives a script tag for each language, at the address the admin panel is used at', async () => {
    const { body } = await get('/privacy-desk/overview', token).set('Host', 'cms.example.com').expect(200);
    expect(Object.keys(body.scriptTags)).toEqual(['en', 'de']);
    expect(body.scriptTags.de).toContain(
      '<script src="http://cms.example.com/api/privacy-desk/client.js?site=default&locale=de"></script>',
    );
    expect(body.scriptTags.de).toMatch(/^<script>.*privacyDesk.*<\/script>\n/);
  });

  it('says whether its reader may ask visitors again', async () => {
    const reader = await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.read']);
    const { body } = await get('/privacy-desk/overview', reader).expect(200);
    expect(body.canAskAgain).toBe(false);
    expect((await overview()).canAskAgain).toBe(true);
  });

  it('answers 404 for an unknown site and 400 for what is no site', async () => {
    await get('/privacy-desk/overview?site=nowhere', token).expect(404);
    const { body } = await get('/privacy-desk/overview?site[$ne]=x', token).expect(400);
    expect(body.error).toMatchObject({ status: 400, details: { field: 'site' } });
    await get('/privacy-desk/overview?site=a&site=b', token).expect(400);
    await get('/privacy-desk/overview?site=', token).expect(400);
  });
});

describe('POST /privacy-desk/sites/:site/categories/:category/ask-again', () => {
  const askAgain = (site = 'default', key = 'MARKETING') => `/privacy-desk/sites/${site}/categories/${key}/ask-again`;
  const revision = async (key: string) => (await overview()).categories.find((found) => found.key === key)!.revision!;

  it('asks for a login, and for the permission', async () => {
    await post(askAgain()).expect(401);
    await post(askAgain(), await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.read'])).expect(403);
    expect(await revision('MARKETING')).toBe(1);
  });

  it('raises the revision of that category only', async () => {
    const before = await revision('STATISTICS');
    const mayAsk = await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.ask-again']);
    await post(askAgain(), mayAsk).expect(204);
    expect(await revision('MARKETING')).toBe(2);
    expect(await revision('STATISTICS')).toBe(before);
    const { body } = await get('/api/privacy-desk/config?site=default').expect(200);
    expect(body.categories.find((found: { key: string }) => found.key === 'MARKETING').revision).toBe(2);
  });

  it('answers 404 for an unknown site or category, also for names that every object has', async () => {
    await post(askAgain('nowhere'), token).expect(404);
    await post(askAgain('default', 'NOTHING'), token).expect(404);
    await post(askAgain('default', 'constructor'), token).expect(404);
  });
});

describe('a catalogue that was changed past all rules', () => {
  it('is told of, with what stays live, whatever a column holds', async () => {
    const before = (await overview()).publishing;
    const where = { key: 'google-analytics-4', locale: 'en' };
    const { storage } = await app.strapi.db.query(trackingItem).findOne({ where });
    await app.strapi.db.query(trackingItem).update({ where, data: { storage: {} } });
    await publish();
    expect((await overview()).publishing).toMatchObject({
      status: 'invalid',
      version: before.version,
      problems: [{ key: 'google-analytics-4', locale: 'en', field: 'storage' }],
    });
    await app.strapi.db.query(trackingItem).update({ where, data: { storage } });
    await publish();
    expect((await overview()).publishing).toMatchObject({ status: 'live', version: before.version, problems: [] });
  });

  it('is told of when no site is left', async () => {
    const { version } = (await overview()).publishing;
    await app.strapi.db.query('plugin::privacy-desk.site').deleteMany({ where: {} });
    await publish();
    const { site, publishing } = await overview();
    expect(site).toBeNull();
    expect(publishing).toMatchObject({ status: 'invalid', version, problems: [{ type: 'site' }] });
  });
});
