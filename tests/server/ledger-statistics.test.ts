import request from 'supertest';
import type { LedgerStatistics } from '../../contract';
import { getService } from '../../server/src/get-service';
import { dayText } from '../../server/src/ledger/counts';
import { editCatalogue } from '../support/catalogue';
import { consentsOf, newSubject } from '../support/consents';
import { adminToken, adminTokenWith, startStrapi, type TestApp } from '../support/strapi';

const SHARE = 0.25;
const origin = 'https://shop.example.com';

let app: TestApp;
let token: string;
let consents: ReturnType<typeof consentsOf>;
const today = () => new Date().toISOString().slice(0, 10);
const daysAgo = (days: number) => dayText(Math.floor(Date.now() / 86_400_000) - days);
const table = (name: string) => app.strapi.db.getConnection(`privacy_desk_${name}`);

const ask = (query: Record<string, string>, as = token) =>
  request(app.server).get('/privacy-desk/ledger/statistics').query(query).set('authorization', `Bearer ${as}`);
const statistics = async (query: Record<string, string> = {}): Promise<LedgerStatistics> =>
  (await ask({ site: 'default', ...query }).expect(200)).body;

beforeAll(async () => {
  app = await startStrapi({
    config: {
      seed: false,
      pollIntervalSeconds: 3600,
      consents: { rateLimit: { max: 100_000 }, impressionShare: SHARE, housekeeping: null },
    },
  });
  const edit = editCatalogue(app.strapi);
  await edit.site.create('default');
  await edit.site.create('shop', { origins: [origin] });
  await edit.category.create('ESSENTIALS', { mode: 'required' });
  const analytics = await edit.category.create('STATISTICS', { mode: 'opt-out' });
  await edit.category.create('MARKETING', { mode: 'opt-in' });
  await edit.item.create('counter', { category: analytics });
  await getService('publishing', app).refresh();
  consents = consentsOf(app);
  token = await adminToken(app.strapi);
});
afterAll(() => app?.stop());

