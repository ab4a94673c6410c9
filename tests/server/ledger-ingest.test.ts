import { randomUUID } from 'node:crypto';
import net from 'node:net';
import fc from 'fast-check';
import { compactVerify, createLocalJWKSet } from 'jose';
import request from 'supertest';
import { getService } from '../../server/src/get-service';
import { isLanguageTag } from '../../server/src/publishing/public-request';
import { editCatalogue } from '../support/catalogue';
import { consentsOf, newSubject } from '../support/consents';
import { startStrapi, type TestApp } from '../support/strapi';

const url = '/api/privacy-desk/consents';
let app: TestApp;
let consents: ReturnType<typeof consentsOf>;
const count = async (): Promise<number> =>
  Number(
    Object.values((await app.strapi.db.getConnection('privacy_desk_consents').count())[0] as Record<string, string>)[0],
  );

beforeAll(async () => {
  app = await startStrapi({
    config: { seed: false, pollIntervalSeconds: 3600, consents: { rateLimit: { max: 100_000 } } },
  });
  const edit = editCatalogue(app.strapi);
  await edit.site.create('default');
  await edit.site.create('shop', { origins: ['https://shop.example.com'] });
  await edit.category.create('ESSENTIALS', { mode: 'required' });
  const statistics = await edit.category.create('STATISTICS', { mode: 'opt-out' });
  await edit.category.create('MARKETING', { mode: 'opt-in' });
  await edit.item.create('analytics', { category: statistics, provider: 'Example Analytics' });
  await getService('publishing', app).refresh();
  await new Promise<void>((resolve) => void app.strapi.server.listen(0, '127.0.0.1', resolve));
  consents = consentsOf(app);
});
afterAll(() => app?.stop());

