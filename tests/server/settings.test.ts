import request from 'supertest';
import type { DeskSettings } from '../../contract';
import { adminToken, adminTokenWith, startStrapi, type TestApp } from '../support/strapi';

let app: TestApp;

beforeAll(async () => {
  app = await startStrapi({ config: { consents: { personal: { ip: 'truncated' } }, cache: { maxAgeSeconds: 5 } } });
});
afterAll(() => app.stop());

const get = (token: string) =>
  request(app.server).get('/privacy-desk/settings').set('Authorization', `Bearer ${token}`);

describe('GET /privacy-desk/settings', () => {
  it('answers with what the server was started with, and no secret', async () => {
    const { body, text } = await get(await adminToken(app.strapi)).expect(200);
    const settings = body as DeskSettings;
    expect(settings).toMatchObject({
      cache: { maxAgeSeconds: 5, staleIfErrorSeconds: 604_800 },
      consents: { enabled: true, ip: 'truncated', userAgentFamily: false, country: false },
      geo: { headers: null, trustedProxies: [], database: false, knowsCountry: false },
      keys: { previous: false },
      redis: false,
    });
    expect(settings.keys.signing).toHaveLength(1);
    const { master, file } = app.strapi.config.get<{ master: string | null; file: string | null }>(
      'plugin::privacy-desk.keys',
    );
    for (const secret of [master, file, process.env.PRIVACY_DESK_MASTER_KEY])
      if (secret) expect(text).not.toContain(secret);
  });

  it('is only for those who may', async () => {
    await request(app.server).get('/privacy-desk/settings').expect(401);
    await get(await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.read'])).expect(403);
    await get(await adminTokenWith(app.strapi, ['plugin::privacy-desk.settings.read'])).expect(200);
  });
});
