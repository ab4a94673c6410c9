import http from 'node:http';
import zlib from 'node:zlib';
import request from 'supertest';
import type { ConsentConfig, SlimConfig } from '../../contract';
import { getService } from '../../server/src/get-service';
import { browserFiles } from '../../server/src/publishing/browser-files';
import { editCatalogue } from '../support/catalogue';
import { startStrapi, type TestApp } from '../support/strapi';

let app: TestApp;
let port: number;
beforeAll(async () => {
  app = await startStrapi({
    config: {
      seed: false,
      pollIntervalSeconds: 3600,
      cache: { maxAgeSeconds: 30, staleWhileRevalidateSeconds: 0, staleIfErrorSeconds: 90 },
    },
  });
  const edit = editCatalogue(app.strapi);
  await edit.site.create('default');
  await edit.site.create('shop');
  const category = await edit.category.create('STATISTICS', { mode: 'opt-out' });
  await edit.item.create('analytics', { category });
  await edit.addLocale('de');
  await getService('publishing', app).refresh();
  await new Promise<void>((resolve) => void app.strapi.server.listen(0, '127.0.0.1', resolve));
  ({ port } = app.server.address() as { port: number });
});
afterAll(() => app?.stop());

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** Without the conveniences of a client: what is sent and answered is what is written here. */
const ask = (path: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = http.request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject).end();
  });
const json = ({ body }: Answer) => JSON.parse(body.toString());
const base = '/api/privacy-desk';

