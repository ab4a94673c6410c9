import { createHash } from 'node:crypto';
import zlib from 'node:zlib';
import request from 'supertest';
import type { ConsentConfig } from '../../contract';
import { canonicalJson } from '../../server/src/canonical-json';
import { getService } from '../../server/src/get-service';
import { editCatalogue, paragraph } from '../support/catalogue';
import { eventually } from '../support/eventually';
import { adminToken, startStrapi, type TestApp } from '../support/strapi';

let app: TestApp;
let edit: ReturnType<typeof editCatalogue>;
beforeAll(async () => {
  // Without looking for changes of other processes, so that what becomes live was noticed in this one.
  app = await startStrapi({ config: { seed: false, pollIntervalSeconds: 3600 } });
  edit = editCatalogue(app.strapi);
});
afterAll(() => app?.stop());

const publishing = () => getService('publishing', app);
const config = async (query = ''): Promise<ConsentConfig> =>
  (await request(app.server).get(`/api/privacy-desk/config${query}`).expect(200)).body;
const refreshed = async (query = ''): Promise<ConsentConfig> => {
  await publishing().refresh();
  return config(query);
};
const category = (found: ConsentConfig, key: string) => found.categories.find((c) => c.key === key)!;
const row = (id: string, more: object = {}) => ({ id, name: id, match: 'exact', kind: 'cookie', ...more });

const ids: Record<string, string> = {};

describe('an empty catalogue', () => {
  it('is not published', async () => {
    await publishing().refresh();
    await request(app.server).get('/api/privacy-desk/config').expect(404);
    expect(await publishing().status('default')).toBeNull();
  });

  it('is not published without a category either: nothing could be decided', async () => {
    ids.site = await edit.site.create('default', { controllerName: 'ACME Ltd' });
    await publishing().refresh();
    const { headers, body } = await request(app.server).get('/api/privacy-desk/config').expect(503);
    expect(headers['retry-after']).toMatch(/^\d+$/);
    expect(body.error).toMatchObject({ status: 503, name: 'ServiceUnavailableError' });
    const status = await publishing().status('default');
    expect(status).toMatchObject({ status: 'invalid', version: null, publishedAt: null, revisions: {} });
    expect(status!.problems).toEqual([expect.objectContaining({ type: 'site', key: 'default', documentId: ids.site })]);
  });
});

