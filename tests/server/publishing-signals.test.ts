import request from 'supertest';
import type { ConsentConfig, SlimConfig } from '../../contract';
import { getService } from '../../server/src/get-service';
import { browserFiles } from '../../server/src/publishing/browser-files';
import { editCatalogue } from '../support/catalogue';
import { startStrapi, type TestApp } from '../support/strapi';

let app: TestApp;
let edit: ReturnType<typeof editCatalogue>;
let site: string;
let marketing: string;
beforeAll(async () => {
  app = await startStrapi({ config: { seed: false, pollIntervalSeconds: 3600 } });
  edit = editCatalogue(app.strapi);
  site = await edit.site.create('default');
  await edit.category.create('ESSENTIALS', { mode: 'required' });
  await edit.category.create('STATISTICS', { mode: 'opt-out' });
  marketing = await edit.category.create('MARKETING', { mode: 'opt-in' });
  await edit.item.create('meta-pixel', { category: marketing, signals: ['meta'] });
});
afterAll(() => app?.stop());

const get = async (resource: string) => {
  await getService('publishing', app).refresh();
  return request(app.server).get(`/api/privacy-desk/${resource}`).buffer(true).expect(200);
};
const config = async (): Promise<ConsentConfig> => (await get('config')).body;
const script = async (): Promise<string> => (await get('client.js')).text;

/** Whose manifests are in a script. */
const vendorsIn = (text: string): string[] =>
  Object.entries(browserFiles().signals).flatMap(([vendor, manifest]) => (text.includes(manifest) ? [vendor] : []));

it('are those of Google Tag Manager until a site says something else', async () => {
  expect((await config()).signals).toEqual({ gtm: { grants: {} } });
  expect(vendorsIn(await script())).toEqual(['gtm']);
});

it('are live once they are saved: in the config, and only what is enabled in the script', async () => {
  await edit.site.update(site, { signals: { google: { wait_for_update: 500 }, meta: true } });
  expect((await config()).signals).toEqual({
    google: {
      wait_for_update: 500,
      grants: {
        ad_storage: ['MARKETING'],
        ad_user_data: ['MARKETING'],
        ad_personalization: ['MARKETING'],
        analytics_storage: ['STATISTICS'],
        functionality_storage: [],
        personalization_storage: ['MARKETING'],
        security_storage: [],
      },
    },
    gtm: { grants: {} },
    meta: { grants: { meta: ['MARKETING/meta-pixel'] } },
  });
  expect(vendorsIn(await script()).sort()).toEqual(['google', 'gtm', 'meta']);
});

it('reach the client as its third parameter, one function per vendor', async () => {
  const { client } = browserFiles();
  const text = await script();
  const [slim, , signals] = new Function('client', `return client${text.slice(client.length)}`)(
    (...parameters: unknown[]) => parameters,
  ) as [SlimConfig, object, unknown[]];
  expect(slim.signals).toEqual((await config()).signals);
  expect(signals).toEqual([expect.any(Function), expect.any(Function), expect.any(Function)]);
});

it('are none at all where a site turns off the last one', async () => {
  await edit.site.update(site, { signals: { gtm: false } });
  expect(await config()).not.toHaveProperty('signals');
  const text = await script();
  expect(vendorsIn(text)).toEqual([]);
  expect(text).toMatch(/,\[\]\);\n$/);
});

it('stay as they are live when something else was written into the database', async () => {
  await edit.site.update(site, { signals: { meta: true, gtm: false } });
  expect(Object.keys((await config()).signals!)).toEqual(['meta']);
  await app.strapi.db
    .query('plugin::privacy-desk.site')
    .updateMany({ where: { key: 'default' }, data: { signals: { googel: true } } });
  expect(Object.keys((await config()).signals!)).toEqual(['meta']);
  const { problems } = (await getService('publishing', app).status('default'))!;
  expect(problems).toEqual([
    expect.objectContaining({
      type: 'site',
      field: 'signals',
      message: expect.stringMatching(/^“googel” is not one of/),
    }),
  ]);
  await edit.site.update(site, { signals: { meta: true, gtm: false } });
});

it('do not ask visitors again: what they decided on is as it was', async () => {
  const revisions = async () => (await config()).categories.map(({ revision }) => revision);
  const before = await revisions();
  await edit.category.update(marketing, { signals: ['ad_storage'] });
  await edit.site.update(site, { signals: { google: true } });
  expect((await config()).signals!.google!.grants).toMatchObject({ ad_storage: ['MARKETING'] });
  expect((await config()).signals!.google!.grants).not.toHaveProperty('ad_user_data');
  expect(await revisions()).toEqual(before);
});
