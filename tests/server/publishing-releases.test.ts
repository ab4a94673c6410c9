import request from 'supertest';
import type { ConsentConfig, Draft, History, PublicationDetails, PublishingState } from '../../contract';
import { getService } from '../../server/src/get-service';
import { editCatalogue, paragraph } from '../support/catalogue';
import { eventually } from '../support/eventually';
import { startStrapiProcess } from '../support/strapi-process';
import { adminToken, createDatabase, startStrapi, type TestApp, type TestDatabase } from '../support/strapi';

const options = { seed: false, pollIntervalSeconds: 0.2 };
const ITEM = 'plugin::privacy-desk.tracking-item';

let database: TestDatabase;
let app: TestApp;
let token: string;
let edit: ReturnType<typeof editCatalogue>;
let statistics: string;
let matomo: string;

const send = (method: 'get' | 'put' | 'post', path: string, body?: object, bearer = token) => {
  const sent = request(app.server)[method](`/privacy-desk${path}`).set('Authorization', `Bearer ${bearer}`);
  return body ? sent.send(body) : sent;
};
const site = '/sites/default/publishing';
const state = async (): Promise<PublishingState> => (await send('get', site).expect(200)).body;
const draft = async (): Promise<Draft> => (await send('get', `${site}/draft`).expect(200)).body;
const history = async (): Promise<History> => (await send('get', `${site}/history`).expect(200)).body;
const config = async (query = ''): Promise<ConsentConfig> =>
  (await request(app.server).get(`/api/privacy-desk/config${query}`).expect(200)).body;
const item = async (key = 'matomo') =>
  (await config()).categories.flatMap(({ items }) => items).find((found) => found.key === key);
const refresh = () => getService('publishing', app).refresh();
const setMode = (mode: string) => send('put', `${site}/mode`, { mode });
/** Publishes what is there, with a reason for each finding. */
const publish = async (note = '') => {
  const { token: reviewed, findings } = await draft();
  const acknowledged = findings
    .filter(({ severity }) => severity !== 'hint')
    .map(({ rule, path, locale }) => ({ rule, path, locale, reason: 'Our lawyer looked at it.' }));
  return send('post', `${site}/publish`, { draft: reviewed, note, acknowledged });
};

beforeAll(async () => {
  database = await createDatabase();
  app = await startStrapi({ database, config: options });
  token = await adminToken(app.strapi);
  edit = editCatalogue(app.strapi);
  await edit.addLocale('de');
  await edit.site.create('default', { regime: 'opt-in' });
  statistics = await edit.category.create('STATISTICS', { mode: 'opt-out', description: paragraph('Counts visits.') });
  matomo = await edit.item.create('matomo', {
    name: 'Matomo',
    category: statistics,
    provider: 'InnoCraft',
    storage: [{ name: '_pk_id', match: 'exact', kind: 'cookie', lifetime: 1000 }],
  });
  await refresh();
});
afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

describe('a site that publishes at once', () => {
  it('keeps a history of what went live, by whom, and what changed', async () => {
    expect(await state()).toMatchObject({ mode: 'auto', canPublish: true, canRollBack: true });
    const before = (await history()).publications.length;
    await send('get', '/sites/default/publishing').expect(200);
    // As the Content Manager saves, so that it is known who did.
    await request(app.server)
      .put(`/content-manager/collection-types/${ITEM}/${matomo}`)
      .set('Authorization', `Bearer ${token}`)
      .send({ name: 'Matomo Cloud' })
      .expect(200);
    await refresh();
    const { publications } = await history();
    expect(publications).toHaveLength(before + 1);
    const [newest] = publications;
    expect(newest).toMatchObject({ kind: 'automatic', actors: [{ name: 'Ada Admin' }], askedAgain: {} });
    expect(newest!.versions.en).toBe((await config()).version);
    const { body }: { body: PublicationDetails } = await send('get', `${site}/history/${newest!.number}`).expect(200);
    expect(body.diff).toMatchObject({
      total: 1,
      askedAgain: [],
      changes: [
        {
          kind: 'changed',
          of: 'item',
          item: 'matomo',
          locale: 'en',
          fields: [{ before: 'Matomo', after: 'Matomo Cloud' }],
        },
      ],
    });
  });

  it('tells in the history whose decision is asked for again, and why', async () => {
    await edit.item.update(matomo, {
      storage: [
        { name: '_pk_id', match: 'exact', kind: 'cookie', lifetime: 2000 },
        { name: '_pk_ses', match: 'exact', kind: 'cookie', lifetime: 'session' },
      ],
    });
    await refresh();
    const [newest] = (await history()).publications;
    expect(newest!.askedAgain).toEqual({ STATISTICS: expect.any(Number) });
    const { body }: { body: PublicationDetails } = await send('get', `${site}/history/${newest!.number}`).expect(200);
    expect(body.diff.askedAgain).toEqual([
      {
        category: 'STATISTICS',
        name: expect.any(String),
        names: { matomo: expect.any(String) },
        before: newest!.askedAgain.STATISTICS! - 1,
        after: newest!.askedAgain.STATISTICS,
        reasons: [
          { kind: 'lifetime', item: 'matomo', storage: '_pk_id', before: 1000, after: 2000 },
          { kind: 'new-storage', item: 'matomo', storage: '_pk_ses' },
        ],
      },
    ]);
  });

  it('has nothing to publish', async () => {
    expect((await draft()).diff).toMatchObject({ total: 0, changes: [], askedAgain: [] });
  });
});

