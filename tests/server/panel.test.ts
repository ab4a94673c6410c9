import request from 'supertest';
import type { Attention, Panel } from '../../contract';
import { ACTIONS } from '../../server/src/constants';
import { answerStale, requireCurrent, StaleSave, versionOf } from '../../server/src/http/versions';
import { editCatalogue } from '../support/catalogue';
import { adminToken, adminTokenWith, startStrapi, type TestApp } from '../support/strapi';

let app: TestApp;

const panel = async (token?: string) =>
  request(app.server)
    .get('/privacy-desk/panel')
    .set(token ? { Authorization: `Bearer ${token}` } : {});

beforeAll(async () => {
  app = await startStrapi();
  const edit = editCatalogue(app.strapi);
  await edit.addLocale('de');
  const shop = await edit.site.create('shop', { name: 'A shop' });
  await edit.site.update(shop, { name: 'Ein Laden' }, 'de');
});
afterAll(() => app.stop());

describe('GET /privacy-desk/panel', () => {
  it('is for admin users who have a permission of ours', async () => {
    expect((await panel()).status).toBe(401);
    expect((await panel(await adminTokenWith(app.strapi, ['admin::roles.read']))).status).toBe(403);
  });

  it('says what somebody may do, and which sites and languages there are', async () => {
    const { status, body } = await panel(await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.read']));
    expect(status).toBe(200);
    const { actions, sites, locales } = body as Panel;
    expect(actions).toEqual(['plugin::privacy-desk.overview.read']);
    expect(sites).toEqual([
      { documentId: expect.any(String), key: 'shop', name: 'A shop' },
      { documentId: expect.any(String), key: 'default', name: expect.any(String) },
    ]);
    expect(locales.map(({ code, isDefault }) => [code, isDefault])).toEqual([
      ['en', true],
      ['de', false],
    ]);
  });

  it('gives a super admin everything', async () => {
    const { body } = await panel(await adminToken(app.strapi));
    expect((body as Panel).actions).toHaveLength(ACTIONS.length);
  });
});

describe('what somebody should look at', () => {
  const get = async (path: string, token: string) =>
    request(app.server).get(`/privacy-desk${path}`).set('Authorization', `Bearer ${token}`);

  it('is told as far as the permissions go', async () => {
    const edit = editCatalogue(app.strapi);
    const item = await edit.item.create('chat', { enabled: false });
    await app.strapi.plugin('privacy-desk').service('publishing').refresh();
    const all = await get('/attention', await adminToken(app.strapi));
    const sites = (all.body as Attention).sites.map(({ key, status }) => [key, status]);
    expect(sites.sort()).toEqual([
      ['default', 'live'],
      ['shop', 'live'],
    ]);
    expect(all.body).toMatchObject({ unclassified: 1, count: 1 });
    const some = await get('/attention', await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.read']));
    expect(some.body).toMatchObject({ unclassified: 0, count: 0 });

    const token = await adminToken(app.strapi);
    const { body } = await get(`/entries/tracking-item/${item}`, token);
    expect(body).toEqual({ sites: ['shop', 'default'], state: 'off', problems: [], missingLocales: ['de'] });
    await edit.item.update(item, { enabled: true });
    await app.strapi.plugin('privacy-desk').service('publishing').refresh();
    expect((await get(`/entries/tracking-item/${item}`, token)).body.state).toBe('live');
    expect((await get('/entries/tracking-item/nothere', token)).status).toBe(404);
    expect((await get('/entries/user/1', token)).status).toBe(404);
  });
});

describe('permissions', () => {
  it('are grouped by page, reading apart from writing', () => {
    const pages = new Map<string, string[]>();
    for (const { subCategory, uid } of ACTIONS) pages.set(subCategory, [...(pages.get(subCategory) ?? []), uid]);
    for (const [, uids] of pages) expect(uids.some((uid) => /\.(read|records|reveal)$/.test(uid))).toBe(true);
  });
});

describe('a stale save', () => {
  const stored = { name: 'Matomo', order: 1 };

  it('is refused, whatever the order of the properties', () => {
    expect(() => requireCurrent(versionOf({ order: 1, name: 'Matomo' }), stored)).not.toThrow();
    expect(() => requireCurrent(undefined, stored)).not.toThrow();
    expect(() => requireCurrent(versionOf({ name: 'Matomo', order: 2 }), stored)).toThrow(StaleSave);
  });

  it('is answered with what there is now', async () => {
    const conflict = jest.fn();
    const save = async () => requireCurrent('something older', stored);
    await answerStale({ conflict } as unknown as Parameters<typeof answerStale>[0], save);
    expect(conflict).toHaveBeenCalledWith(expect.stringContaining('Somebody else'), {
      version: versionOf(stored),
      current: stored,
    });
  });
});