describe('A consent', () => {
  it('is recorded once, however often it is sent', async () => {
    const body = await consents.body();
    const answer = await consents.record(body);
    expect(answer).toEqual({ id: body.id, recordedAt: expect.stringMatching(/Z$/), token: expect.any(String) });
    for (let retry = 0; retry < 3; retry++) {
      const again = await consents.post(body);
      expect([again.status, again.body]).toEqual([200, answer]);
    }
    const others = await Promise.all(Array.from({ length: 5 }, () => consents.post(body)));
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const rows = await app.strapi.db.getConnection('privacy_desk_consents').where({ id: body.id }).select('*');
    expect(rows).toHaveLength(1);
  });

  it('is recorded once when its copies arrive at the same moment', async () => {
    const body = await consents.body();
    const answers = await Promise.all(Array.from({ length: 8 }, () => consents.post(body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
  });

  it.each([
    ['choices', { choices: { STATISTICS: false, MARKETING: false } }],
    ['source', { source: 'withdraw' as const }],
    ['subject', { subject: newSubject() }],
    ['missing subject', { subject: null }],
    ['time', { decidedAt: new Date(Date.now() - 5000).toISOString() }],
  ])('with a known id and another %s is refused', async (_, change) => {
    const body = await consents.body();
    await consents.record(body);
    const refused = await consents.post({ ...body, ...change });
    expect(refused.status).toBe(409);
    expect(refused.body.error).toMatchObject({ name: 'ConflictError', details: { errors: [{ path: ['id'] }] } });
  });

  it('is taken as application/json and text/plain, of visitors without a subject too', async () => {
    for (const subject of [null, '-', undefined]) {
      const body = await consents.body({ subject, choices: { STATISTICS: false, 'item:analytics': false } });
      await request(app.server).post(url).set('content-type', 'text/plain').send(JSON.stringify(body)).expect(201);
    }
  });

  it('is answered for every origin, without credentials', async () => {
    const answer = await consents.post(await consents.body(), { origin: 'https://www.example.com' });
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': '*', 'cache-control': 'no-store' });
    expect(answer.headers).not.toHaveProperty('set-cookie');
    const preflight = await request(app.server).options(url).set('origin', 'https://www.example.com').expect(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
      'access-control-allow-headers': 'authorization, content-type',
    });
  });

  it('keeps what was chosen before, the browser’s signal and where it was decided', async () => {
    const subject = newSubject();
    const first = await consents.record(await consents.body({ subject, choices: { STATISTICS: true } }));
    await consents
      .post(await consents.body({ subject, choices: { STATISTICS: false }, layer: 'settings', source: 'withdraw' }), {
        'sec-gpc': '1',
      })
      .expect(201);
    const [last] = await consents.read(first.token);
    expect(last!.receipt.privacyDesk).toMatchObject({
      choices: { STATISTICS: false },
      previousChoices: { STATISTICS: true },
      gpc: true,
      source: 'withdraw',
    });
  });

  it('of tomorrow is flagged, of later refused', async () => {
    const hours = (number: number) => new Date(Date.now() + number * 3_600_000).toISOString();
    const { token } = await consents.record(await consents.body({ decidedAt: hours(23) }));
    const [receipt] = await consents.read(token);
    expect(receipt!.receipt.privacyDesk).toMatchObject({ decidedInFuture: true });
    expect((await consents.post(await consents.body({ decidedAt: hours(25) }))).status).toBe(400);
  });

  it('of long ago is taken, as it may have waited in a queue', async () => {
    for (const decidedAt of ['2001-02-03T04:05:06Z', new Date(Date.now() - 100 * 86_400_000).toISOString()]) {
      const body = await consents.body({ decidedAt });
      await consents.record(body);
      expect((await consents.post(body)).status).toBe(200);
    }
  });

  it('points at the config version that was shown, also an older one', async () => {
    const before = await consents.body();
    const category = await editCatalogue(app.strapi).category.create('PREFERENCES', { mode: 'opt-in' });
    await getService('publishing', app).refresh();
    expect((await consents.config()).version).not.toBe(before.configVersion);
    await consents.record(before);
    const late = { ...before, id: randomUUID(), choices: { PREFERENCES: true } };
    expect((await consents.post(late)).body.error).toMatchObject({ status: 422 });
    await consents.record(await consents.body({ choices: { PREFERENCES: true } }));
    await editCatalogue(app.strapi).category.remove(category);
    await getService('publishing', app).refresh();
  });
});

describe('A body that is wrong', () => {
  it.each([
    ['id', { id: 'x' }],
    ['id', { id: 7 }],
    ['site', { site: '../default' }],
    ['site', { site: ['default'] }],
    ['locale', { locale: 'not a locale' }],
    ['locale', { locale: { $ne: 'x' } }],
    ['configVersion', { configVersion: '' }],
    ['subject', { subject: 'short' }],
    ['subject', { subject: 12 }],
    ['choices', { choices: [] }],
    ['choices', { choices: {} }],
    ['choices', { choices: null }],
    ['choices.STATISTICS', { choices: { STATISTICS: 'yes' } }],
    ['choices.a b', { choices: { 'a b': true } }],
    ['source', { source: 'scrolling' }],
    ['decidedAt', { decidedAt: 'yesterday' }],
    ['decidedAt', { decidedAt: '2026-02-30T00:00:00Z' }],
    ['decidedAt', { decidedAt: '2026-01-01T00:00:00' }],
    ['decidedAt', { decidedAt: 1_790_000_000 }],
    ['gpc', { gpc: 1 }],
    ['layer', { layer: 'popup' }],
  ])('is answered with 400 naming %s', async (field, change) => {
    const answer = await consents.post({ ...(await consents.body()), ...change });
    expect(answer.status).toBe(400);
    const [problem] = answer.body.error.details.errors;
    expect(problem.path.join('.')).toBe(field);
    expect(problem.message).toContain(field);
  });

  it('is told all its problems at once', async () => {
    const answer = await consents.post({});
    const named = answer.body.error.details.errors.map(({ path }: { path: string[] }) => path[0]);
    expect(named).toEqual(['id', 'site', 'locale', 'configVersion', 'source', 'decidedAt', 'choices']);
  });

  it.each([
    ['no JSON', '{"id":', {}],
    ['no object', '[1]', {}],
    ['nothing', '', {}],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), {}],
    ['a form', 'id=1', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['another charset', '{}', { 'content-type': 'application/json; charset=latin1' }],
    ['compressed', '{}', { 'content-encoding': 'gzip' }],
  ])('is answered with 400 when it is %s', async (_, body, headers) => {
    const answer = await raw({ body, headers });
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('ValidationError');
  });

  it('is answered with 413 above 8 KiB, whether it says so or not', async () => {
    const body = ' '.repeat(8193);
    expect(await raw({ body })).toMatch(/^HTTP\/1.1 413 /);
    expect(
      await raw({ body: `${'2001'}\r\n${body}\r\n0\r\n\r\n`, headers: { 'transfer-encoding': 'chunked' } }),
    ).toMatch(/^HTTP\/1.1 413 /);
    const exact = JSON.stringify(await consents.body());
    expect(await raw({ body: exact + ' '.repeat(8192 - exact.length) })).toMatch(/^HTTP\/1.1 201 /);
  });

  it('is refused in the order of the contract', async () => {
    const body = await consents.body();
    const status = async (change: object, headers = {}) =>
      (await consents.post({ ...body, ...change }, headers)).status;
    const stranger = { origin: 'https://evil.example' };
    expect(await status({ site: 'nobody', id: 'x' })).toBe(400);
    expect(await status({ site: 'nobody', configVersion: 'unknown' }, stranger)).toBe(404);
    expect(await status({ site: 'shop', configVersion: 'unknown' }, stranger)).toBe(403);
    expect(await status({ site: 'shop', configVersion: 'unknown' })).toBe(403);
    expect(await status({ site: 'shop' }, { origin: 'https://shop.example.com' })).toBe(422);
    expect(await status({ configVersion: 'unknown' })).toBe(422);
    expect(await status({ choices: { NOTHING: true } })).toBe(422);
    expect(await status({ choices: { 'item:nothing': true } })).toBe(422);
    expect(await status({ choices: { ESSENTIALS: true } })).toBe(422);
    expect(await status({ choices: { constructor: true } })).toBe(422);
  });

  it('never makes the server fail, and is never stored', async () => {
    const before = await count();
    const good = await consents.body();
    const field = fc.constantFrom('id', 'site', 'locale', 'configVersion', 'subject', 'choices', 'source', 'decidedAt');
    await fc.assert(
      fc.asyncProperty(field, fc.jsonValue({ maxDepth: 3 }), async (name, value) => {
        // A subject may be nothing at all, and what is right by chance is not wrong.
        fc.pre(!(name === 'subject' && (value === null || value === '-')));
        fc.pre(!(name === 'locale' && typeof value === 'string' && isLanguageTag(value)));
        const { status } = await consents.post({ ...good, [name]: value });
        expect([400, 404, 422]).toContain(status);
      }),
      { numRuns: 150 },
    );
    expect(await count()).toBe(before);
  });

  it('that does not come, or breaks off, holds nothing up', async () => {
    const before = await count();
    const { port } = app.server.address() as { port: number };
    const stalled = net.connect(port, '127.0.0.1');
    stalled.write(
      `POST ${url} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"id"`,
    );
    const broken = net.connect(port, '127.0.0.1');
    broken.write(
      `POST ${url} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"id"`,
    );
    broken.destroy();
    await consents.record(await consents.body());
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      stalled.on('data', (chunk) => (text += chunk));
      stalled.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(await count()).toBe(before + 1);
  });

  it('and other methods are refused', async () => {
    const answer = await request(app.server).put(url).send({});
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, POST, DELETE, OPTIONS']);
  });
});

describe('A receipt token', () => {
  it('of the first consent opens the subject’s history, of a later one that record alone', async () => {
    const subject = newSubject();
    const first = await consents.record(await consents.body({ subject }));
    const second = await consents.record(await consents.body({ subject, source: 'withdraw' }));
    const third = await consents.record(await consents.body({ subject }), first.token);
    expect((await consents.read(first.token)).map(({ id }) => id).sort()).toEqual(
      [first.id, second.id, third.id].sort(),
    );
    expect((await consents.read(second.token)).map(({ id }) => id)).toEqual([second.id]);
    expect(await consents.read(third.token)).toHaveLength(3);
    const other = await consents.record(await consents.body(), first.token);
    expect((await consents.read(other.token)).map(({ id }) => id)).toEqual([other.id]);
  });

  it('of a visitor without a subject opens that record', async () => {
    const first = await consents.record(await consents.body({ subject: null, choices: { STATISTICS: false } }));
    await consents.record(await consents.body({ subject: null, choices: { STATISTICS: false } }));
    expect((await consents.read(first.token)).map(({ id }) => id)).toEqual([first.id]);
  });

  it('is needed, and cannot be made up', async () => {
    const { token } = await consents.record(await consents.body());
    const changed = `${token.slice(0, 5)}${token[5] === 'A' ? 'B' : 'A'}${token.slice(6)}`;
    for (const authorization of [undefined, 'Bearer', 'Bearer x', `Basic ${token}`, `Bearer ${changed}`])
      for (const send of [request(app.server).get(url), request(app.server).delete(url)]) {
        const answer = await send.set(authorization ? { authorization } : {});
        expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
      }
  });

  it('brings receipts that anybody can verify with the public keys', async () => {
    const { token, id } = await consents.record(await consents.body({ choices: { STATISTICS: true } }));
    const [receipt] = await consents.read(token);
    const { keys } = await consents.keys();
    expect(keys[0]).toEqual({
      kty: 'OKP',
      crv: 'Ed25519',
      x: expect.any(String),
      kid: expect.any(String),
      alg: 'EdDSA',
      use: 'sig',
    });
    const { payload, protectedHeader } = await compactVerify(receipt!.jws, createLocalJWKSet({ keys }));
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', kid: keys[0].kid });
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(receipt!.receipt);
    expect(receipt!.receipt).toMatchObject({
      schema_version: 'ISO/IEC TS 27560:2023',
      record_id: id,
      version: 'KI-CR-v1.1.0',
      consentReceiptID: id,
      language: 'en',
      events: [{ purpose_id: 'STATISTICS', event_state: 'consent given' }],
      services: [{ purposes: [{ purpose: 'STATISTICS', thirdPartyName: 'Example Analytics' }] }],
    });
    const [header, body, signature] = receipt!.jws.split('.') as [string, string, string];
    const forged = [
      header,
      Buffer.from(Buffer.from(body, 'base64url').toString().replace('given', 'taken')).toString('base64url'),
      signature,
    ];
    await expect(compactVerify(forged.join('.'), createLocalJWKSet({ keys }))).rejects.toThrow();
  });
});

describe('Erasure', () => {
  it('of a history destroys whose it was, and no queued retry brings it back', async () => {
    const subject = newSubject();
    const body = await consents.body({ subject });
    const queued = await consents.body({ subject });
    const first = await consents.record(body);
    const later = await consents.record(await consents.body({ subject }));
    await consents.erase(first.token);
    expect(await consents.read(first.token)).toEqual([]);
    expect(await consents.read(later.token)).toEqual([]);
    for (const retry of [body, queued]) expect((await consents.post(retry)).status).toBe(409);
    expect(await consents.read(first.token)).toEqual([]);
    const links = await app.strapi.db.getConnection('privacy_desk_consent_subjects').where({ consent_id: body.id });
    expect(links).toEqual([]);
    await consents.erase(first.token);
  });

  it('does not keep anybody from deciding anew', async () => {
    const subject = newSubject();
    const first = await consents.record(
      await consents.body({ subject, decidedAt: new Date(Date.now() - 1000).toISOString() }),
    );
    await consents.erase(first.token);
    const anew = await consents.record(
      await consents.body({ subject, decidedAt: new Date(Date.now() + 1000).toISOString() }),
    );
    expect((await consents.read(anew.token)).map(({ id }) => id)).toEqual([anew.id]);
  });

  it('of one record leaves the others', async () => {
    const subject = newSubject();
    const first = await consents.record(await consents.body({ subject }));
    const body = await consents.body({ subject });
    const second = await consents.record(body);
    await consents.erase(second.token);
    expect((await consents.read(first.token)).map(({ id }) => id)).toEqual([first.id]);
    expect((await consents.post(body)).status).toBe(409);
  });

  it('of a visitor without a subject works too', async () => {
    const body = await consents.body({ subject: null });
    const { token } = await consents.record(body);
    await consents.erase(token);
    expect(await consents.read(token)).toEqual([]);
    expect((await consents.post(body)).status).toBe(409);
  });
});

/** One request as it is written here. */
const raw = ({ body, headers = {} }: { body: string | Buffer; headers?: Record<string, string> }): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port } = app.server.address() as { port: number };
    const socket = net.connect(port, '127.0.0.1');
    const all: Record<string, string | number> = {
      host: 'x',
      connection: 'close',
      'content-type': 'application/json',
      ...(!headers['transfer-encoding'] && { 'content-length': Buffer.byteLength(body) }),
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    socket.write(`POST ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    socket.write(body);
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
