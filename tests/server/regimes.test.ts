import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { ConsentConfig, RegimeRules } from '../../contract';
import { SITE_UID } from '../../server/src/constants';
import { getService } from '../../server/src/get-service';
import { editCatalogue } from '../support/catalogue';
import { countryDatabase, placeRecord } from '../support/country-database';
import { eventually } from '../support/eventually';
import { createDatabase, startStrapi, type TestApp, type TestDatabase } from '../support/strapi';

const rules: RegimeRules = {
  rules: [
    { regions: ['eu-eea', 'uk'], regime: 'opt-in' },
    { regions: ['US-CA'], regime: 'opt-out' },
  ],
  unknown: 'as-configured',
  default: 'as-configured',
};

let app: TestApp;
let store: TestDatabase;
let edit: ReturnType<typeof editCatalogue>;
let site: string;
let folder: string;
let database: string;
const origin = { address: '127.0.0.1', port: 0 };

const writeDatabase = () =>
  fs.writeFileSync(
    database,
    countryDatabase({ '198.51.100.0/24': placeRecord('US', 'CA'), '203.0.113.0/24': placeRecord('DE') }),
  );

/** On the same database again and again. */
const start = async (geo: object) => {
  app = await startStrapi({ database: store, config: { seed: false, pollIntervalSeconds: 3600, geo } });
  await new Promise<void>((resolve) => void app.strapi.server.listen(0, '127.0.0.1', resolve));
  origin.port = (app.server.address() as { port: number }).port;
};

beforeAll(async () => {
  store = await createDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-'));
  database = path.join(folder, 'places.mmdb');
  writeDatabase();
  await start({ headers: 'cloudflare', trustedProxies: ['127.0.0.1'], database });
  edit = editCatalogue(app.strapi);
  await edit.addLocale('de');
  await edit.site.create('default', { regime: 'opt-out' });
  site = await edit.site.create('shop', { regime: 'by-country', regimeRules: rules });
  const category = await edit.category.create('STATISTICS', { mode: 'opt-out' });
  await edit.item.create('analytics', { category });
  await getService('publishing', app).refresh();
});
afterAll(async () => {
  await app?.stop();
  await store?.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}
/** @param localAddress whom the server sees as its peer; only 127.0.0.1 is trusted */
const ask = (
  url: string,
  headers: http.OutgoingHttpHeaders = {},
  { localAddress = '127.0.0.1', method = 'GET' } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const options = {
      host: origin.address,
      port: origin.port,
      path: `/api/privacy-desk/${url}`,
      headers,
      localAddress,
      method,
    };
    const sent = http.request(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
    });
    sent.on('error', reject).end();
  });
const regimeOf = async (...parameters: Parameters<typeof ask>): Promise<string> => {
  const { text } = await ask(...parameters);
  return /"regime":"([\w-]+)"/.exec(text)![1]!;
};
const from = (country: string, region?: string) => ({
  'cf-ipcountry': country,
  ...(region && { 'cf-region-code': region }),
});

