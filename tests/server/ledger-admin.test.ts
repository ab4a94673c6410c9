import { createLocalJWKSet, compactVerify } from 'jose';
import request from 'supertest';
import type { RecordDetails, RecordPage, RecordQuery, Verification } from '../../contract';
import { getService } from '../../server/src/get-service';
import { csvCell } from '../../server/src/http/csv-cell';
import { editCatalogue } from '../support/catalogue';
import { consentsOf, newSubject } from '../support/consents';
import { eventually } from '../support/eventually';
import { adminToken, adminTokenWith, startStrapi, type TestApp } from '../support/strapi';

const DAY_MS = 86_400_000;
const base = '/privacy-desk/ledger';
const action = (name: string) => `plugin::privacy-desk.ledger.${name}`;

let app: TestApp;
let token: string;
let consents: ReturnType<typeof consentsOf>;
const subject = newSubject();
/** Times of the subject's decisions, the latest first. */
const times = [1, 2, 3, 4, 5].map((days) => new Date(Date.now() - days * DAY_MS).toISOString());

const table = (name: string) => app.strapi.db.getConnection(`privacy_desk_${name}`);
const as = (bearer: string) => ({ authorization: `Bearer ${bearer}` });
const get = (path: string, bearer = token) => request(app.server).get(`${base}/${path}`).set(as(bearer));
const search = (query: object, bearer = token) =>
  request(app.server).post(`${base}/records/search`).set(as(bearer)).send(query);
const found = async (query: RecordQuery): Promise<RecordPage> => (await search(query).expect(200)).body;
/** Without superagent's guess at what a type is. */
const asText = (response: request.Response, done: (error: null, text: string) => void): void => {
  let text = '';
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => (text += chunk));
  stream.on('end', () => done(null, text));
};
const details = async (id: string, bearer = token): Promise<RecordDetails> =>
  (await get(`records/${id}`, bearer).expect(200)).body;

beforeAll(async () => {
  app = await startStrapi({
    config: {
      seed: false,
      pollIntervalSeconds: 3600,
      consents: {
        rateLimit: { max: 100_000 },
        housekeeping: null,
        personal: { ip: 'truncated', userAgentFamily: true, countryHeader: 'cf-ipcountry' },
      },
    },
  });
  const edit = editCatalogue(app.strapi);
  await edit.site.create('default');
  const category = await edit.category.create('STATISTICS', { name: 'Measuring', mode: 'opt-out' });
  await edit.item.create('analytics', { name: 'Analytics', category });
  await edit.category.create('MARKETING', { mode: 'opt-in' });
  await getService('publishing', app).refresh();
  consents = consentsOf(app);
  token = await adminToken(app.strapi);
  for (const decidedAt of [...times].reverse()) await consents.record(await consents.body({ subject, decidedAt }));
  const body = await consents.body({ subject: null, source: 'reject-all', choices: { STATISTICS: false } });
  // At the same moment, so that pages have to go by more than the time.
  await Promise.all(
    Array.from({ length: 7 }, () =>
      consents.record({
        ...body,
        id: crypto.randomUUID(),
        decidedAt: new Date(Date.now() - 10 * DAY_MS).toISOString().slice(0, 13) + ':00:00Z',
      }),
    ),
  );
});
afterAll(() => app?.stop());

