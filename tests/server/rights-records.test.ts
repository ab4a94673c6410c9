import request from 'supertest';
import type { ProcessingRecords } from '../../contract';
import { ENTRIES } from '../../server/src/audit/tables';
import { startShop } from '../support/shop';
import { adminToken, adminTokenWith, type TestApp } from '../support/strapi';

let app: TestApp;
const records = (query = '', token?: string) =>
  request(app.server)
    .get(`/privacy-desk/personal-data/records${query}`)
    .set('Authorization', `Bearer ${token ?? admin}`);
let admin: string;

beforeAll(async () => {
  app = await startShop();
  admin = await adminToken(app.strapi);
  const [category] = await app.strapi
    .documents('plugin::privacy-desk.category')
    .findMany({ filters: { key: 'MARKETING' } });
  await app.strapi.documents('plugin::privacy-desk.tracking-item').create({
    data: {
      key: 'pixel',
      name: 'Pixel',
      provider: '=Ads Ltd',
      category: category!.documentId,
      enabled: true,
      storage: [
        { id: 'a', name: '_px', match: 'exact', kind: 'cookie', lifetime: 864_000, purpose: 'Tells visitors apart' },
        { id: 'b', name: 'px', match: 'exact', kind: 'localStorage', lifetime: 'session', purpose: 'Counts' },
      ],
    },
  });
  await app.strapi.plugin('privacy-desk').service('publishing').refresh();
});
afterAll(() => app.stop());

it('makes the register from tracking items, the map and the plugin itself', async () => {
  const { records: rows, controllers } = (await records().expect(200)).body as ProcessingRecords;
  expect(controllers).toEqual([{ site: 'default', name: null }]);
  expect(rows.find(({ activity }) => activity === 'Marketing (default)')).toMatchObject({
    source: 'tracking',
    purposes: 'Tells visitors apart; Counts',
    key: 'tracking:default:MARKETING',
    persons: ['visitors'],
    data: ['_px (cookie)', 'px (localStorage)'],
    legalBasis: 'consent',
    recipients: ['=Ads Ltd'],
    retention: { days: 10 },
  });
  expect(rows.find(({ activity }) => activity === 'Profile')).toMatchObject({
    source: 'content',
    purposes: 'Public profiles',
    legalBasis: 'consent',
    retention: 'as-needed',
    measures: ['roles-and-audit', { encrypted: ['iban'] }],
  });
  expect(rows.filter(({ source }) => source === 'privacy-desk').map(({ activity }) => activity)).toEqual([
    'Proof of consent',
    'Audit trail',
    'Data requests',
  ]);
});

it('is a table without a cell that a spreadsheet would run', async () => {
  const { text } = await records('?format=csv')
    .expect(200)
    .expect('Content-Type', /text\/csv/);
  const [head, ...rows] = text.replace('\uFEFF', '').trim().split('\r\n');
  expect(head).toBe(
    'activity,purposes,persons,data,legal_basis,recipients,transfers,retention,measures,source,controller,joint_controllers,representative,data_protection_officer',
  );
  expect(rows.find((row) => row.startsWith('Marketing (default)'))).toContain("'=Ads Ltd");
});

describe('what only the controller knows', () => {
  const put = (path: string, body: object, token = admin) =>
    request(app.server)
      .put(`/privacy-desk/personal-data/records/${path}`)
      .set('Authorization', `Bearer ${token}`)
      .send(body);
  const ORDERS = encodeURIComponent('content:api::order.order');
  const register = async () => (await records().expect(200)).body as ProcessingRecords;
  const orders = async () => (await register()).records.find(({ key }) => key === 'content:api::order.order')!;
  const organisation = {
    controller: 'Northlight Coffee GmbH, Harbour 1, Hamburg',
    joint: '',
    representative: '',
    officer: 'Dana Doe, dpo@example.com',
    measures: 'Two-factor login for everybody',
  };
  const activity = { recipients: 'Parcel service', transfers: 'USA: standard contractual clauses', measures: '' };

  it('is kept beside the register, in its table too, and in the audit trail', async () => {
    const { version } = (await register()).organisation;
    await put('organisation', { version, form: organisation }).expect(200);
    await put(`activities/${ORDERS}`, { version: (await orders()).details.version, form: activity }).expect(200);
    expect((await register()).organisation.form).toEqual(organisation);
    expect((await orders()).details.form).toEqual(activity);
    const { text } = await records('?format=csv').expect(200);
    expect(text).toContain('Parcel service,USA: standard contractual clauses');
    expect(text).toContain('Two-factor login for everybody');
    expect(text).toContain('"Dana Doe, dpo@example.com"');
    const actions: { action: string; detail: string; changes: string }[] = await app.strapi.db
      .getConnection(ENTRIES)
      .select('action', 'detail', 'changes');
    const saved = actions.filter(({ action }) => action === 'personal-data.records');
    expect(saved.map(({ detail }) => JSON.parse(detail).record)).toEqual(['organisation', 'content:api::order.order']);
    expect(JSON.stringify(saved)).not.toContain('Dana');
  });

  it('is not overwritten by somebody who has not seen what it is now', async () => {
    const { version, form } = (await orders()).details;
    await put(`activities/${ORDERS}`, { version, form: { ...form, recipients: 'Another one' } }).expect(200);
    const { body } = await put(`activities/${ORDERS}`, { version, form }).expect(409);
    expect(body.error.details.current.recipients).toBe('Another one');
    expect((await orders()).details.form.recipients).toBe('Another one');
  });

  it('is refused where it does not fit, and from those who may not', async () => {
    await put('activities/content%3Aapi%3A%3Agone.gone', { form: activity }).expect(404);
    const { body } = await put('organisation', { form: { ...organisation, officer: 'x'.repeat(4001) } }).expect(400);
    expect(body.error.message).toContain('form.officer: must not be longer than 4000 characters');
    const reader = await adminTokenWith(app.strapi, ['plugin::privacy-desk.personal-data.read']);
    await put('organisation', { form: organisation }, reader).expect(403);
  });
});

it('needs the permission, and a format that there is', async () => {
  await records('?format=pdf').expect(400);
  await records('', await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.read'])).expect(403);
});
