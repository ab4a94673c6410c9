import request from 'supertest';
import type { ConsentConfig, Setup, SetupAnswer } from '../../contract';
import { CATEGORY_UID, SITE_UID } from '../../server/src/constants';
import { adminToken, adminTokenWith, startStrapi, type TestApp } from '../support/strapi';

let app: TestApp;
let token: string;

const path = '/privacy-desk/sites/default/setup';
const get = (bearer = token) => request(app.server).get(path).set('Authorization', `Bearer ${bearer}`);
const put = (answer: object, bearer = token) =>
  request(app.server).put(path).set('Authorization', `Bearer ${bearer}`).send(answer);
const find = async (): Promise<Setup> => (await get().expect(200)).body;
const take = async (answer: SetupAnswer): Promise<Setup> => (await put(answer).expect(200)).body;
const site = () => app.strapi.db.query(SITE_UID).findOne({ where: { key: 'default', locale: 'en' } });
const config = async (locale: string): Promise<ConsentConfig> =>
  (await request(app.server).get(`/api/privacy-desk/config?locale=${locale}`).expect(200)).body;

beforeAll(async () => {
  app = await startStrapi();
  token = await adminToken(app.strapi);
});
afterAll(() => app.stop());

const website = {
  name: 'Northlight Coffee',
  origins: ['https://www.example.com'],
  controllerName: 'Northlight Ltd',
  policyUrl: '/privacy',
  imprintUrl: '',
};

describe('the assistant, from a fresh Strapi to a banner', () => {
  it('begins where nothing is set up', async () => {
    const setup = await find();
    expect(setup).toMatchObject({
      status: 'fresh',
      step: 'website',
      regime: 'as-configured',
      knowsCountry: false,
      published: 'live',
      website: { name: 'Website', origins: [], controllerName: '', policyUrl: '', imprintUrl: '' },
    });
    expect(setup.locales.map(({ code }) => code)).toEqual(['en']);
    expect(setup.addable).toContainEqual({ code: 'de', name: 'German (de)' });
    expect(setup.scriptTags.en).toContain('client.js?site=default&locale=en');
  });

  it('refuses a website with mistakes field by field, and stays where it is', async () => {
    const wrong = { ...website, name: ' ', origins: ['https://example.com/shop'], policyUrl: 'privacy' };
    const { body } = await put({ step: 'website', website: wrong }).expect(400);
    expect(body.error.details.errors.map((error: { path: string[] }) => error.path.join('.')).sort()).toEqual([
      'website.name',
      'website.origins',
      'website.policyUrl',
    ]);
    expect(await find()).toMatchObject({ status: 'fresh', website: { name: 'Website' } });
  });

  it('is left, and gone on with where it was', async () => {
    const { version } = await find();
    expect(await take({ step: 'website', version, website })).toMatchObject({ status: 'open', step: 'law', website });
    expect(await take({ step: 'later' })).toMatchObject({ status: 'open', step: 'law' });
    expect(await site()).toMatchObject({ name: website.name, origins: website.origins, imprintUrl: null });
  });

  it('does not overwrite what somebody else has saved meanwhile', async () => {
    const { body } = await put({ step: 'website', version: 'older', website: { ...website, name: 'Mine' } }).expect(
      409,
    );
    expect(body.error.details.current).toEqual(website);
    expect((await site()).name).toBe(website.name);
  });

  it('sets the law, with the recommended countries where it goes by them', async () => {
    expect(await take({ step: 'law', regime: 'by-country' })).toMatchObject({
      regime: 'by-country',
      step: 'languages',
    });
    expect((await site()).regimeRules.rules.length).toBeGreaterThan(2);
    expect(await take({ step: 'law', regime: 'opt-in' })).toMatchObject({ regime: 'opt-in' });
    await put({ step: 'law', regime: 'none' }).expect(400);
  });

  it('adds languages, with the texts of what is there already', async () => {
    const setup = await take({ step: 'languages', add: ['de'] });
    expect(setup).toMatchObject({ step: 'services' });
    expect(setup.locales.map(({ code }) => code)).toEqual(['en', 'de']);
    const german = await app.strapi.db.query(CATEGORY_UID).findOne({ where: { key: 'STATISTICS', locale: 'de' } });
    expect(german.name).toBe('Statistik');
    // A second click, or another admin, changes nothing.
    await take({ step: 'languages', add: ['de'] });
    await put({ step: 'languages', add: ['tlh-none'] }).expect(400);
    expect((await find()).locales).toHaveLength(2);
  });

  it('ends with a banner that visitors get', async () => {
    await take({ step: 'services' });
    expect(
      await take({ step: 'look', theme: { position: 'bottom-end', tokens: { accent: '#0b5cad' } } }),
    ).toMatchObject({
      status: 'done',
      step: 'website',
      published: 'live',
    });
    expect(await config('de')).toMatchObject({
      regime: 'opt-in',
      theme: { position: 'bottom-end' },
      links: { policy: '/privacy' },
      controller: { name: 'Northlight Ltd' },
    });
    expect(await take({ step: 'later' })).toMatchObject({ status: 'done' });
  });
});

it('is only for those who may, and languages only for those who may add them to Strapi', async () => {
  await request(app.server).get(path).expect(401);
  const other = await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.read']);
  await get(other).expect(403);
  await put({ step: 'services' }, other).expect(403);
  const assistant = await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.set-up']);
  expect((await get(assistant).expect(200)).body.addable).toEqual([]);
  await put({ step: 'languages', add: ['fr'] }, assistant).expect(403);
  await put({ step: 'languages', add: [] }, assistant).expect(200);
  await request(app.server)
    .get('/privacy-desk/sites/default/appearance/preview?locale=en&regime=opt-in')
    .set('Authorization', `Bearer ${assistant}`)
    .expect(200);
});

it.each([
  {},
  { step: 'none' },
  { step: 'law' },
  { step: 'look', theme: { position: 'left' } },
  { step: 'later', more: 1 },
])('refuses %j', (answer) => put(answer).expect(400));