describe('The search', () => {
  it('finds a record by its id, in any case', async () => {
    const body = await consents.body({ layer: 'banner', gpc: true });
    const { recordedAt } = await consents.record(body);
    const { records, names, next } = await found({ id: ` ${body.id.toUpperCase()} ` });
    expect(next).toBeNull();
    expect(records).toEqual([
      {
        id: body.id,
        site: 'default',
        locale: 'en',
        configVersion: body.configVersion,
        source: 'save',
        layer: 'banner',
        choices: body.choices,
        decidedAt: body.decidedAt,
        recordedAt,
        gpc: true,
      },
    ]);
    expect(names).toMatchObject({ STATISTICS: 'Measuring', 'item:analytics': 'Analytics', MARKETING: 'MARKETING' });
    expect(await found({ id: crypto.randomUUID() })).toEqual({ records: [], names: {}, next: null });
  });

  it('finds the records of a subject, by itself or by the cookie, the latest first', async () => {
    for (const text of [subject, ` ${subject} `, `1.0.${subject}.STATISTICS:1:1:t2abc~MARKETING:0:1:t2abc`])
      expect((await found({ subject: text })).records.map(({ decidedAt }) => decidedAt)).toEqual(times);
    expect(await found({ subject: newSubject() })).toEqual({ records: [], names: {}, next: null });
    const { records } = await found({ subject, from: times[3], to: times[1] });
    expect(records.map(({ decidedAt }) => decidedAt)).toEqual([times[2], times[3]]);
  });

  it.each<[string, RecordQuery]>([
    ['a subject', { subject }],
    ['a site', { site: 'default' }],
    ['a source', { site: 'default', source: 'reject-all' }],
  ])('goes page by page through the records of %s, each once', async (_, query) => {
    const all = (await found({ ...query, limit: 100 })).records;
    const paged: string[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 50; pages++) {
      const { records, next } = await found({ ...query, limit: 2, after });
      expect(records.length).toBeLessThanOrEqual(2);
      paged.push(...records.map(({ id }) => id));
      if (!next) break;
      after = next;
    }
    expect(paged).toEqual(all.map(({ id }) => id));
    expect(new Set(paged).size).toBe(paged.length);
    const sorted = all.map(({ decidedAt, id }) => decidedAt + id).sort();
    expect(all.map(({ decidedAt, id }) => decidedAt + id)).toEqual(sorted.reverse());
  });

  it('narrows by time and source', async () => {
    const { records } = await found({
      site: 'default',
      source: 'reject-all',
      from: new Date(Date.now() - 11 * DAY_MS).toISOString(),
    });
    expect(records).toHaveLength(7);
    expect(await found({ site: 'default', source: 'embed' })).toEqual({ records: [], names: {}, next: null });
  });

  it.each([
    [{}, 'site'],
    [{ id: 'x' }, 'id'],
    [{ subject: '1.0.-.STATISTICS:0:1:t2abc' }, 'subject'],
    [{ subject: { $ne: 'x' } }, 'subject'],
    [{ site: 'default', from: 'yesterday' }, 'from'],
    [{ site: 'default', from: times[0], to: times[1] }, 'to'],
    [{ site: 'default', after: 'x' }, 'after'],
    [{ site: 'default', limit: 101 }, 'limit'],
    [{ site: 'default', source: 'x' }, 'source'],
    [{ site: 'default', order: 'id' }, 'order'],
  ])('for %j is 400 at %s', async (query, field) => {
    const { body } = await search(query).expect(400);
    expect(body.error.details.errors.map(({ path }: { path: string[] }) => path[0])).toContain(field);
  });

  it('in an unknown site is 404', () => search({ site: 'nowhere' }).expect(404));
});

describe('A record', () => {
  it('is shown with all that is stored, its receipt, and what the visitor saw', async () => {
    const { records } = await found({ subject });
    const record = await details(records[0]!.id);
    expect(record).toMatchObject({
      ...records[0],
      previousChoices: { STATISTICS: true, MARKETING: false },
      decidedInFuture: false,
      regime: 'as-configured',
      subject: 'known',
      otherRecords: 4,
      chain: { intact: true, kid: expect.any(String), seq: expect.any(Number) },
    });
    const jwks = createLocalJWKSet(await consents.keys());
    const { payload } = await compactVerify(record.receipt!.jws, jwks);
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(record.receipt!.receipt);
    const reader = await adminTokenWith(app.strapi, [action('records')]);
    const seen = await request(app.server)
      .get(`/privacy-desk/versions/${record.configVersion}`)
      .set(as(reader))
      .expect(200);
    expect(seen.body).toMatchObject({ version: record.configVersion, site: 'default', locale: 'en' });
    await get(`records/${crypto.randomUUID()}`).expect(404);
    await get('records/x').expect(404);
  });

  it('shows personal parts only to those who may read them, and to nobody once they are erased', async () => {
    const body = await consents.body();
    const { token: receipt } = (
      await consents.post(body, { 'user-agent': 'Mozilla/5.0 Firefox/140.0', 'cf-ipcountry': 'de' }).expect(201)
    ).body;
    const reader = await adminTokenWith(app.strapi, [action('records')]);
    expect((await details(body.id, reader)).personal).toEqual({ state: 'hidden', parts: {} });
    const personal = await adminTokenWith(app.strapi, [action('records'), action('personal')]);
    expect((await details(body.id, personal)).personal).toEqual({
      state: 'readable',
      parts: { ip: '127.0.0.0/24', userAgentFamily: 'Firefox', country: 'DE' },
    });
    await consents.erase(receipt);
    expect(await details(body.id, personal)).toMatchObject({
      subject: 'erased',
      otherRecords: null,
      personal: { state: 'destroyed', parts: {} },
      chain: { intact: true },
    });
    expect(await found({ subject: body.subject! })).toEqual({ records: [], names: {}, next: null });
  });

  it('of a visitor who refused everything is nobody’s, and can be erased too', async () => {
    const body = await consents.body({ subject: null, choices: { STATISTICS: false } });
    const answer = await consents.record(body);
    expect(await details(body.id)).toMatchObject({
      subject: 'none',
      subjectRef: null,
      personal: { state: 'readable' },
    });
    await consents.erase(answer.token);
    expect(await details(body.id)).toMatchObject({ subject: 'erased', personal: { state: 'destroyed' } });
  });

  it('that was altered says so', async () => {
    const body = await consents.body();
    await consents.record(body);
    await table('consents').where({ id: body.id }).update({ choices: '{"STATISTICS":false}' });
    expect((await details(body.id)).chain.intact).toBe(false);
    await table('consents')
      .where({ id: body.id })
      .update({ choices: JSON.stringify(body.choices, ['MARKETING', 'STATISTICS']) });
    expect((await details(body.id)).chain.intact).toBe(true);
  });
});