describe('Statistics', () => {
  it('of a site without consents are zeros, for every day asked for', async () => {
    const found = await statistics({ from: '2026-01-30', to: '2026-02-02' });
    expect(found).toMatchObject({ decisions: 0, categories: [], sources: [], versions: [], impressions: null });
    expect(found.days.map(({ day }) => day)).toEqual(['2026-01-30', '2026-01-31', '2026-02-01', '2026-02-02']);
    const { from, to, days } = await statistics();
    expect([from, to, days.length]).toEqual([daysAgo(29), today(), 30]);
  });

  it('count decisions by category, source, day and config version, each once', async () => {
    const all = { STATISTICS: true, MARKETING: true };
    const body = await consents.body({ source: 'accept-all', choices: all });
    await consents.record(body);
    await consents.post(body).expect(200);
    await Promise.all(
      Array.from({ length: 5 }, async () =>
        consents.record(
          await consents.body({
            source: 'reject-all',
            subject: null,
            choices: { STATISTICS: false, MARKETING: false },
          }),
        ),
      ),
    );
    const subject = newSubject();
    await consents.record(
      await consents.body({ subject, choices: { STATISTICS: true, MARKETING: false, 'item:counter': false } }),
    );
    const { version } = await consents.config();
    const found = await statistics();
    const categories = [
      { category: 'MARKETING', granted: 1, refused: 6 },
      { category: 'STATISTICS', granted: 2, refused: 5 },
    ];
    expect(found).toMatchObject({
      site: 'default',
      decisions: 7,
      categories,
      categoryNames: expect.objectContaining({ MARKETING: expect.any(String) }),
      filters: { locales: ['en'], regimes: ['as-configured'], sources: ['accept-all', 'reject-all', 'save'] },
    });
    expect(found.sources.map(({ source, decisions }) => [source, decisions])).toEqual([
      ['reject-all', 5],
      ['accept-all', 1],
      ['save', 1],
    ]);
    expect(found.days.at(-1)).toMatchObject({ day: today(), decisions: 7, categories });
    expect(found.days.at(-2)).toMatchObject({
      decisions: 0,
      categories: [
        { category: 'MARKETING', granted: 0, refused: 0 },
        { category: 'STATISTICS', granted: 0, refused: 0 },
      ],
    });
    expect(found.versions).toEqual([
      expect.objectContaining({
        version,
        locale: 'en',
        regime: 'as-configured',
        decisions: 7,
        categories,
        firstDay: today(),
        lastDay: today(),
      }),
    ]);
    expect(found.locales).toEqual([{ locale: 'en', decisions: 7, categories }]);
    expect(found.regimes).toEqual([{ regime: 'as-configured', decisions: 7, categories }]);
  });

  it('are narrowed by source, language and regime', async () => {
    expect(await statistics({ source: 'reject-all' })).toMatchObject({ decisions: 5 });
    expect(await statistics({ locale: 'en', regime: 'as-configured' })).toMatchObject({ decisions: 7 });
    expect(await statistics({ locale: 'de' })).toMatchObject({ decisions: 0, filters: { locales: ['en'] } });
    expect(await statistics({ site: 'shop' })).toMatchObject({ decisions: 0 });
  });

  it('count a consent in the language of the texts that were shown, whatever the visitor says', async () => {
    await consents.record(await consents.body({ locale: 'de-CH' }));
    const found = await statistics();
    expect(found.locales.map(({ locale }) => locale)).toEqual(['en']);
  });

  it('are kept when a consent is erased, and hold nobody', async () => {
    const before = (await statistics()).decisions;
    const answer = await consents.record(await consents.body());
    await consents.erase(answer.token);
    expect((await statistics()).decisions).toBe(before + 1);
  });

  it('of past days are summed up over all processes, and stay the same', async () => {
    const { stored } = getService('ledger', app);
    await stored().counts.flush();
    const [row] = await table('consent_counts').where({ category: '' }).limit(1).select('*');
    const past = Math.floor(Date.now() / 86_400_000) - 5;
    for (const writer of ['one', 'two', '-'])
      for (const category of ['', 'STATISTICS'])
        await table('consent_counts').insert({ ...row, writer, day: past, category, granted: 3, refused: 1 });
    await table('impressions').insert(
      ['one', 'two'].map((writer) => ({
        writer,
        site: 'default',
        day: past,
        config_version: row.config_version,
        locale: row.locale,
        regime: row.regime,
        sampled: 2,
        estimated: 8,
      })),
    );
    const before = await statistics();
    expect(before.days.at(-6)).toMatchObject({ decisions: 9, impressions: 16 });
    await getService('ledger', app).keepHouse();
    expect(await statistics()).toEqual(before);
    const left: { writer: string; granted: number | string }[] = await table('consent_counts')
      .where({ day: past })
      .select('writer', 'category', 'granted');
    expect(left.map(({ writer, granted }) => [writer, Number(granted)])).toEqual([
      ['-', 9],
      ['-', 9],
    ]);
    // Of today, each process has its own.
    expect(await table('consent_counts').where({ writer: '-' }).where('day', '>', past).select('day')).toEqual([]);
    await getService('ledger', app).keepHouse();
    expect(await statistics()).toEqual(before);
  });

  it.each([
    [{}, 'site'],
    [{ site: 'a b' }, 'site'],
    [{ site: 'default', from: '2026-02-30' }, 'from'],
    [{ site: 'default', from: '2020-01-01', to: '2026-01-01' }, 'from'],
    [{ site: 'default', from: '2026-02-02', to: '2026-02-01' }, 'to'],
    [{ site: 'default', from: '2999-01-01' }, 'to'],
    [{ site: 'default', source: 'guess' }, 'source'],
    [{ site: 'default', regime: 'none' }, 'regime'],
    [{ site: 'default', locale: '$ne' }, 'locale'],
    [{ site: 'default', more: '1' }, 'more'],
    [{ 'site[$ne]': 'x' }, 'site'],
  ])('asked for with %j are 400 at %s', async (query, field) => {
    const { body } = await ask(query as Record<string, string>).expect(400);
    expect(body.error.details.errors.map(({ path: at }: { path: string[] }) => at[0])).toContain(field);
  });

  it('of an unknown site are 404, and need their own permission', async () => {
    await ask({ site: 'nowhere' }).expect(404);
    const other = await adminTokenWith(app.strapi, [
      'plugin::privacy-desk.ledger.records',
      'plugin::privacy-desk.ledger.export',
    ]);
    await ask({ site: 'default' }, other).expect(403);
    await ask({ site: 'default' }, await adminTokenWith(app.strapi, ['plugin::privacy-desk.ledger.statistics'])).expect(
      200,
    );
    await request(app.server).get('/privacy-desk/ledger/statistics?site=default').expect(401);
  });
});

describe('Banners that were shown', () => {
  const post = (url: string, headers: Record<string, string> = {}) =>
    request(app.server).post(`/api/privacy-desk/${url}`).set(headers);

  it('are counted by a sample, as the config says', async () => {
    const { version, consents: where } = await consents.config();
    expect(where!.impressions).toEqual({ endpoint: './impressions?site=default&version=', share: SHARE });
    const before = (await statistics()).impressions?.sampled ?? 0;
    for (let banner = 0; banner < 3; banner++)
      await post(`impressions?site=default&version=${version}`, { 'content-type': 'text/plain' }).expect(204);
    await getService('ledger', app).stored().counts.flush();
    const found = await statistics();
    expect(found.impressions!.sampled).toBe(before + 3);
    expect(found.days.at(-1)!.impressions).toBe(3 / SHARE);
    expect(found.versions[0]!.impressions).toBeGreaterThanOrEqual(3 / SHARE);
  });

  it('are not counted for other versions, sites, origins and methods', async () => {
    const { version } = await consents.config();
    await post('impressions').expect(400);
    await post('impressions?site=default').expect(400);
    await post(`impressions?site=default&site=shop&version=${version}`).expect(400);
    await post(`impressions?site=nowhere&version=${version}`).expect(404);
    await post(`impressions?site=default&version=unknown`).expect(422);
    await post(`impressions?site=shop&version=${version}`).expect(403);
    await post(`impressions?site=shop&version=${version}`, { origin }).expect(422);
    await request(app.server).get(`/api/privacy-desk/impressions?site=default&version=${version}`).expect(405);
    const { headers } = await request(app.server).options('/api/privacy-desk/impressions').expect(204);
    expect(headers['access-control-allow-methods']).toBe('POST, OPTIONS');
  });
});
