import { getService } from '../../server/src/get-service';
import type { Checkpoint } from '../../server/src/chain/checkpoint';
import { consentsOf, newSubject } from '../support/consents';
import { databaseClient, startStrapi, type TestApp } from '../support/strapi';

// What is verified is the same everywhere; only reading it takes longer from a server.
const TAMPERINGS = databaseClient === 'sqlite' ? 1000 : 100;
const TIMEOUT_MS = 600_000;

let app: TestApp;
const table = (name: string) => app.strapi.db.getConnection(`privacy_desk_${name}`);
const verify = (held?: Checkpoint[]) => getService('ledger', app).verify(held);

beforeAll(async () => {
  app = await startStrapi({ config: { consents: { rateLimit: { max: 100_000 } } } });
  const consents = consentsOf(app);
  const subject = newSubject();
  const body = await consents.body();
  for (let group = 0; group < 6; group++)
    await Promise.all(
      Array.from({ length: 1 + group }, (_, index) =>
        consents.record({
          ...body,
          id: crypto.randomUUID(),
          subject: index === 0 ? subject : index === 1 ? null : newSubject(),
          choices: { STATISTICS: index % 2 === 0 },
        }),
      ),
    );
  await getService('ledger', app).checkpoints().write();
});
afterAll(() => app?.stop());

type Row = Record<string, unknown> & { id: string; seq: number };

/** Another value of the same kind. */
const altered = (value: unknown, random: () => number): unknown => {
  if (Buffer.isBuffer(value)) {
    const bytes = Buffer.from(value);
    bytes[Math.floor(random() * bytes.length)]! ^= 1 + Math.floor(random() * 255);
    return bytes;
  }
  if (typeof value === 'number' || /^\d+$/.test(String(value))) return Number(value) + 1 + Math.floor(random() * 1000);
  const text = String(value);
  const place = Math.floor(random() * text.length);
  return `${text.slice(0, place)}${text[place] === 'z' ? 'y' : 'z'}${text.slice(place + 1)}`;
};

/** Mulberry32: the same tamperings in every run. */
const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

it('a ledger that nobody touched verifies, also after an erasure', async () => {
  expect(await verify()).toMatchObject({ ok: true, consents: 21, checkpoints: 1, problems: [] });
  const consents = consentsOf(app);
  const { token } = await consents.record(await consents.body());
  await consents.erase(token);
  expect(await verify()).toMatchObject({ ok: true, consents: 22 });
  await getService('ledger', app).checkpoints().write();
});

it(
  `${TAMPERINGS} random changes of one row are all found, and the row is named`,
  async () => {
    const random = seeded(20_261_123);
    const rows: Row[] = await table('consents').orderBy('seq').select('*');
    const columns = Object.keys(rows[0]!);
    const missed: unknown[] = [];
    for (let round = 0; round < TAMPERINGS; round++) {
      const row = rows[Math.floor(random() * rows.length)]!;
      const where = { id: row.id };
      const kind = random();
      let named: (problem: { id?: string | null; seq?: number }) => boolean;
      if (kind < 0.2) {
        await table('consents').where(where).delete();
        named = ({ seq }) => seq === Number(row.seq);
      } else if (kind < 0.3) {
        const forged = { ...row, id: crypto.randomUUID(), seq: Number(row.seq) };
        await table('consents').insert(forged);
        named = ({ id }) => id === forged.id || id === row.id;
        where.id = forged.id;
      } else {
        const column = columns[Math.floor(random() * columns.length)]!;
        // decided_at_ms decides on the partition, and is covered with the others on databases without.
        const value = column === 'seal' && row.seal === null ? 'key.AAAA' : altered(row[column], random);
        const id = column === 'id' ? crypto.randomUUID() : row.id;
        await table('consents')
          .where(where)
          .update({ [column]: column === 'id' ? id : value });
        where.id = id;
        named = (problem) => problem.id === id || problem.seq === Number(row.seq);
      }
      const report = await verify();
      if (report.ok || !report.problems.some((problem) => named(problem as { id?: string | null; seq?: number })))
        missed.push({ round, kind, id: row.id, seq: row.seq, report });
      await table('consents').where(where).delete();
      if (kind < 0.2 || kind >= 0.3) await table('consents').insert(row);
    }
    expect(missed).toEqual([]);
    expect(await verify()).toMatchObject({ ok: true });
  },
  TIMEOUT_MS,
);

it('a consent that is said to be of somebody else is found', async () => {
  const [one] = await table('consent_subjects').limit(1).select('*');
  await table('consent_subjects')
    .where({ consent_id: one.consent_id })
    .update({ nonce: 'x'.repeat(22) });
  expect((await verify()).problems).toEqual([expect.objectContaining({ kind: 'subject', id: one.consent_id })]);
  await table('consent_subjects').where({ consent_id: one.consent_id }).update({ nonce: one.nonce });
});

it('a checkpoint that is gone or was altered is found, and one held elsewhere proves it', async () => {
  const ledger = getService('ledger', app);
  const held: Checkpoint[] = [];
  for await (const checkpoint of ledger.checkpoints().all()) held.push(checkpoint);
  expect((await verify(held)).ok).toBe(true);
  const last = held.at(-1)!;
  const [stored] = await table('checkpoints').where({ number: last.number }).select('*');
  await table('checkpoints').where({ number: last.number }).delete();
  expect((await verify()).ok).toBe(true); // nobody here can know; docs/ledger.md says so
  expect((await verify(held)).problems).toEqual([
    { checkpoint: true, kind: 'missing', number: last.number, message: expect.any(String) },
  ]);
  await table('checkpoints').insert({ ...stored, content: last.content.replace('default', 'defoult') });
  expect((await verify()).problems).toContainEqual(
    expect.objectContaining({ checkpoint: true, kind: 'altered', number: last.number }),
  );
  await table('checkpoints').where({ number: last.number }).update({ content: last.content });
  expect((await verify(held)).ok).toBe(true);
});

it('instances that write checkpoints at the same moment write a chain of them', async () => {
  const consents = consentsOf(app);
  const checkpoints = getService('ledger', app).checkpoints();
  await consents.record(await consents.body());
  await Promise.all([checkpoints.write(), checkpoints.writePurge([]), checkpoints.writePurge([])]);
  expect(await verify()).toMatchObject({ ok: true });
});
