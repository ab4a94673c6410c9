import fc from 'fast-check';
import request from 'supertest';
import { encodeChoice, noChoice, type ChoiceEntry, type ConsentConfig } from '../../contract';
import { writeChoiceCookie } from '../../client/src/core/choice-cookie';
import { getService } from '../../server/src/get-service';
import { editCatalogue } from '../support/catalogue';
import { startStrapi, type TestApp } from '../support/strapi';

const url = '/api/privacy-desk/choice';
const DAY = 86_400;
const page = { 'sec-fetch-site': 'same-origin', origin: 'https://www.example.com' };

let app: TestApp;
beforeAll(async () => {
  app = await startStrapi({
    config: { seed: false, pollIntervalSeconds: 3600, consents: { rateLimit: { max: 100_000 } } },
  });
  const edit = editCatalogue(app.strapi);
  await edit.site.create('default');
  await edit.site.create('shop', {
    origins: ['https://shop.example.com'],
    cookieName: 'shop_choice',
    cookieDomain: 'example.com',
    choiceLifetimeDays: 30,
  });
  await edit.site.create('short', { choiceLifetimeDays: 7 });
  await edit.category.create('STATISTICS', { mode: 'opt-out' });
  await getService('publishing', app).refresh();
  await new Promise<void>((resolve) => void app.strapi.server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => app?.stop());

const nowSeconds = () => Math.floor(Date.now() / 1000);
const at = (seconds: number) => seconds.toString(36);
/** The value of the cookie of somebody who decided so many seconds ago. */
const decided = (ago = 0) => `1.0.-.STATISTICS:0:1:${at(nowSeconds() - ago)}`;
const post = (body: unknown, headers: Record<string, string> = page) =>
  request(app.server)
    .post(url)
    .set(headers)
    .send(body as object);
const cookies = (answer: { headers: Record<string, unknown> }) => (answer.headers['set-cookie'] ?? []) as string[];
const problems = (answer: { body: { error: { details: { errors: { path: string[] }[] } } } }) =>
  answer.body.error.details.errors.map(({ path }) => path.join('.'));

describe('POST /choice', () => {
  it('sets the cookie that it was sent, for as long as is left of the choice', async () => {
    const value = decided(10 * DAY);
    const answer = await post({ site: 'default', value });
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    const [cookie, ...others] = cookies(answer);
    expect(others).toEqual([]);
    const [, left] = /^privacy_desk=(?:.*); Path=\/; SameSite=Lax; Max-Age=(\d+); Secure$/.exec(cookie!)!;
    expect(cookie).toContain(`privacy_desk=${value};`);
    expect(Number(left)).toBeLessThanOrEqual(170 * DAY);
    expect(Number(left)).toBeGreaterThan(170 * DAY - 60);
  });

  it('sets the very cookie that a script of the page sets', async () => {
    const value = decided();
    const written: string[] = [];
    const location = { protocol: 'https:' };
    Object.assign(globalThis, { location, document: { set cookie(text: string) { written.push(text); } } }); // prettier-ignore
    const { body } = await request(app.server).get('/api/privacy-desk/config?site=shop').expect(200);
    writeChoiceCookie((body as ConsentConfig).choice, value);
    for (const name of ['location', 'document']) Reflect.deleteProperty(globalThis, name);
    const answer = await post({ site: 'shop', value }, { ...page, origin: 'https://shop.example.com' });
    const parts = (cookie: string | undefined) => cookie?.split('; ').sort();
    const [set] = cookies(answer);
    const maxAge = (text = '') => Number(/Max-Age=(\d+)/.exec(text)![1]);
    // Seconds may have passed between the two.
    expect(maxAge(written[0]) - maxAge(set)).toBeLessThan(60);
    expect(parts(set?.replace(/Max-Age=\d+/, 'Max-Age'))).toEqual(parts(written[0]?.replace(/Max-Age=\d+/, 'Max-Age')));
    expect(set).toContain('shop_choice=');
    expect(set).toContain('; Domain=.example.com');
  });

  it('names a domain only below it, and Secure only on https', async () => {
    const [other] = cookies(
      await post({ site: 'shop', value: decided() }, { ...page, origin: 'https://notexample.com' }),
    );
    expect(other).not.toContain('Domain');
    const [plain] = cookies(
      await post({ site: 'default', value: decided() }, { ...page, origin: 'http://localhost:80' }),
    );
    expect(plain).not.toContain('Secure');
  });

  it('goes by the latest of several decisions, and lasts no longer for a clock that is ahead', async () => {
    const entries = [decided(100 * DAY), `MARKETING:1:1:${at(nowSeconds() - DAY)}`, '@matomo:0'].join('~');
    const maxAge = async (value: string) =>
      Number(/Max-Age=(\d+)/.exec(cookies(await post({ site: 'default', value }))[0]!)![1]);
    expect(Math.ceil((await maxAge(entries)) / DAY)).toBe(179);
    expect(await maxAge(decided(-9999))).toBe(180 * DAY);
    expect(await maxAge('1.0.-.STATISTICS:0:1:zzzzzzzzzzzz')).toBe(180 * DAY);
  });

  it('refuses a choice that is too old, or does not say when it was made', async () => {
    for (const value of [decided(180 * DAY), '1.0.-.STATISTICS:0:1:0', '1.0.-.@matomo:1:3']) {
      const answer = await post({ site: 'default', value });
      expect([answer.status, ...problems(answer)]).toEqual([422, 'value']);
      expect(cookies(answer)).toEqual([]);
    }
  });

  it.each([
    ['nothing', undefined, ['body']],
    ['a list', [], ['body']],
    ['no field', {}, ['site', 'value']],
    ['another site key', { site: '../x', value: '1.0.-.A:0:1:1' }, ['site']],
    ['a number', { site: 'default', value: 1 }, ['value']],
    ['no entry', { site: 'default', value: '1.0.-.' }, ['value']],
    ['another version', { site: 'default', value: '2.0.-.A:0:1:1' }, ['value']],
    ['two cookies', { site: 'default', value: '1.0.-.A:0:1:1; 1.0.-.A:0:1:1' }, ['value']],
    ['attributes', { site: 'default', value: '1.0.-.A:0:1:1; Domain=example.com' }, ['value']],
    ['a line break', { site: 'default', value: '1.0.-.A:0:1:1\r\nX: y' }, ['value']],
    ['a contradiction', { site: 'default', value: '1.0.-.A:0:1:1~A:1:1:1' }, ['value']],
    ['too much', { site: 'default', value: `1.0.-.${Array(400).fill('ABCDE:0:1').join('~')}` }, ['value']],
  ])('refuses %s with the field at fault', async (_, body, paths) => {
    const answer = await request(app.server)
      .post(url)
      .set({ ...page, 'content-type': 'application/json' })
      .send(JSON.stringify(body) ?? 'null');
    expect(answer.status).toBe(400);
    expect(problems(answer)).toEqual(paths);
    expect(cookies(answer)).toEqual([]);
  });

  it('sets what is a choice, whatever is decided, and nothing else', async () => {
    const key = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,10}$/);
    const entry = fc.tuple(
      fc.constantFrom('0', '1'),
      fc.nat(99).map(String),
      fc.nat(3600).map((ago) => at(nowSeconds() - ago)),
    );
    const choices = fc
      .tuple(
        fc.boolean(),
        fc.constantFrom('-', 'AbCdEfGhIjKlMnOpQrStUv'),
        fc.dictionary(key, entry, { minKeys: 1, maxKeys: 8 }),
      )
      .map(([underGpc, subject, entries]) =>
        encodeChoice({
          underGpc,
          subject,
          entries: { ...noChoice().entries, ...(entries as Record<string, ChoiceEntry>) },
        }),
      );
    await fc.assert(
      fc.asyncProperty(choices, async (value) => {
        const answer = await post({ site: 'default', value });
        expect(answer.status).toBe(204);
        expect(cookies(answer)[0]!.split(';')[0]).toBe(`privacy_desk=${value}`);
      }),
      { numRuns: 40 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc
            .string()
            .filter((text) => !/^[\w:~]/.test(text))
            .map((text) => `${decided()}${text || '~'}`),
        ),
        async (value) => {
          const answer = await post({ site: 'default', value });
          expect(answer.status).toBe(400);
          expect(cookies(answer)).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([
    ['another site', { ...page, 'sec-fetch-site': 'cross-site' }],
    ['a subdomain', { ...page, 'sec-fetch-site': 'same-site' }],
    ['the address bar', { ...page, 'sec-fetch-site': 'none' }],
    ['another origin, by an older browser', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed frame', { 'sec-fetch-site': 'same-origin', origin: 'null' }],
    ['no page at all', { 'sec-fetch-site': 'same-origin' }],
    ['no browser', {}],
  ])('refuses %s', async (_, headers) => {
    const answer = await post({ site: 'shop', value: decided() }, headers as Record<string, string>);
    expect([answer.status, ...problems(answer)]).toEqual([403, 'origin']);
    expect(cookies(answer)).toEqual([]);
  });

  it('knows by the host, or the site’s origins, what older browsers do not say', async () => {
    const { port } = app.server.address() as { port: number };
    const asked: Record<string, string>[] = [
      { origin: 'https://shop.example.com' },
      { origin: 'https://cms.example.com', host: 'cms.example.com' },
      { origin: `http://127.0.0.1:${port}` },
    ];
    for (const headers of asked) expect((await post({ site: 'shop', value: decided() }, headers)).status).toBe(204);
  });

  it('refuses unknown sites, large bodies and other methods', async () => {
    expect((await post({ site: 'nowhere', value: decided() })).status).toBe(404);
    expect((await post({ site: 'default', value: 'x'.repeat(9000) })).status).toBe(413);
    expect((await request(app.server).post(url).set(page).type('form').send('a=b')).status).toBe(400);
    const get = await request(app.server).get(`${url}?x=1`);
    expect([get.status, get.headers.allow]).toEqual([405, 'POST, OPTIONS']);
    const preflight = await request(app.server).options(url).set({ origin: 'https://evil.example' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('is offered where a choice is kept for longer than Safari keeps it anyway', async () => {
    const choice = async (site: string) =>
      ((await request(app.server).get(`/api/privacy-desk/config?site=${site}`)).body as ConsentConfig).choice;
    expect(await choice('shop')).toEqual({
      cookie: 'shop_choice',
      maxAgeSeconds: 30 * DAY,
      domain: '.example.com',
      renewEndpoint: './choice',
    });
    expect(await choice('short')).toEqual({ cookie: 'privacy_desk', maxAgeSeconds: 7 * DAY });
  });
});

describe('An installation', () => {
  /** One after the other: a process holds one Strapi. */
  const startAnew = async (config: Record<string, unknown>) => {
    await app.stop();
    app = await startStrapi({ config });
  };
  const send = () => request(app.server).post(url).set(page).send({ site: 'default', value: decided() });

  it('counts choices per address', async () => {
    await startAnew({ consents: { rateLimit: { max: 2, windowSeconds: 3600 } } });
    expect([(await send()).status, (await send()).status]).toEqual([204, 204]);
    const third = await send();
    expect([third.status, Number(third.headers['retry-after']) > 0, cookies(third)]).toEqual([429, true, []]);
  });

  it('that wants none of it neither offers nor answers it', async () => {
    await startAnew({ choiceEndpoint: false });
    const { body } = await request(app.server).get('/api/privacy-desk/config').expect(200);
    expect((body as ConsentConfig).choice).not.toHaveProperty('renewEndpoint');
    const answer = await send();
    // Strapi's own words for a path that it does not know.
    expect([404, 405]).toContain(answer.status);
    expect(cookies(answer)).toEqual([]);
  });
});
