import knex, { type Knex } from 'knex';
import request from 'supertest';
import type { ConsentConfig } from '../../contract';
import { getService } from '../../server/src/get-service';
import { createTables } from '../../server/src/database/own-tables';
import { publishingTables } from '../../server/src/publishing/tables';
import { editCatalogue } from '../support/catalogue';
import { databaseProxy } from '../support/database-proxy';
import { eventually } from '../support/eventually';
import { startStrapiProcess, type StrapiProcess } from '../support/strapi-process';
import { createDatabase, databaseClient, startStrapi, type TestApp, type TestDatabase } from '../support/strapi';

const options = { seed: false, pollIntervalSeconds: 0.2 };
const config = async (app: TestApp, query = ''): Promise<ConsentConfig> =>
  (await request(app.server).get(`/api/privacy-desk/config${query}`).expect(200)).body;
const keys = async (app: TestApp) =>
  (await config(app)).categories.flatMap(({ items }) => items.map(({ key }) => key)).sort();

/** A connection that no Strapi knows of: another process. */
const outsider = (database: TestDatabase): Knex =>
  knex(
    databaseClient === 'sqlite'
      ? { client: 'better-sqlite3', connection: { filename: database.env.DATABASE_FILENAME! }, useNullAsDefault: true }
      : databaseClient === 'postgres'
        ? { client: 'pg', connection: { host: '127.0.0.1', user: 'postgres', database: database.env.DATABASE_NAME } }
        : { client: 'mysql2', connection: { host: '127.0.0.1', user: 'root', database: database.env.DATABASE_NAME } },
  );

describe('another process', () => {
  let app: TestApp;
  let other: Knex;
  const table = (app: TestApp, uid: string) =>
    app.strapi.db.metadata.get(`plugin::privacy-desk.${uid}` as never).tableName;

  beforeAll(async () => {
    app = await startStrapi({ config: options });
    other = outsider(app.database);
    const edit = editCatalogue(app.strapi);
    await edit.site.create('default');
    const category = await edit.category.create('STATISTICS', { mode: 'opt-out' });
    await edit.item.create('first', { category });
    await getService('publishing', app).refresh();
  });
  afterAll(async () => {
    await other?.destroy();
    await app?.stop();
  });

  it('that imports, changes and deletes rows is noticed', async () => {
    const items = table(app, 'tracking-item');
    const [{ id, document_id, ...row }] = await other(items).where({ key: 'first' });
    void id;
    void document_id;
    const values = Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        value && typeof value === 'object' && !(value instanceof Date) ? JSON.stringify(value) : value,
      ]),
    );
    // As an import does it: with times of long ago.
    await other(items).insert({ ...values, document_id: 'imported', key: 'imported', name: 'Imported' });
    await eventually(async () => expect(await keys(app)).toEqual(['first', 'imported']));
    await other(items).where({ key: 'imported' }).update({ enabled: false, updated_at: new Date() });
    await eventually(async () => expect(await keys(app)).toEqual(['first']));
    await other(items).where({ key: 'imported' }).delete();
    await other(items).where({ key: 'first' }).update({ name: 'Renamed', updated_at: new Date() });
    await eventually(async () => expect((await config(app)).categories[0]!.items[0]!.name).toBe('Renamed'));
  });

  it('that takes an item out of its category is noticed', async () => {
    const attribute = app.strapi.db.metadata.get('plugin::privacy-desk.tracking-item').attributes.category!;
    if (!('joinTable' in attribute) || !attribute.joinTable) throw new Error('no join table');
    await other(attribute.joinTable.name).delete();
    await eventually(async () => expect((await config(app)).categories.at(-1)!.key).toBe('UNCLASSIFIED'));
  });
});

