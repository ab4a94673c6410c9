import type { ConsentPost } from '../../contract';
import { getService } from '../../server/src/get-service';
import { consentsOf } from '../support/consents';
import { databaseClient, startStrapi, type TestApp } from '../support/strapi';

let app: TestApp;
let consents: ReturnType<typeof consentsOf>;
let body: ConsentPost;
const table = (name: string) => app.strapi.db.getConnection(`privacy_desk_${name}`);
const post = () => consents.post({ ...body, id: crypto.randomUUID() });
const verify = () => getService('ledger', app).verify();
const count = async (): Promise<number> => (await table('consents').select('id')).length;

beforeAll(async () => {
  app = await startStrapi({
    config: { pollIntervalSeconds: 3600, consents: { rateLimit: { max: 100_000 }, housekeeping: null } },
  });
  consents = consentsOf(app);
  body = await consents.body();
});
afterAll(() => app?.stop());

/** What a database says when there is no more room, until `end` is called. */
const diskFull = async (): Promise<() => Promise<void>> => {
  const { connection } = app.strapi.db;
  const run = (statement: string) => connection.raw(statement);
  if (databaseClient === 'sqlite') {
    const pages = Object.values((await run('PRAGMA page_count'))[0] as Record<string, number>)[0]!;
    await run(`PRAGMA max_page_count = ${pages}`);
    return async () => void (await run('PRAGMA max_page_count = 1073741823'));
  }
  if (databaseClient === 'mysql') {
    // ER_RECORD_FILE_FULL
    await run(`create trigger privacy_desk_full before insert on privacy_desk_consents for each row
      signal sqlstate 'HY000' set mysql_errno = 1114, message_text = 'The table is full'`);
    return async () => void (await run('drop trigger privacy_desk_full'));
  }
  await run(`create function privacy_desk_full() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`);
  await run(`create trigger privacy_desk_full before insert on privacy_desk_consents
    for each row execute function privacy_desk_full()`);
  return async () => void (await run('drop function privacy_desk_full() cascade'));
};

describe('A disk that is full', () => {
  it('costs nothing that was acknowledged: what cannot be written is answered with 503, and later it goes on', async () => {
    const told = jest.spyOn(app.strapi.log, 'error').mockImplementation();
    const before = await count();
    const end = await diskFull();
    const answers: Awaited<ReturnType<typeof post>>[] = [];
    try {
      // SQLite may still find room for some in pages that are half empty.
      for (let round = 0; round < 200 && answers.filter(({ status }) => status === 503).length < 8; round++)
        answers.push(...(await Promise.all([post(), post(), post(), post()])));
      expect(answers.at(-1)!.status).toBe(503);
      expect(answers.at(-1)!.headers).toMatchObject({
        'retry-after': '5',
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'Retry-After',
      });
      // What is read goes on.
      await consents.config();
    } finally {
      await end();
    }
    // Once when it begins, and not again for each that is refused.
    expect(told.mock.calls.length).toBeLessThan(answers.length / 2);
    told.mockRestore();
    expect([201, 503]).toEqual(expect.arrayContaining([...new Set(answers.map(({ status }) => status))]));
    const acknowledged = answers.filter(({ status }) => status === 201).length;
    expect(await count()).toBe(before + acknowledged);
    expect((await post()).status).toBe(201);
    expect(await verify()).toMatchObject({ ok: true, consents: before + acknowledged + 1 });
  });
});

describe('A clock that jumps', () => {
  it.each([
    ['a minute back', -60_000],
    ['a day back', -24 * 3600_000],
    ['ten years back', -10 * 365 * 24 * 3600_000],
    ['a week ahead', 7 * 24 * 3600_000],
    ['back again', 0],
  ])('%s leaves a chain that verifies', async (_, by) => {
    const real = Date.now;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => real() + by);
    try {
      // By the visitor's clock, which is right; ten years ago that lies in the future, and no consent is taken.
      const decidedAt = new Date(Math.min(Date.now(), real())).toISOString();
      for (let index = 0; index < 3; index++)
        expect((await consents.post({ ...body, id: crypto.randomUUID(), decidedAt })).status).toBe(201);
    } finally {
      clock.mockRestore();
    }
    await getService('ledger', app).checkpoints().write();
    expect(await verify()).toMatchObject({ ok: true, problems: [] });
  });

  it('never makes the times in a segment fall', async () => {
    const rows: { segment: string; recorded_at_ms: number | string }[] = await table('consents')
      .orderBy('segment')
      .orderBy('seq')
      .select('segment', 'recorded_at_ms');
    for (const [index, row] of rows.entries()) {
      const next = rows[index + 1];
      if (next?.segment === row.segment)
        expect(Number(next.recorded_at_ms)).toBeGreaterThanOrEqual(Number(row.recorded_at_ms));
    }
    expect(new Set(rows.map(({ segment }) => segment)).size).toBeGreaterThan(3);
  });
});