describe('Verifying', () => {
  const state = async (): Promise<Verification> => (await get('verification').expect(200)).body;
  const start = () => request(app.server).post(`${base}/verification`).set(as(token));
  const ended = async (): Promise<Verification> =>
    eventually(async () => {
      const now = await state();
      expect(now.running).toBeNull();
      expect(now.last).not.toBeNull();
      return now;
    });

  it('runs in the background and says how it went, and who asked for it', async () => {
    expect(await state()).toEqual({ running: null, last: null });
    const answer = await start().expect(202);
    expect([answer.body.running, answer.body.last]).toContainEqual(
      expect.objectContaining({ startedBy: { id: expect.anything(), name: 'Ada Admin' } }),
    );
    const { last } = await ended();
    const rows = await table('consents').select('id');
    expect(last).toMatchObject({ status: 'intact', consents: rows.length, problemCount: 0, problems: [], error: null });
  });

  it('names what is wrong', async () => {
    const [row] = await table('consents').limit(1).select('*');
    await table('consents').where({ id: row.id }).update({ source: 'api' });
    const told = jest.spyOn(app.strapi.log, 'error').mockImplementation();
    await start().expect(202);
    const { last } = await ended();
    expect(told).toHaveBeenCalledWith(expect.stringContaining('1 problem'));
    told.mockRestore();
    expect(last).toMatchObject({
      status: 'problems',
      problemCount: 1,
      problems: [{ of: 'consent', kind: 'altered', id: row.id, site: 'default', seq: Number(row.seq) }],
    });
    await table('consents').where({ id: row.id }).update({ source: row.source });
  });

  it('is done once at a time, and what ended in the middle has failed', async () => {
    const { verification } = getService('ledger', app).stored();
    const started = await Promise.all([1, 2, 3].map(() => verification.start(null)));
    expect(started.filter(Boolean)).toHaveLength(1);
    await ended();
    await table('verifications').insert({
      id: crypto.randomUUID(),
      started_at_ms: Date.now() + 1000,
      status: 'running',
      content: JSON.stringify({ status: 'running', startedAt: new Date().toISOString(), finishedAt: null }),
    });
    expect(await state()).toMatchObject({
      running: null,
      last: { status: 'failed', error: expect.stringContaining('ended') },
    });
  });
});

