import request from 'supertest';
import type { ProcessingRecords } from '../../contract';
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
    persons: 'Visitors of the website',
    data: ['_px (cookie)', 'px (localStorage)'],
    legalBasis: 'consent',
    recipients: ['=Ads Ltd'],
    retention: '10 days',
  });
  expect(rows.find(({ activity }) => activity === 'Profile')).toMatchObject({
    source: 'content',
    purposes: 'Public profiles',
    legalBasis: 'consent',
    retention: 'as long as needed',
    measures: [expect.any(String), 'Encrypted at rest: iban'],
  });
  expect(rows.filter(({ source }) => source === 'privacy-desk').map(({ activity }) => activity)).toEqual([
    'Proof of consent',
    'Audit trail',
  ]);
});

it('is a table without a cell that a spreadsheet would run', async () => {
  const { text } = await records('?format=csv')
    .expect(200)
    .expect('Content-Type', /text\/csv/);
  const [head, ...rows] = text.replace('\uFEFF', '').trim().split('\r\n');
  expect(head).toBe('activity,purposes,persons,data,legal_basis,recipients,retention,measures,source');
  expect(rows.find((row) => row.startsWith('Marketing (default)'))).toContain("'=Ads Ltd");
});

it('needs the permission, and a format that there is', async () => {
  await records('?format=pdf').expect(400);
  await records('', await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.read'])).expect(403);
});