describe('a site that is published by hand', () => {
  it('keeps what is live, whichever way the catalogue is changed', async () => {
    await setMode('manual').expect(200);
    const live = await config();
    await edit.item.update(matomo, { name: 'Renamed by the document service' });
    await refresh();
    await app.strapi.db.query(ITEM).update({ where: { key: 'matomo', locale: 'en' }, data: { provider: 'By query' } });
    await refresh();
    const { tableName } = app.strapi.db.metadata.get(ITEM as never);
    await app.strapi.db.connection(tableName).update({ enabled: false, updated_at: new Date() });
    await refresh();
    await edit.addLocale('fr');
    await refresh();
    expect(await config()).toEqual(live);
    expect(await config('?locale=fr')).toEqual(live);
    await app.strapi.db.connection(tableName).update({ enabled: true, updated_at: new Date() });
    await app.strapi.db.query(ITEM).update({ where: { key: 'matomo', locale: 'en' }, data: { provider: 'InnoCraft' } });
    expect((await getService('publishing', app).status('default'))?.mode).toBe('manual');
  });

  it('shows what would be published: changes, and whom that asks again', async () => {
    await edit.item.create('hotjar', { name: 'Hotjar', category: statistics, provider: 'Hotjar Ltd' });
    const { diff, locales, problems } = await draft();
    expect(problems).toEqual([]);
    expect(locales).toEqual(['en', 'de', 'fr']);
    expect(diff.addedLocales).toEqual(['fr']);
    expect(diff.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'added', of: 'item', item: 'hotjar', category: 'STATISTICS' }),
        expect.objectContaining({ kind: 'changed', of: 'item', item: 'matomo', locale: 'en' }),
      ]),
    );
    expect(diff.askedAgain).toEqual([
      expect.objectContaining({ category: 'STATISTICS', reasons: [{ kind: 'new-item', item: 'hotjar' }] }),
    ]);
    const { body } = await send('get', `${site}/draft/config?locale=de`).expect(200);
    expect(body).toMatchObject({ locale: 'de' });
  });

  it('publishes only what was reviewed, and only with a reason for each warning', async () => {
    const { token: reviewed, findings } = await draft();
    expect(findings.some(({ severity }) => severity !== 'hint')).toBe(true);
    const { body } = await send('post', `${site}/publish`, { draft: reviewed }).expect(400);
    expect(body.error.details.errors[0].path[0]).toBe('acknowledged');
    expect(await item('hotjar')).toBeUndefined();

    await edit.item.update(matomo, { name: 'Renamed once more' });
    const acknowledged = findings
      .filter(({ severity }) => severity !== 'hint')
      .map(({ rule, path, locale }) => ({ rule, path, locale, reason: 'Agreed.' }));
    await send('post', `${site}/publish`, { draft: reviewed, acknowledged }).expect(409);
    expect(await item('hotjar')).toBeUndefined();

    const { body: published } = await send('post', `${site}/publish`, {
      draft: (await draft()).token,
      acknowledged,
      note: 'Hotjar was agreed on.',
    }).expect(200);
    expect(published.live).toMatchObject({
      kind: 'publish',
      note: 'Hotjar was agreed on.',
      actors: [{ name: 'Ada Admin' }],
    });
    expect(published.live.acknowledged[0]).toMatchObject({ reason: 'Agreed.', message: expect.any(String) });
    expect(await item('hotjar')).toMatchObject({ name: 'Hotjar', changedAt: expect.any(Number) });
    expect((await item('hotjar'))!.changedAt).toBeGreaterThan(1e9);
    expect((await draft()).diff.total).toBe(0);
  });

  it('remembers what was acknowledged, as long as it is the same finding', async () => {
    const { findings, acknowledged, token: reviewed } = await draft();
    const open = findings.filter(({ severity }) => severity !== 'hint');
    expect(acknowledged).toHaveLength(open.length);
    await send('post', `${site}/publish`, { draft: reviewed }).expect(200);
  });

  it('tells two admins apart who publish at the same time', async () => {
    await edit.item.update(matomo, { name: 'For two' });
    const { token: reviewed } = await draft();
    const answers = await Promise.all([
      send('post', `${site}/publish`, { draft: reviewed }),
      send('post', `${site}/publish`, { draft: reviewed }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('does not publish a catalogue with problems', async () => {
    await edit.item.update(matomo, { name: 'With a problem' });
    const where = { key: 'hotjar', locale: 'en' };
    await app.strapi.db.query(ITEM).update({ where, data: { storage: {} } });
    const live = await config();
    const { problems, token: reviewed } = await draft();
    expect(problems).toEqual([expect.objectContaining({ key: 'hotjar', field: 'storage' })]);
    await send('post', `${site}/publish`, { draft: reviewed }).expect(400);
    await refresh();
    expect(await config()).toEqual(live);
    await app.strapi.db.query(ITEM).update({ where, data: { storage: [] } });
  });

  it('asks again about what is live, and publishes nothing else with that', async () => {
    const before = await config();
    await send('post', '/sites/default/categories/STATISTICS/ask-again').expect(204);
    const after = await config();
    const revision = ({ categories }: ConsentConfig) => categories.find(({ key }) => key === 'STATISTICS')!.revision;
    expect(revision(after)).toBe(revision(before) + 1);
    expect(await item()).toMatchObject({ name: 'For two' });
    expect((await state()).live).toMatchObject({ kind: 'ask-again', actors: [{ name: 'Ada Admin' }] });
    expect((await draft()).diff.askedAgain).toEqual([]);
  });

  it('stays as it is over a restart, and on another instance, which also sees what is published there', async () => {
    const live = await config();
    await app.stop();
    app = await startStrapi({ database, config: options });
    token = await adminToken(app.strapi);
    edit = editCatalogue(app.strapi);
    expect(await config()).toEqual(live);
    const other = await startStrapiProcess(database, options);
    try {
      const there = async () => (await fetch(`${other.url}/api/privacy-desk/config`)).json();
      await edit.item.update(matomo, { name: 'Seen by both' });
      await Promise.all([refresh(), other.publishing('refresh')]);
      expect(await there()).toEqual(live);
      await publish().then(({ status }) => expect(status).toBe(200));
      expect(await item()).toMatchObject({ name: 'Seen by both' });
      await eventually(async () => expect(await there()).toEqual(await config()));
      await other.publishing('askAgain', 'default', 'STATISTICS');
      await eventually(async () => expect(await there()).toEqual(await config()));
    } finally {
      await other.stop();
    }
  });

  it('is published at once again when it is switched back', async () => {
    await edit.item.update(matomo, { name: 'At once' });
    await refresh();
    expect(await item()).toMatchObject({ name: 'Seen by both' });
    await setMode('auto').expect(200);
    expect(await item()).toMatchObject({ name: 'At once' });
  });
});

describe('rolling back', () => {
  it('brings a former version back, and keeps it', async () => {
    await publish();
    const { number: good } = (await history()).publications[0]!;
    const before = await config();
    await edit.item.remove((await app.strapi.documents(ITEM).findFirst({ filters: { key: 'hotjar' } }))!.documentId);
    await edit.item.update(matomo, { name: 'Worse' });
    await refresh();
    expect(await item('hotjar')).toBeUndefined();
    const { number: live } = (await state()).live!;

    await send('post', `${site}/roll-back`, { number: good, live: live - 1 }).expect(409);
    await send('post', `${site}/roll-back`, { number: 99_999, live }).expect(404);
    const { body } = await send('post', `${site}/roll-back`, { number: good, live, note: 'Too fast.' }).expect(200);
    expect(body).toMatchObject({ mode: 'manual', live: { kind: 'roll-back', rolledBackTo: good, note: 'Too fast.' } });
    expect(await item()).toMatchObject({ name: 'At once' });
    const after = await config();
    // Hotjar is there again, which is more than visitors agreed to since: they are asked again.
    const revision = ({ categories }: ConsentConfig) => categories.find(({ key }) => key === 'STATISTICS')!.revision;
    expect(revision(after)).toBe(revision(before) + 1);
    expect(body.live.askedAgain).toEqual({ STATISTICS: revision(after) });
    expect({ ...after, version: '', categories: [] }).toEqual({ ...before, version: '', categories: [] });

    await edit.item.update(matomo, { name: 'The next save' });
    await refresh();
    expect(await config()).toEqual(after);
  });

  it('shows what a visitor saw', async () => {
    const [newest] = (await history()).publications;
    const { body } = await send('get', `/versions/${newest!.versions.de}`).expect(200);
    expect(body).toMatchObject({ locale: 'de', version: newest!.versions.de });
    await send('get', '/versions/unknown').expect(404);
    await send('get', '/versions/..%2Fsecret').expect(404);
  });
});

describe('who may', () => {
  const tokenWith = async (...actions: string[]) => {
    const role = await app.strapi.service('admin::role').create({ name: actions.join() || 'none', description: '' });
    await app.strapi.service('admin::role').assignPermissions(
      role.id,
      actions.map((name) => ({
        action: `plugin::privacy-desk.publishing.${name}`,
        subject: null,
        conditions: [],
        properties: {},
      })),
    );
    return adminToken(app.strapi, role.id);
  };

  it('is asked on every route', async () => {
    const [nobody, reader, publisher] = [
      await tokenWith(),
      await tokenWith('read'),
      await tokenWith('read', 'publish'),
    ];
    for (const path of [
      site,
      `${site}/draft`,
      `${site}/draft/config`,
      `${site}/history`,
      `${site}/history/1`,
      '/versions/x',
    ])
      await send('get', path, undefined, nobody).expect(403);
    await send('put', `${site}/mode`, { mode: 'auto' }, reader).expect(403);
    await send('post', `${site}/publish`, { draft: 'x' }, reader).expect(403);
    await send('post', `${site}/roll-back`, { number: 1, live: 1 }, publisher).expect(403);
    await request(app.server).get(`/privacy-desk${site}`).expect(401);
    const { body } = await send('get', site, undefined, publisher).expect(200);
    expect(body).toMatchObject({ canPublish: true, canRollBack: false });
  });

  it('is told what is wrong with a request', async () => {
    const problem = async (method: 'put' | 'post', path: string, body: object, field: string) => {
      const { body: answer } = await send(method, `${site}${path}`, body).expect(400);
      expect(answer.error.details.errors[0].path.join('.')).toBe(field);
    };
    await problem('put', '/mode', { mode: 'sometimes' }, 'mode');
    await problem('post', '/publish', {}, 'draft');
    await problem(
      'post',
      '/publish',
      { draft: 'x', acknowledged: [{ rule: 'no-rule', path: 'a', reason: 'b' }] },
      'acknowledged.0.rule',
    );
    await problem('post', '/roll-back', { number: 0, live: 1 }, 'number');
    await problem('post', '/roll-back', { number: 1, live: 1, force: true }, 'force');
    await send('get', `${site}/history?page=0`).expect(400);
    await send('get', `${site}/history?page[$ne]=1`).expect(400);
    await send('get', '/sites/nowhere/publishing').expect(404);
    await send('get', '/sites/nowhere/publishing/draft').expect(404);
  });
});

it('a draft warns of languages that there are no built-in words for', async () => {
  const languages = async () =>
    (await draft()).findings.filter(({ rule }) => rule === 'language-without-texts').map(({ locale }) => locale);
  expect(await languages()).toEqual([]);
  await edit.addLocale('sw');
  await edit.addLocale('de-AT');
  await refresh();
  await eventually(async () => expect(await languages()).toEqual(['sw']));
});