describe('An export', () => {
  const file = (query: string, bearer = token) =>
    get(`export?site=default&${query}`, bearer).buffer(true).parse(asText);

  it('has every record once, the oldest first, as CSV', async () => {
    const answer = await file('format=csv').expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('text/csv'),
      'content-disposition': expect.stringMatching(/^attachment; filename="consents-default-\d{4}-\d\d-\d\d\.csv"$/),
      'cache-control': 'no-store',
    });
    const [head, ...lines] = (answer.body as string).trimEnd().split('\r\n');
    expect(head).toBe(
      'id,site,locale,config_version,source,layer,granted,refused,gpc,decided_at,recorded_at,segment,seq,previous_hash,hash',
    );
    const rows: { id: string }[] = await table('consents')
      .where({ site: 'default' })
      .orderBy('decided_at_ms')
      .orderBy('id')
      .select('id');
    expect(lines.map((line) => line.split(',')[0])).toEqual(rows.map(({ id }) => id));
  });

  it('is JSON Lines with what was hashed, and without anything personal', async () => {
    const { body } = await file('format=jsonl&source=save').expect(200);
    const lines = (body as string)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) {
      expect(line).toMatchObject({ source: 'save', chain: { hash: expect.any(String), seq: expect.any(Number) } });
      expect(Object.keys(line)).not.toContain('personal');
      expect(Object.keys(line)).not.toContain('subject');
    }
    const none = await file(`format=jsonl&from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z`).expect(200);
    expect(none.body).toBe('');
  });

  it('goes on over many pages of the database', async () => {
    const [row] = await table('consents').limit(1).select('*');
    const many = 2500;
    const rows = Array.from({ length: many }, (_, index) => ({
      ...row,
      id: crypto.randomUUID(),
      site: 'default',
      source: 'import',
      segment: 'export',
      seq: index + 1,
      decided_at_ms: Number(row.decided_at_ms) + Math.floor(index / 10),
    }));
    for (let start = 0; start < many; start += 100) await table('consents').insert(rows.slice(start, start + 100));
    const { body } = await file('format=csv&source=import').expect(200);
    expect(new Set((body as string).trimEnd().split('\r\n').slice(1)).size).toBe(many);

    // A file that ends in the middle must not look like a whole one.
    const told = jest.spyOn(app.strapi.log, 'error').mockImplementation();
    const koa = jest.spyOn(console, 'error').mockImplementation();
    const { db } = app.strapi;
    const getConnection = db.getConnection.bind(db) as (name?: string) => never;
    let pages = 0;
    const failing = jest.spyOn(db, 'getConnection').mockImplementation(((name?: string) => {
      if (name === 'privacy_desk_consents' && (pages += 1) === 2) throw new Error('The database is gone');
      return getConnection(name);
    }) as never);
    await expect(file('format=csv&source=import')).rejects.toThrow(/aborted|hang up|ECONNRESET/);
    failing.mockRestore();
    expect(pages).toBe(2);
    expect(told).toHaveBeenCalledWith(expect.stringContaining('The database is gone'));
    told.mockRestore();
    koa.mockRestore();
    await table('consents').where({ segment: 'export' }).delete();
  });

  it('of checkpoints is what an outsider verifies with', async () => {
    const { body } = await get('checkpoints').buffer(true).parse(asText).expect(200);
    const lines = (body as string)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1).keys).toEqual((await consents.keys()).keys);
    const held = lines.slice(0, -1);
    expect(held.length).toBeGreaterThan(0);
    expect((await getService('ledger', app).verify(held)).ok).toBe(true);
  });

  it.each([
    ['format=xml', 'format'],
    ['', 'format'],
    ['format=csv&from=x', 'from'],
  ])('asked for with "%s" is 400 at %s', async (query, field) => {
    const { body } = await get(`export?site=default&${query}`).expect(400);
    expect(body.error.details.errors[0].path[0]).toBe(field);
  });
});

it.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1', "' =1"],
  ['\t=1', `"'\t=1"`],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\r\nlines', '"two\r\nlines"'],
  [-5, '-5'],
  [true, 'true'],
  [null, ''],
  ['plain', 'plain'],
])('a cell of CSV of %j is %j', (value, cell) => expect(csvCell(value)).toBe(cell));

describe('Each permission', () => {
  const bearer: Record<string, string> = {};
  beforeAll(async () => {
    for (const name of ['statistics', 'records', 'personal', 'export'])
      bearer[name] = await adminTokenWith(app.strapi, [action(name)]);
  });

  it.each([
    ['statistics', 'get', 'statistics?site=default'],
    ['records', 'get', 'records/00000000-0000-4000-8000-000000000000'],
    ['records', 'post', 'records/search'],
    ['records', 'get', 'verification'],
    ['records', 'post', 'verification'],
    ['export', 'get', 'export?site=default&format=csv'],
    ['export', 'get', 'checkpoints'],
  ] as const)('%s alone opens %s %s', async (needed, method, path) => {
    for (const name of Object.keys(bearer)) {
      const { status } = await request(app.server)[method](`${base}/${path}`).set(as(bearer[name]!));
      if (name === needed) expect([401, 403]).not.toContain(status);
      else expect(status).toBe(403);
    }
    expect((await request(app.server)[method](`${base}/${path}`)).status).toBe(401);
  });
});
