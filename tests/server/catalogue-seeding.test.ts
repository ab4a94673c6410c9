import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createSeedingService } from '../../server/src/catalogue/seeding';
import { CATALOGUE_UIDS, CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID } from '../../server/src/constants';
import { contentManager, type ContentManager } from '../support/content-manager';
import { createDatabase, startStrapi, type TestApp, type TestDatabase } from '../support/strapi';

let database: TestDatabase;
let app: TestApp;
let editor: ContentManager;
const boot = async (config?: Record<string, unknown>) => {
  app = await startStrapi({ database, config });
  editor = await contentManager(app);
};
const reboot = async (config?: Record<string, unknown>) => {
  await app.stop();
  await boot(config);
};
beforeEach(async () => {
  database = await createDatabase();
});
afterEach(async () => {
  await app?.stop();
  await database.drop();
});

/** Everything in the three tables. */
const rows = async () =>
  Promise.all(CATALOGUE_UIDS.map((uid) => app.strapi.db.query(uid).findMany({ orderBy: { id: 'asc' } })));

const languagesOf = async (key: string): Promise<string[]> => {
  const found = await app.strapi.db.query(CATEGORY_UID).findMany({ where: { key }, orderBy: { locale: 'asc' } });
  return found.map(({ locale }: { locale: string }) => locale);
};
const documentIdOf = async (key: string): Promise<string> =>
  (await app.strapi.db.query(CATEGORY_UID).findOne({ where: { key } })).documentId;

it('gives a fresh Strapi one site and three categories, and no items', async () => {
  await boot();
  const categories = await app.strapi.documents(CATEGORY_UID).findMany({ sort: 'order' });
  expect(categories.map(({ key, mode, honoursGpc, name }) => [key, mode, honoursGpc, name])).toEqual([
    ['ESSENTIALS', 'required', true, 'Essentials'],
    ['STATISTICS', 'opt-out', true, 'Statistics'],
    ['MARKETING', 'opt-in', true, 'Marketing'],
  ]);
  for (const { description } of categories)
    expect(description).toEqual(
      expect.arrayContaining([{ type: 'paragraph', children: [{ type: 'text', text: expect.any(String) }] }]),
    );
  expect(await app.strapi.documents(SITE_UID).findMany({})).toEqual([
    expect.objectContaining({
      key: 'default',
      regime: 'as-configured',
      choiceLifetimeDays: 180,
      cookieName: 'privacy_desk',
    }),
  ]);
  expect(await app.strapi.db.query(TRACKING_ITEM_UID).count()).toBe(0);

  const before = await rows();
  await reboot();
  expect(await rows()).toEqual(before);
});

it('speaks the locales that are there at first boot, of which it has texts', async () => {
  await boot({ seed: false });
  expect(await rows()).toEqual([[], [], []]);
  for (const code of ['de', 'ar', 'sw', 'pt-BR']) await editor.addLocale(code);
  await reboot();
  expect(await languagesOf('STATISTICS')).toEqual(['ar', 'de', 'en', 'pt-BR']);
  const german = await app.strapi
    .documents(CATEGORY_UID)
    .findOne({ documentId: await documentIdOf('STATISTICS'), locale: 'de' });
  expect(german).toMatchObject({ name: 'Statistik', mode: 'opt-out', key: 'STATISTICS' });
});

it('adds a language that comes later to what nobody has touched, and to nothing else', async () => {
  await boot();
  await editor.update('category', await documentIdOf('STATISTICS'), { name: 'Numbers' });
  await editor.update('category', await documentIdOf('MARKETING'), { honoursGpc: false });
  const before = (await rows()).flat();
  await editor.addLocale('de');
  await editor.addLocale('sw');
  expect(await languagesOf('ESSENTIALS')).toEqual(['de', 'en']);
  expect(await languagesOf('STATISTICS')).toEqual(['en']);
  expect(await languagesOf('MARKETING')).toEqual(['en']);
  expect((await rows()).flat()).toEqual(expect.arrayContaining(before));

  await editor.addLocale('fr');
  expect(await languagesOf('ESSENTIALS')).toEqual(['de', 'en', 'fr']);
  await editor.removeLocale('de');
  expect(await languagesOf('ESSENTIALS')).toEqual(['en', 'fr']);
  await editor.addLocale('de');
  expect(await languagesOf('ESSENTIALS')).toEqual(['de', 'en', 'fr']);

  const after = await rows();
  await reboot();
  expect(await rows()).toEqual(after);
});

it('does not bring back what was deleted, a language of an entry or all of it', async () => {
  await boot();
  await editor.addLocale('de');
  await editor.remove('category', await documentIdOf('MARKETING'));
  await app.strapi.documents(CATEGORY_UID).delete({ documentId: await documentIdOf('STATISTICS'), locale: 'de' });
  await reboot();
  await editor.addLocale('fr');
  expect(await languagesOf('MARKETING')).toEqual([]);
  expect(await languagesOf('STATISTICS')).toEqual(['en']);
  expect(await languagesOf('ESSENTIALS')).toEqual(['de', 'en', 'fr']);

  for (const key of ['ESSENTIALS', 'STATISTICS']) await editor.remove('category', await documentIdOf(key));
  await reboot();
  expect(await app.strapi.db.query(CATEGORY_UID).count()).toBe(0);
});

it('leaves a catalogue alone that came from elsewhere', async () => {
  await boot({ seed: false });
  await editor.create('category', { key: 'OWN', name: 'Own', mode: 'opt-in' });
  await reboot();
  expect((await rows()).flat().map(({ key }) => key)).toEqual(['OWN']);
});

it('is done once by two instances that do it at the same moment', async () => {
  await boot({ seed: false });
  app.strapi.config.set('plugin::privacy-desk.seed', true);
  const instances = [1, 2, 3].map(() => createSeedingService(app));
  await Promise.all(instances.map((instance) => instance.start()));
  await Promise.all(instances.map((instance) => instance.stop()));
  expect((await rows()).map((found) => found.length)).toEqual([3, 0, 1]);
});

it('is done once by two processes that boot at the same moment', async () => {
  await boot({ seed: false });
  for (const code of ['de', 'fr', 'ar']) await editor.addLocale(code);
  await app.stop();
  // As a cluster does it: the tables are there, the seeds are not.
  process.env.PRIVACY_DESK_CONFIG = '{}';
  const script = path.resolve(__dirname, '../support/boot-instance.js');
  const instances: ChildProcess[] = [1, 2].map(() => fork(script, { env: { ...process.env, NODE_ENV: 'test' } }));
  await Promise.all(instances.map((instance) => once(instance, 'message')));
  const ends = instances.map((instance) => once(instance, 'exit'));
  for (const instance of instances) instance.send('boot');
  expect(await Promise.all(ends)).toEqual([
    [0, null],
    [0, null],
  ]);
  await boot();
  expect((await rows()).map((found) => found.length)).toEqual([12, 0, 4]);
  for (const key of ['ESSENTIALS', 'STATISTICS', 'MARKETING'])
    expect(
      new Set(
        (await app.strapi.db.query(CATEGORY_UID).findMany({ where: { key } })).map(({ documentId }) => documentId),
      ).size,
    ).toBe(1);
});
