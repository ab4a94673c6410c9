import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import request from 'supertest';
import type { Install } from '../../contract';
import { createSeenOrigins } from '../../server/src/install/seen-origins';
import { adminToken, adminTokenWith, startStrapi, type TestApp } from '../support/strapi';
import { editCatalogue } from '../support/catalogue';
import { eventually } from '../support/eventually';

const from = (headers: IncomingMessage['headers']) => ({ headers }) as IncomingMessage;

describe('seen origins', () => {
  it('are those of pages, the latest first, and nothing else of a request', () => {
    let clock = 0;
    const seen = createSeenOrigins(() => clock);
    seen.note('default', from({ origin: 'https://a.example' }));
    clock = 60_000;
    seen.note('default', from({ origin: 'null', referer: 'https://b.example/account/7?mail=x@example.com' }));
    seen.note('shop', from({ referer: 'https://c.example/' }));
    for (const headers of [
      {},
      { referer: 'about:blank' },
      { origin: 'nonsense' },
      { origin: `https://${'a'.repeat(300)}` },
    ])
      seen.note('default', from(headers));
    clock = 90_000;
    expect(seen.of('default')).toEqual([
      { origin: 'https://b.example', secondsAgo: 30 },
      { origin: 'https://a.example', secondsAgo: 90 },
    ]);
    expect(seen.of('shop')).toHaveLength(1);
    expect(seen.of('other')).toEqual([]);
  });

  it('do not fill the memory, and are sampled where there are very many', () => {
    let clock = 1000;
    const seen = createSeenOrigins(() => clock);
    for (let index = 0; index < 1000; index++) {
      clock += 10;
      seen.note('default', from({ origin: `https://host-${index}.example` }));
    }
    expect(seen.of('default')).toHaveLength(20);
    expect(seen.of('default')[0]!.origin).toBe('https://host-999.example');
    clock += 1000;
    for (let index = 0; index < 100; index++) seen.note('busy', from({ origin: `https://busy-${index}.example` }));
    expect(seen.of('busy')[0]!.origin).toBe('https://busy-19.example');
  });
});

describe('GET /privacy-desk/install', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startStrapi();
    token = await adminToken(app.strapi);
    await editCatalogue(app.strapi).site.create('shop', { name: 'Shop', origins: ['https://shop.example'] });
  });
  afterAll(() => app.stop());
  const find = (site: string, bearer = token) =>
    request(app.server).get(`/privacy-desk/install?site=${site}`).set('Authorization', `Bearer ${bearer}`);

  it('says what the snippets are filled with, and which websites have asked', async () => {
    const { body: before } = await find('shop').expect(200);
    expect(before).toMatchObject({ site: 'shop', origins: ['https://shop.example'], seen: [] });
    expect(before.clientUrl).toBe(`${before.endpoint}/client.js`);
    const hash = createHash('sha256').update(before.stub).digest('base64');
    expect(before.stubHash).toBe(`'sha256-${hash}'`);

    const config = () =>
      request(app.server).get('/api/privacy-desk/config?site=shop').set('Origin', 'https://shop.example');
    await eventually(async () => expect((await config()).status).toBe(200));
    await request(app.server)
      .get('/api/privacy-desk/client.js?site=shop')
      .set('Referer', 'https://staging.shop.example/cart?id=1')
      .expect(200);
    await config().expect(200); // the answer is remembered now
    const { seen } = (await find('shop').expect(200)).body as Install;
    expect(seen.map(({ origin }) => origin)).toEqual(['https://shop.example', 'https://staging.shop.example']);
    expect((await find('default').expect(200)).body.seen).toEqual([]);
  });

  it('wants its permission and a site', async () => {
    await find('default', await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.read'])).expect(403);
    await find('default', await adminTokenWith(app.strapi, ['plugin::privacy-desk.install.read'])).expect(200);
    await find('nothing').expect(404);
    await find('').expect(404);
    await request(app.server).get('/privacy-desk/install').set('Authorization', `Bearer ${token}`).expect(400);
    await request(app.server).get('/privacy-desk/install?site=default').expect(401);
  });
});