describe('two instances on one database', () => {
  it('agree, whoever publishes', async () => {
    const one = await startStrapi({ config: options });
    let two: StrapiProcess | undefined;
    try {
      const edit = editCatalogue(one.strapi);
      await edit.site.create('default');
      const category = await edit.category.create('STATISTICS', { mode: 'opt-out' });
      two = await startStrapiProcess(one.database, options);
      const { url, publishing } = two;
      const same = async () => {
        const a = await config(one);
        const b = (await (await fetch(`${url}/api/privacy-desk/config`)).json()) as ConsentConfig;
        expect(b).toEqual(a);
        return a;
      };
      for (let round = 1; round <= 5; round++) {
        await edit.item.create(`item-${round}`, { category });
        await Promise.all([getService('publishing', one).refresh(), publishing('refresh')]);
        await eventually(async () => expect((await same()).categories[0]!.items).toHaveLength(round));
      }
      const before = (await same()).categories[0]!.revision;
      await publishing('askAgain', 'default', 'STATISTICS');
      await eventually(async () => expect((await same()).categories[0]!.revision).toBe(before + 1));
      const status = await getService('publishing', one).status('default');
      expect(await publishing('status', 'default')).toEqual(status);
      // Both at once: whoever is second must build on what the first one wrote.
      await Promise.all([
        getService('publishing', one).askAgain('default', 'STATISTICS'),
        publishing('askAgain', 'default', 'STATISTICS'),
      ]);
      await eventually(async () => expect((await same()).categories[0]!.revision).toBe(before + 3));
    } finally {
      await two?.stop();
      await one.stop();
    }
  });

  it('create the tables once, however often and however much at once they try', async () => {
    const app = await startStrapi({ config: options });
    const count = () => app.strapi.db.connection('privacy_desk_live_sites').count();
    try {
      for (const name of ['privacy_desk_live_sites', 'privacy_desk_config_versions'])
        await app.strapi.db.connection.schema.dropTable(name);
      await Promise.all(Array.from({ length: 5 }, () => createTables(app.strapi, publishingTables)));
      await createTables(app.strapi, publishingTables);
      expect(await count()).toHaveLength(1);
    } finally {
      await app.stop();
    }
  });
});

describe('a restart', () => {
  it('answers with the live version although the catalogue became invalid, and Strapi leaves our tables alone', async () => {
    const database = await createDatabase();
    try {
      const first = await startStrapi({ database, config: options });
      const edit = editCatalogue(first.strapi);
      await edit.site.create('default');
      await edit.category.create('STATISTICS', { mode: 'opt-out' });
      await getService('publishing', first).refresh();
      const live = await config(first);
      const { tableName } = first.strapi.db.metadata.get('plugin::privacy-desk.category');
      await getService('publishing', first).stop();
      await first.strapi.db.connection(tableName).update({ mode: 'sometimes' });
      await first.stop();

      const second = await startStrapi({ database, config: options });
      try {
        expect(await config(second)).toEqual(live);
        const status = await getService('publishing', second).status('default');
        expect(status).toMatchObject({ status: 'invalid', version: live.version });
        expect(status!.problems[0]).toMatchObject({ type: 'category', key: 'STATISTICS', field: 'mode' });
        await second.strapi.db.connection(tableName).update({ mode: 'opt-in', updated_at: new Date() });
        await eventually(async () =>
          expect((await config(second)).categories[0]).toMatchObject({ mode: 'opt-in', revision: 2 }),
        );
      } finally {
        await second.stop();
      }
    } finally {
      await database.drop();
    }
  });
});

describe('a database that is stopped', () => {
  it('leaves the answers as they are, and what was missed is published when it is back', async () => {
    const database = await createDatabase();
    const way = databaseClient === 'sqlite' ? null : await databaseProxy(databaseClient === 'postgres' ? 5432 : 3306);
    const app = await startStrapi({
      database: { ...database, env: { ...database.env, ...(way && { DATABASE_PORT: String(way.port) }) } },
      config: options,
    });
    const other = outsider(database);
    try {
      const edit = editCatalogue(app.strapi);
      await edit.site.create('default');
      await edit.category.create('STATISTICS', { mode: 'opt-out' });
      await getService('publishing', app).refresh();
      const live = await config(app);
      if (way) way.stop();
      // SQLite is no server that could stop: here no connection can be had any more.
      else await app.strapi.db.connection.destroy();

      await expect(getService('publishing', app).refresh()).rejects.toThrow();
      for (let i = 0; i < 5; i++) expect(await config(app)).toEqual(live);
      expect(await getService('publishing', app).status('default')).toMatchObject({ version: live.version });

      if (way) way.start();
      else app.strapi.db.connection.initialize();
      const { tableName } = app.strapi.db.metadata.get('plugin::privacy-desk.category');
      await other(tableName).update({ name: 'Missed', updated_at: new Date() });
      await eventually(async () => expect((await config(app)).categories[0]!.name).toBe('Missed'), 60_000);
    } finally {
      await other.destroy();
      await app.stop();
      way?.close();
      delete process.env.DATABASE_PORT;
      await database.drop();
    }
  });
});