describe('A site that goes by country', () => {
  it.each([
    [from('DE'), 'opt-in'],
    [from('GB'), 'opt-in'],
    [from('US', 'CA'), 'opt-out'],
    [from('US', 'NY'), 'as-configured'],
    [from('JP'), 'as-configured'],
    [from('XX'), 'as-configured'],
    [{}, 'as-configured'],
  ])('answers %j by %s, and nobody may keep it', async (headers, regime) => {
    for (const resource of ['config?site=shop', 'client.js?site=shop&locale=de']) {
      expect(await regimeOf(resource, headers)).toBe(regime);
      const answer = await ask(resource, headers);
      expect(answer.headers['cache-control']).toBe('private, no-store');
      expect(answer.headers).not.toHaveProperty('set-cookie');
      const again = await ask(resource, { ...headers, 'if-none-match': answer.headers.etag });
      expect(again).toMatchObject({ status: 304, headers: { 'cache-control': 'private, no-store' } });
      const head = await ask(resource, headers, { method: 'HEAD' });
      expect(head).toMatchObject({ status: 200, text: '', headers: { 'cache-control': 'private, no-store' } });
    }
  });

  it('answers by the regime in the URL, whoever asks, and caches may keep it', async () => {
    for (const regime of ['opt-in', 'opt-out', 'as-configured']) {
      const url = `config?site=shop&regime=${regime}`;
      expect(await regimeOf(url, from('DE'))).toBe(regime);
      expect((await ask(url)).headers['cache-control']).toMatch(/^public, max-age=60/);
      expect(await regimeOf(`client.js?site=shop&regime=${regime}`, from('US', 'CA'))).toBe(regime);
    }
    const unknown = await ask('config?site=shop&regime=anarchy');
    expect(unknown.status).toBe(400);
    expect(JSON.parse(unknown.text).error.details.errors[0].path).toEqual(['regime']);
  });

  it('has a version per language and regime, and texts that tell what runs', async () => {
    const config = async (query: string) => JSON.parse((await ask(`config?site=shop&${query}`)).text) as ConsentConfig;
    const configs = await Promise.all(
      ['en', 'de'].flatMap((locale) =>
        ['opt-in', 'opt-out', 'as-configured'].map((regime) => config(`locale=${locale}&regime=${regime}`)),
      ),
    );
    expect(new Set(configs.map(({ version }) => version)).size).toBe(6);
    for (const { regime, texts } of configs) expect(!!texts.bannerActive).toBe(regime !== 'opt-in');
    const kept: { version: string; locale: string }[] = await app.strapi.db
      .getConnection('privacy_desk_config_versions')
      .where({ site: 'shop' })
      .select('version', 'locale');
    expect(kept).toHaveLength(6);
    for (const { version, locale } of configs) expect(kept).toContainEqual({ version, locale });
  });

  it('is answered by the strictest regime where a URL names one that the rules do not lead to any more', async () => {
    const narrow = { rules: [{ regions: ['US'], regime: 'as-configured' }], unknown: 'opt-in', default: 'opt-in' };
    await edit.site.update(site, { regimeRules: narrow });
    await getService('publishing', app).refresh();
    expect(await regimeOf('config?site=shop&regime=opt-out')).toBe('opt-in');
    expect(await regimeOf('config?site=shop', from('US'))).toBe('as-configured');
    await edit.site.update(site, { regimeRules: rules });
    await getService('publishing', app).refresh();
    expect(await regimeOf('config?site=shop&regime=opt-out')).toBe('opt-out');
  });

  it('does not believe a header from anybody else than a trusted proxy', async () => {
    const forged = { ...from('US', 'CA'), 'x-forwarded-for': '198.51.100.9' };
    expect(await regimeOf('config?site=shop', forged, { localAddress: '127.0.0.2' })).toBe('as-configured');
    expect(await regimeOf('config?site=shop', forged, { localAddress: '127.0.0.1' })).toBe('opt-out');
  });

  it('looks the address up where no header tells, and asks first where that fails', async () => {
    const behind = (address: string) => ({ 'x-forwarded-for': address });
    expect(await regimeOf('config?site=shop', behind('198.51.100.9'))).toBe('opt-out');
    expect(await regimeOf('config?site=shop', behind('203.0.113.9'))).toBe('opt-in');
    expect(await regimeOf('config?site=shop', behind('192.0.2.1'))).toBe('as-configured');
    expect(await regimeOf('config?site=shop', { ...from('JP'), ...behind('198.51.100.9') })).toBe('as-configured');
    expect(await regimeOf('config?site=shop', behind('198.51.100.9'), { localAddress: '127.0.0.2' })).toBe(
      'as-configured',
    );
    fs.rmSync(database);
    await eventually(async () => expect(await regimeOf('config?site=shop', behind('198.51.100.9'))).toBe('opt-in'));
    expect(await regimeOf('config?site=shop', from('US', 'CA'))).toBe('opt-out');
    writeDatabase();
    await eventually(async () => expect(await regimeOf('config?site=shop', behind('198.51.100.9'))).toBe('opt-out'));
  });

  it('leaves the other sites as they are', async () => {
    for (const url of ['config', 'config?regime=opt-in', 'client.js?site=default']) {
      expect(await regimeOf(url, from('DE'))).toBe('opt-out');
      expect((await ask(url, from('DE'))).headers['cache-control']).toMatch(/^public/);
    }
  });

  it('keeps its rules when the catalogue cannot be published', async () => {
    await app.strapi.db.query(SITE_UID).update({ where: { key: 'shop' }, data: { cookieName: 'no name' } });
    await getService('publishing', app).refresh();
    expect(await getService('publishing', app).status('shop')).toMatchObject({ status: 'invalid' });
    expect(await regimeOf('config?site=shop', from('US', 'CA'))).toBe('opt-out');
    await app.stop();
    await start({ headers: 'cloudflare', trustedProxies: ['127.0.0.1'] });
    expect(await getService('publishing', app).status('shop')).toMatchObject({ status: 'invalid' });
    expect(await regimeOf('config?site=shop&locale=de', from('US', 'CA'))).toBe('opt-out');
    expect(await regimeOf('config?site=shop&locale=de', from('FR'))).toBe('opt-in');
    expect((await ask('config?site=shop&locale=de', from('FR'))).text).toContain('"locale":"de"');
    expect(JSON.parse((await ask('gpc.json?site=shop')).text)).toMatchObject({ gpc: true });
  });
});