describe('a change', () => {
  it('through the document service becomes live by itself', async () => {
    ids.essentials = await edit.category.create('ESSENTIALS', { mode: 'required', order: 0 });
    ids.statistics = await edit.category.create('STATISTICS', { mode: 'opt-out', order: 1 });
    ids.marketing = await edit.category.create('MARKETING', { mode: 'opt-in', order: 2 });
    ids.analytics = await edit.item.create('analytics', {
      category: ids.statistics,
      provider: 'Google',
      description: paragraph('Counts visits'),
      storage: [row('_ga', { lifetime: 3600, purpose: 'Tells visitors apart' }), row('_gid', { purpose: 'Also' })],
    });
    await eventually(async () => expect(category(await config(), 'STATISTICS').items).toHaveLength(1));
  });

  it('through a database query becomes live by itself', async () => {
    await app.strapi.db
      .query('plugin::privacy-desk.site')
      .updateMany({ where: { key: 'default' }, data: { controllerName: 'Query Ltd' } });
    await eventually(async () => expect((await config()).controller.name).toBe('Query Ltd'));
  });

  it('in a transaction becomes live after its commit, and not at all after a rollback', async () => {
    await app.strapi.db.transaction(async () => {
      await edit.site.update(ids.site!, { controllerName: 'Committed Ltd' });
    });
    await eventually(async () => expect((await config()).controller.name).toBe('Committed Ltd'));
    await expect(
      app.strapi.db.transaction(async () => {
        await edit.site.update(ids.site!, { controllerName: 'Rolled back Ltd' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect((await refreshed()).controller.name).toBe('Committed Ltd');
  });

  it('is live under another version, and the same content under the same', async () => {
    const before = await refreshed();
    await edit.site.update(ids.site!, { controllerName: 'Other Ltd' });
    const other = await refreshed();
    expect(other.version).not.toBe(before.version);
    await edit.site.update(ids.site!, { controllerName: 'Committed Ltd' });
    expect((await refreshed()).version).toBe(before.version);
  });
});

describe('no change', () => {
  it('is found out without reading the catalogue, also right after publishing', async () => {
    await edit.site.update(ids.site!, { controllerName: 'Committed Ltd', choiceLifetimeDays: 180 });
    await publishing().refresh();
    const statements: string[] = [];
    const note = ({ sql }: { sql: string }) => void statements.push(sql);
    app.strapi.db.connection.on('query', note);
    await publishing().refresh();
    app.strapi.db.connection.off('query', note);
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.filter((sql) => /description|storage|insert|update /i.test(sql))).toEqual([]);
  });
});

describe('the consent config', () => {
  it('is what the contract says', async () => {
    const found = await refreshed();
    expect(found).toMatchObject({
      site: 'default',
      locale: 'en',
      dir: 'ltr',
      regime: 'as-configured',
      choice: { cookie: 'privacy_desk', maxAgeSeconds: 15_552_000 },
      links: {},
      theme: {},
      reloadOnWithdrawal: false,
    });
    expect(found.categories.map(({ key, mode }) => [key, mode])).toEqual([
      ['ESSENTIALS', 'required'],
      ['STATISTICS', 'opt-out'],
      ['MARKETING', 'opt-in'],
    ]);
    expect(category(found, 'STATISTICS').items).toEqual([
      {
        key: 'analytics',
        name: 'analytics',
        description: paragraph('Counts visits'),
        provider: 'Google',
        changedAt: expect.any(Number),
        storage: [
          { name: '_ga', match: 'exact', kind: 'cookie', lifetime: 3600, purpose: 'Tells visitors apart' },
          { name: '_gid', match: 'exact', kind: 'cookie', purpose: 'Also' },
        ],
      },
    ]);
    expect(found.texts.bannerText).toContain('Committed Ltd');
    expect(found.consents).toEqual({ endpoint: './consents' });
  });

  it('has a version that is the hash of its canonical JSON, and is kept for good', async () => {
    const { text } = await request(app.server).get('/api/privacy-desk/config').expect(200);
    const { version, ...rest } = JSON.parse(text) as ConsentConfig;
    expect(canonicalJson({ ...rest, version })).toBe(text);
    const hash = createHash('sha256').update(canonicalJson(rest)).digest().subarray(0, 16).toString('base64url');
    expect(version).toBe(hash);
    const [kept] = await app.strapi.db.connection('privacy_desk_config_versions').where({ version });
    expect(kept).toMatchObject({ site: 'default', locale: 'en' });
    expect(zlib.gunzipSync(kept.config_gzip).toString()).toBe(text);
  });

  it('lists items in order, without disabled ones and those of other sites', async () => {
    ids.second = await edit.item.create('a-second', { category: ids.statistics, order: -1 });
    ids.hidden = await edit.item.create('hidden', { category: ids.statistics, enabled: false });
    const other = await edit.site.create('other');
    const elsewhere = await edit.item.create('elsewhere', { category: ids.statistics, sites: [other] });
    const keys = async (query?: string) => category(await refreshed(query), 'STATISTICS').items.map(({ key }) => key);
    expect(await keys()).toEqual(['a-second', 'analytics']);
    expect(await keys('?site=other')).toEqual(['a-second', 'analytics', 'elsewhere']);
    await edit.item.remove(elsewhere);
    await edit.site.remove(other);
    await publishing().refresh();
    await request(app.server).get('/api/privacy-desk/config?site=other').expect(404);
  });

  it('lists an item without a category as unclassified, last and off by default', async () => {
    const lost = await edit.item.create('lost');
    const found = (await refreshed()).categories.at(-1)!;
    expect(found).toMatchObject({ key: 'UNCLASSIFIED', mode: 'opt-in', honoursGpc: true, revision: 1 });
    expect(found.items.map(({ key }) => key)).toEqual(['lost']);
    await edit.item.remove(lost);
    expect((await refreshed()).categories.map(({ key }) => key)).not.toContain('UNCLASSIFIED');
  });
});

describe('revisions', () => {
  const revision = async (key = 'STATISTICS') => category(await refreshed(), key).revision;

  it('rise for what is wider, and not for wording, order and removals', async () => {
    const before = await revision();
    await edit.item.update(ids.analytics!, { name: 'Analytics', order: 7, description: paragraph('Counts pages') });
    await edit.item.remove(ids.second!);
    expect(await revision()).toBe(before);
    await edit.item.update(ids.analytics!, { storage: [row('_ga', { lifetime: 7200 }), row('_gid')] });
    expect(await revision()).toBe(before + 1);
    await edit.item.update(ids.hidden!, { enabled: true });
    expect(await revision()).toBe(before + 2);
    expect(await revision('MARKETING')).toBe(1);
  });

  it('rise when an admin asks again', async () => {
    const before = await revision('MARKETING');
    await publishing().askAgain('default', 'MARKETING');
    expect(await revision('MARKETING')).toBe(before + 1);
    expect((await publishing().status('default'))!.revisions.MARKETING).toBe(before + 1);
    await expect(publishing().askAgain('default', 'NOTHING')).rejects.toThrow('NOTHING');
    await expect(publishing().askAgain('nowhere', 'MARKETING')).rejects.toThrow('nowhere');
  });
});

describe('languages', () => {
  let german: { id: number };

  it('of a locale that is added fall back to the default one, with our own texts in it', async () => {
    german = await edit.addLocale('de');
    await edit.addLocale('de-CH');
    await eventually(async () => expect((await config('?locale=de')).locale).toBe('de'));
    const found = await config('?locale=de');
    expect(found.texts.rejectAll).toBe('Alle ablehnen');
    expect(category(found, 'STATISTICS').items.map(({ name }) => name)).toContain('Analytics');
  });

  it('come from the closest row, with the facts of the default one', async () => {
    await edit.category.update(ids.statistics!, { name: 'Statistik' }, 'de');
    await edit.item.update(ids.analytics!, { name: 'Analyse', description: [], category: ids.statistics }, 'de');
    const table = app.strapi.db.metadata.get('plugin::privacy-desk.tracking-item').tableName;
    await app.strapi.db
      .connection(table)
      .where({ document_id: ids.analytics, locale: 'de' })
      .update({ provider: 'Stale', storage: JSON.stringify([row('_ga', { lifetime: 5, purpose: 'Unterscheidet' })]) });
    await edit.site.update(ids.site!, { name: 'Website', bannerTitle: 'Hallo' }, 'de');
    for (const locale of ['de', 'de-CH', 'de-AT']) {
      const found = await refreshed(`?locale=${locale}`);
      expect(found.texts.bannerTitle).toBe('Hallo');
      expect(category(found, 'STATISTICS').name).toBe('Statistik');
      expect(category(found, 'STATISTICS').items.find(({ key }) => key === 'analytics')).toMatchObject({
        name: 'Analyse',
        description: paragraph('Counts pages'),
        provider: 'Google',
        storage: [{ name: '_ga', lifetime: 7200, purpose: 'Unterscheidet' }, { name: '_gid' }],
      });
    }
    expect((await config('?locale=DE-ch')).locale).toBe('de-CH');
    expect((await config('?locale=fr')).locale).toBe('en');
    expect((await config()).texts.bannerTitle).not.toBe('Hallo');
  });

  it('of a deleted locale are gone', async () => {
    const token = await adminToken(app.strapi);
    await request(app.server).delete(`/i18n/locales/${german.id}`).set('Authorization', `Bearer ${token}`).expect(200);
    await eventually(async () => expect((await config('?locale=de')).locale).not.toBe('de'));
    expect((await config('?locale=de')).texts.bannerTitle).not.toBe('Hallo');
  });

  it('of another default locale are answered where none is asked for', async () => {
    const locales = app.strapi.plugin('i18n').service('locales');
    await locales.setDefaultLocale({ code: 'de-CH' });
    await eventually(async () => expect((await config()).locale).toBe('de-CH'));
    // No row is in that locale: the closest ones stand for what would have vanished.
    expect(category(await config(), 'STATISTICS').items.map(({ key }) => key)).toContain('analytics');
    await locales.setDefaultLocale({ code: 'en' });
    await eventually(async () => expect((await config()).locale).toBe('en'));
  });
});

describe('a catalogue that breaks the rules', () => {
  const tables = (uid: string) =>
    app.strapi.db.connection(app.strapi.db.metadata.get(`plugin::privacy-desk.${uid}` as never).tableName);

  it('leaves what is live, and says why', async () => {
    const live = await refreshed();
    await tables('tracking-item')
      .where({ document_id: ids.analytics, locale: 'en' })
      .update({ storage: '[{"id":"x","kind":"cookie"}]', updated_at: new Date() });
    await publishing().refresh();
    expect(await config()).toEqual(live);
    const status = (await publishing().status('default'))!;
    expect(status).toMatchObject({ status: 'invalid', version: live.version });
    expect(status.problems).toEqual([
      {
        type: 'tracking-item',
        documentId: ids.analytics,
        key: 'analytics',
        locale: 'en',
        field: 'storage[0].name',
        message: expect.any(String),
      },
    ]);
    await expect(publishing().askAgain('default', 'MARKETING')).rejects.toThrow();
    await edit.item.update(ids.analytics!, { storage: [] });
    await publishing().refresh();
    expect(await publishing().status('default')).toMatchObject({ status: 'live', problems: [] });
  });

  it.each(['{"not":"a list"}', '"text"', '[null]', '7'])('does not stumble over %s as storage', async (storage) => {
    await tables('tracking-item')
      .where({ document_id: ids.analytics, locale: 'en' })
      .update({ storage, updated_at: new Date() });
    await publishing().refresh();
    expect(await publishing().status('default')).toMatchObject({ status: 'invalid' });
  });

  it('leaves what is live when all of it is gone', async () => {
    await edit.item.update(ids.analytics!, { storage: [] });
    const live = await refreshed();
    await tables('category').delete();
    await publishing().refresh();
    expect(await config()).toEqual(live);
    await tables('site').delete();
    await publishing().refresh();
    expect(await config()).toEqual(live);
    expect(await publishing().status('default')).toMatchObject({ status: 'invalid', version: live.version });
  });
});
