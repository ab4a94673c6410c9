import { getService } from '../../server/src/get-service';
import type { EntryRow } from '../../server/src/audit/entry-row';
import { fromDatabase } from '../../server/src/audit/entry-row';
import { startStrapi, type TestApp } from '../support/strapi';

let app: TestApp;
let lines: string[];
const table = (name: string) => app.strapi.db.getConnection(`privacy_desk_audit${name && `_${name}`}`);
const audit = () => getService('audit', app);
const entries = async (action?: string): Promise<EntryRow[]> => {
  const query = table('').orderBy('recorded_at_ms').orderBy('segment').orderBy('seq').select('*');
  if (action) query.where({ action });
  return ((await query) as EntryRow[]).map(fromDatabase);
};
/** What is told of a commit comes a moment after it. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 50));

beforeAll(async () => {
  app = await startStrapi();
  lines = [];
  jest.spyOn(app.strapi.log, 'info').mockImplementation((line: unknown) => {
    lines.push(String(line));
    return app.strapi.log;
  });
});
afterAll(() => app?.stop());

it('is empty and intact before anything happened', async () => {
  expect(await audit().verify()).toMatchObject({ ok: true, problems: [] });
});

describe('An entry', () => {
  it('has who, what and the outcome, and nobody’s name in the clear', async () => {
    await audit().record({
      action: 'subject.export',
      actor: { type: 'admin', id: 7, name: 'Ada Lovelace' },
      target: { type: 'subject', label: 'grace@example.com' },
      site: 'default',
      outcome: 'refused',
      detail: { rows: 12 },
      request: { method: 'POST', route: '/privacy-desk/rights/export', id: 'request-1', address: '203.0.113.7' },
    });
    const [row] = await entries('subject.export');
    expect(row).toMatchObject({
      actor_type: 'admin',
      target_type: 'subject',
      site: 'default',
      outcome: 'refused',
      method: 'POST',
      route: '/privacy-desk/rights/export',
      request: 'request-1',
      detail: '{"rows":12}',
      changes: '[]',
    });
    await settled();
    const line = lines.find((text) => text.includes('subject.export'))!;
    expect(JSON.parse(line.slice('privacy-desk audit '.length))).toMatchObject({
      id: row!.id,
      actor: { type: 'admin', ref: row!.actor_ref },
      outcome: 'refused',
      chain: { seq: row!.seq, hash: row!.hash.toString('base64url') },
    });
    for (const text of [JSON.stringify(row), line]) expect(text).not.toMatch(/Ada|Lovelace|grace|203\.0/);
  });

  it('keeps values only where they are said to be neither personal nor secret', async () => {
    await audit().record({
      action: 'map.change',
      target: { type: 'plugin::privacy-desk.site', id: 'abc' },
      changes: [
        { field: 'regime', before: 'opt-in', after: 'opt-out', plain: true },
        { field: 'apiKey', before: null, after: 'hunter2-secret' },
        { field: 'same', before: { a: 1, b: 2 }, after: { b: 2, a: 1 } },
        { field: 'long', before: '', after: 'x'.repeat(5000), plain: true },
      ],
    });
    const [row] = await entries('map.change');
    const hash = expect.stringMatching(/^[\w-]{22}$/);
    expect(JSON.parse(row!.changes)).toEqual([
      { field: 'regime', before: 'opt-in', after: 'opt-out', hidden: false },
      { field: 'apiKey', before: null, after: { hash }, hidden: true },
      { field: 'long', before: { hash }, after: { hash }, hidden: true },
    ]);
    expect(JSON.stringify(row)).not.toContain('hunter2');
  });

  it('is refused if its action has no proper name', async () => {
    await expect(audit().record({ action: 'Export!' })).rejects.toThrow('no name of an action');
  });

  it('names a command where one acts', async () => {
    audit().actAs({ type: 'command', name: 'purge' });
    await audit().record({ action: 'command.run' });
    audit().actAs({ type: 'system' });
    expect(await entries('command.run')).toMatchObject([{ actor_type: 'command', method: '', route: '' }]);
  });
});

describe('A transaction', () => {
  it('that is committed has its entry, one that is rolled back has none', async () => {
    const { connection } = app.strapi.db;
    await connection.transaction((trx) => audit().record({ action: 'trx.kept' }, trx));
    await expect(
      connection.transaction(async (trx) => {
        await audit().record({ action: 'trx.undone' }, trx);
        await audit().record({ action: 'trx.undone' }, trx);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await connection.transaction((trx) => audit().record({ action: 'trx.kept' }, trx));
    await settled();
    expect(await entries('trx.kept')).toHaveLength(2);
    expect(await entries('trx.undone')).toHaveLength(0);
    expect(lines.filter((line) => line.includes('trx.undone'))).toEqual([]);
    expect(await audit().verify()).toMatchObject({ ok: true, problems: [] });
  });

  it('of Strapi is found without being named', async () => {
    await expect(
      app.strapi.db.transaction(async () => {
        await audit().record({ action: 'ambient.undone' });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await app.strapi.db.transaction(async () => {
      await Promise.all([1, 2, 3].map(() => audit().record({ action: 'ambient.kept' })));
    });
    expect(await entries('ambient.kept')).toHaveLength(3);
    expect(await entries('ambient.undone')).toHaveLength(0);
    await settled();
    expect(await audit().verify()).toMatchObject({ ok: true, problems: [] });
  });

  it('does not wait for others, and the chain holds whatever becomes of them', async () => {
    const person = { type: 'admin', id: 99, name: 'New Admin' } as const;
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 30 }, (_, index) =>
        app.strapi.db.transaction(async ({ trx }) => {
          await audit().record({ action: 'many.at-once', actor: person });
          await trx.raw('select 1');
          if (index % 3 === 0) throw new Error('no');
          await audit().record({ action: 'many.at-once', actor: person });
        }),
      ),
      ...Array.from({ length: 30 }, () => audit().record({ action: 'many.at-once', actor: person })),
    ]);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(10);
    expect(await entries('many.at-once')).toHaveLength(20 * 2 + 30);
    await settled();
    expect(await audit().verify()).toMatchObject({ ok: true, problems: [] });
  });
});

describe('A person who is erased', () => {
  it('is not to be found in any entry, and the chain verifies', async () => {
    const actor = { type: 'user', id: 'doc-1', name: 'Grace Hopper' } as const;
    await audit().record({ action: 'erased.actor', actor });
    await audit().record({
      action: 'erased.target',
      target: { type: 'plugin::users-permissions.user', id: 'doc-1', label: 'grace@example.com' },
    });
    const [acted] = await entries('erased.actor');
    const [concerned] = await entries('erased.target');
    expect(concerned!.target_ref).toBe(acted!.actor_ref);
    expect(await audit().erase('plugin::users-permissions.user', ['doc-1'])).toBe(1);
    expect(await audit().erase('plugin::users-permissions.user', ['doc-1'])).toBe(0);
    expect(await audit().verify()).toMatchObject({ ok: true, problems: [] });
    await audit().record({ action: 'erased.again', actor });
    expect((await entries('erased.again'))[0]!.actor_ref).not.toBe(acted!.actor_ref);
  });
});

describe('Retention', () => {
  const YEAR_MS = 365 * 86_400_000;

  it('removes what has expired, and the chain verifies before, in the middle and after', async () => {
    const { length } = await entries();
    expect(await audit().purge(Date.now())).toEqual({ segments: 0, entries: 0 });
    await expect(audit().purge(Date.now() + 4 * YEAR_MS, () => Promise.reject(new Error('killed')))).rejects.toThrow(
      'killed',
    );
    expect(await audit().verify()).toMatchObject({ ok: true, problems: [] });
    const purged = await audit().purge(Date.now() + 4 * YEAR_MS);
    expect(purged.entries).toBe(length);
    expect(await entries()).toEqual([]);
    expect(await table('people').select('*')).toEqual([]);
    expect(await table('segments').select('*')).toEqual([]);
    expect(await audit().verify()).toMatchObject({ ok: true, rows: 0, problems: [] });
  });
});
