import fs from 'node:fs';
import path from 'node:path';
import { CATEGORY_UID, SITE_UID } from '../../server/src/constants';
import { contentManager, type ContentManager } from '../support/content-manager';
import { startStrapi, type TestApp } from '../support/strapi';

/** A Strapi without users-permissions, whose owner has changed our types, as `src/extensions` allows. */
const extendedApp = (extension: string): string => {
  const root = path.resolve(__dirname, '..');
  fs.mkdirSync(path.join(root, '.artifacts'), { recursive: true });
  const appDir = fs.mkdtempSync(path.join(root, '.artifacts', 'extended-'));
  const fixture = path.join(root, 'fixtures/strapi-app');
  const { dependencies, ...rest } = JSON.parse(fs.readFileSync(path.join(fixture, 'package.json'), 'utf8'));
  delete dependencies['@strapi/plugin-users-permissions'];
  fs.writeFileSync(path.join(appDir, 'package.json'), JSON.stringify({ ...rest, dependencies }));
  fs.symlinkSync(path.join(fixture, 'config'), path.join(appDir, 'config'));
  for (const folder of ['public/uploads', 'src/api', 'database/migrations', 'src/extensions/privacy-desk'])
    fs.mkdirSync(path.join(appDir, folder), { recursive: true });
  fs.writeFileSync(path.join(appDir, 'src/extensions/privacy-desk/strapi-server.js'), extension);
  return appDir;
};

let appDir: string;
let app: TestApp;
let editor: ContentManager;
beforeAll(async () => {
  appDir = extendedApp(`module.exports = (plugin) => {
    plugin.contentTypes.category.schema.attributes.legalBasis = { type: 'string' };
    delete plugin.contentTypes['tracking-item'].schema.attributes.provider;
    plugin.contentTypes.site.schema.pluginOptions.i18n.localized = false;
    return plugin;
  };`);
  app = await startStrapi({ appDir });
  editor = await contentManager(app);
});
afterAll(async () => {
  await app?.stop();
  fs.rmSync(appDir, { recursive: true, force: true });
});

it('is still seeded', async () => {
  expect(app.strapi.plugin('users-permissions')).toBeUndefined();
  expect(await app.strapi.documents(CATEGORY_UID).count({})).toBe(3);
  expect(await app.strapi.documents(SITE_UID).count({})).toBe(1);
});

it('shows a field that was added, and Strapi’s own view where one was removed', async () => {
  const layoutOf = async (type: string) => {
    const { body } = await editor.get(`/content-manager/content-types/plugin::privacy-desk.${type}/configuration`);
    return (body.data.contentType.layouts.edit as { name: string }[][]).flat().map(({ name }) => name);
  };
  expect(await layoutOf('category')).toEqual([
    'name',
    'key',
    'description',
    'mode',
    'honoursGpc',
    'order',
    'signals',
    'legalBasis',
  ]);
  const item = await layoutOf('tracking-item');
  expect(item).toContain('storage');
  expect(item).not.toContain('provider');
});

it('is saved and watched over as ever', async () => {
  const { status, body } = await editor.create('category', { key: 'OWN', name: 'Own', legalBasis: 'Consent' });
  expect([status, body.data.legalBasis]).toEqual([201, 'Consent']);
  expect((await editor.create('category', { key: 'OWN', name: 'Again' })).status).toBe(400);

  await editor.addLocale('de');
  const { documentId } = (await app.strapi.documents(SITE_UID).findFirst({}))!;
  expect((await editor.update('site', documentId, { name: 'Renamed', key: 'default' })).status).toBe(200);
  expect((await editor.create('site', { key: 'default', name: 'Too' })).status).toBe(400);
  const item = await editor.create('tracking-item', { key: 'item', name: 'Item', sites: [documentId] });
  expect(item.status).toBe(201);
  expect((await editor.update('tracking-item', item.body.data.documentId, { name: 'Ding' }, 'de')).status).toBe(200);
});