describe('GET /config', () => {
  it('answers with the headers that caches and other origins need', async () => {
    const answer = await ask(`${base}/config`, { origin: 'https://www.example.com' });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(answer.body.length),
      'cache-control': 'public, max-age=30, stale-if-error=90',
      etag: `"${json(answer).version}"`,
      vary: 'Accept-Encoding',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    expect(answer.headers).not.toHaveProperty('content-encoding');
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });

  it('is one answer in every coding', async () => {
    const plain = (await ask(`${base}/config`)).body;
    const unpack = { gzip: zlib.gunzipSync, br: zlib.brotliDecompressSync };
    for (const coding of ['gzip', 'br'] as const) {
      const { headers, body } = await ask(`${base}/config`, { 'accept-encoding': coding });
      expect(headers).toMatchObject({ 'content-encoding': coding, 'content-length': String(body.length) });
      expect(unpack[coding](body)).toEqual(plain);
      expect(body.length).toBeLessThan(plain.length / 2);
    }
    const refused = await ask(`${base}/config`, { 'accept-encoding': '*;q=0' });
    expect(refused).toMatchObject({ status: 406 });
    expect(json(refused).error).toMatchObject({ status: 406, name: 'NotAcceptableError' });
  });

  it('answers 304 to those who have it', async () => {
    const { etag } = (await ask(`${base}/config`)).headers;
    for (const known of [etag!, `W/${etag}`, `"other", ${etag}`, '*']) {
      for (const coding of ['identity', 'br']) {
        const answer = await ask(`${base}/config`, { 'if-none-match': known, 'accept-encoding': coding });
        expect(answer.status).toBe(304);
        expect(answer.body).toHaveLength(0);
        expect(answer.headers).toMatchObject({
          etag: coding === 'identity' ? etag : `W/${etag}`,
          'cache-control': 'public, max-age=30, stale-if-error=90',
          vary: 'Accept-Encoding',
          'access-control-allow-origin': '*',
        });
      }
    }
    expect((await ask(`${base}/config`, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('answers HEAD with the same headers and no body', async () => {
    const get = await ask(`${base}/config?locale=de`);
    const head = await ask(`${base}/config?locale=de`, {}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.body).toHaveLength(0);
    expect(head.headers).toMatchObject({ ...get.headers, date: expect.any(String) });
  });

  it('answers for the site and the closest locale that are asked for, and ignores what it does not know', async () => {
    const config = async (query: string): Promise<ConsentConfig> => json(await ask(`${base}/config${query}`));
    expect(await config('?site=shop&locale=de')).toMatchObject({ site: 'shop', locale: 'de' });
    expect(await config('?locale=de-CH')).toMatchObject({ site: 'default', locale: 'de' });
    expect(await config('?locale=DE')).toMatchObject({ locale: 'de' });
    expect(await config('?locale=sv')).toMatchObject({ locale: 'en' });
    expect(await config('?utm_source=a&utm_source=b&populate=*&filters[x][$ne]=1')).toMatchObject({ locale: 'en' });
    expect(await config('?regime=opt-in')).toMatchObject({ site: 'default' });
  });

  it.each([
    ['?locale[$ne]=x', 400, 'ValidationError', 'locale'],
    ['?locale=de&locale=en', 400, 'ValidationError', 'locale'],
    ['?locale=..%2Fetc', 400, 'ValidationError', 'locale'],
    ['?site=%E0%A4%A', 400, 'ValidationError', 'site'],
    ['?site=a%0D%0ASet-Cookie:x=1', 400, 'ValidationError', 'site'],
    ['?regime=anarchy', 400, 'ValidationError', 'regime'],
    ['?site=nobody', 404, 'NotFoundError', 'site'],
    ['?site=constructor', 404, 'NotFoundError', 'site'],
  ])('answers %s with %i, naming the field', async (query, status, name, field) => {
    const answer = await ask(`${base}/config${query}`);
    expect(answer.status).toBe(status);
    const { data, error } = json(answer);
    expect(data).toBeNull();
    expect(error).toMatchObject({ status, name, message: expect.any(String) });
    expect(error.details.errors).toEqual([{ path: [field], message: error.message, name }]);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' });
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });

  it('answers right after a thousand different URLs as before them', async () => {
    for (let index = 0; index < 1100; index++) expect((await ask(`${base}/config?x=${index}`)).status).toBe(200);
    expect(json(await ask(`${base}/config?site=shop`))).toMatchObject({ site: 'shop' });
  });
});

describe('GET /gpc.json', () => {
  it('states that the site honours Global Privacy Control, since it was published as it is', async () => {
    const answer = await ask(`${base}/gpc.json?site=shop`);
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': expect.stringMatching(/^public/) },
    });
    expect(json(answer)).toEqual({ gpc: true, lastUpdate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
    expect(Math.abs(Date.parse(json(answer).lastUpdate) - Date.now())).toBeLessThan(2 * 86_400_000);
    expect((await ask(`${base}/gpc.json?site=nobody`)).status).toBe(404);
  });
});

describe('other methods', () => {
  it.each(['config', 'client.js', 'assets/banner.0.js'])('of %s: a preflight is answered', async (resource) => {
    const answer = await ask(
      `${base}/${resource}`,
      {
        origin: 'https://www.example.com',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'x-test',
      },
      'OPTIONS',
    );
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      allow: 'GET, HEAD, OPTIONS',
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': '*',
    });
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('%s is refused', async (method) => {
    await ask(`${base}/config`); // so that its URL is known
    const answer = await ask(`${base}/config`, {}, method);
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, OPTIONS' } });
    expect(json(answer).error).toMatchObject({ status: 405, name: 'MethodNotAllowedError' });
  });
});

describe('GET /client.js', () => {
  const files = () => browserFiles();

  it('is the client, called with the slim config and the chunks', async () => {
    const answer = await ask(`${base}/client.js?site=shop&locale=de`);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
    });
    const text = answer.body.toString();
    expect(text.startsWith(`${files().client}(`)).toBe(true);
    const parameters = new Function(`return (...parameters) => parameters`)() as (...p: unknown[]) => unknown[];
    const [slim, chunks] = new Function('client', `return client${text.slice(files().client.length)}`)(parameters) as [
      SlimConfig,
      Record<string, string>,
    ];
    const full: ConsentConfig = json(await ask(`${base}/config?site=shop&locale=de`));
    expect(slim).toMatchObject({ version: full.version, site: 'shop', locale: 'de', regime: full.regime });
    expect(slim.texts.bannerText).toBe(full.texts.bannerText);
    expect(slim.texts).not.toHaveProperty('storageName');
    expect(full.categories.map(({ key }) => key)).toEqual(['STATISTICS']);
    expect(slim.categories).toEqual([
      {
        key: 'STATISTICS',
        name: 'STATISTICS',
        mode: 'opt-out',
        honoursGpc: true,
        // On a slow machine it is published in between, while the site is being filled.
        revision: full.categories[0]!.revision,
        items: [{ key: 'analytics' }],
      },
    ]);
    expect(chunks).toEqual(files().chunks);
  });

  it('asks for the details of the very regime that it was composed for', () =>
    expect([files().client, ...Object.values(files().assets)].join()).toMatch(/config\?.*&regime=/));

  it('brings the django compatibility along when asked', async () => {
    const plain = (await ask(`${base}/client.js`)).body.toString();
    const compatible = (await ask(`${base}/client.js?compat=django`)).body.toString();
    expect(compatible).toBe(plain + files().compat.django);
    expect(json(await ask(`${base}/client.js?compat=rails`)).error.details.errors[0].path).toEqual(['compat']);
  });
});

describe('GET /assets', () => {
  it('answers a chunk for good, and an older hash of it with what there is', async () => {
    const { chunks, assets } = browserFiles();
    for (const [name, file] of Object.entries(chunks)) {
      const current = await ask(`${base}/assets/${file}`);
      expect(current.body.toString()).toBe(assets[file]);
      expect(current.headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-type': 'text/javascript; charset=utf-8',
        'access-control-allow-origin': '*',
      });
      const older = await ask(`${base}/assets/${name}.0ld4a5h0.js`);
      expect(older.body.toString()).toBe(assets[file]);
      expect(older.headers['cache-control']).toBe('no-store');
    }
  });

  it.each([
    'assets/',
    'assets/nothing.1234.js',
    'assets/..%2Fclient.js',
    'assets/../client.js',
    'assets/banner.js',
    'assets/constructor.1.js',
  ])('knows no %s', async (path) => expect((await ask(`${base}/${path}`)).status).toBe(404));
});

describe('all other requests', () => {
  it('go to Strapi', async () => {
    expect((await ask('/_health')).status).toBe(204);
    for (const path of [`${base}/configuration`, `${base}/`, '/api/other', '/privacy-desk/config']) {
      const answer = await ask(path);
      expect(answer.status).toBe(404);
      expect(answer.headers['x-powered-by']).toContain('Strapi');
    }
  });
});

describe('behind a path of its own', () => {
  it('answers below the REST prefix and below the path of server.url', async () => {
    const { publicPaths } = await import('../../server/src/http/public-paths');
    const paths = (prefix: string, url: string) =>
      publicPaths({
        config: { get: (key: string) => (key === 'server.url' ? url : prefix) },
      } as unknown as Parameters<typeof publicPaths>[0]);
    expect(paths('/api', '')).toEqual(['/api/privacy-desk/']);
    expect(paths('rest/', 'https://example.com/cms/')).toEqual(['/rest/privacy-desk/', '/cms/rest/privacy-desk/']);
    expect(paths('/', '/cms')).toEqual(['/privacy-desk/', '/cms/privacy-desk/']);
  });
});

describe('after stopping', () => {
  it('requests go to Strapi alone, as before', async () => {
    const before = app.server.listeners('request').length;
    await getService('publishing', app).stop();
    expect(app.server.listeners('request')).toHaveLength(before);
    await request(app.server).get(`${base}/config`).expect(404);
  });
});
