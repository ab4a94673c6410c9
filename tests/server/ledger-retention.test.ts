import { getService } from '../../server/src/get-service';
import { createHousekeeping, HOUSEKEEPING_TASK } from '../../server/src/ledger/housekeeping';
import { createPartitions } from '../../server/src/ledger/partitions';
import { createRetention, expiryOf } from '../../server/src/ledger/retention';
import { editCatalogue } from '../support/catalogue';
import { consentsOf } from '../support/consents';
import { eventually } from '../support/eventually';
import { databaseClient, startStrapi, type TestApp } from '../support/strapi';

const DAY_MS = 86_400_000;

let app: TestApp;
let consents: ReturnType<typeof consentsOf>;
const ledger = () => getService('ledger', app);
const table = (name: string) => app.strapi.db.getConnection(`privacy_desk_${name}`);
const ids = async (site: string): Promise<string[]> =>
  (await table('consents').where({ site }).select('id')).map(({ id }: { id: string }) => id).sort();

/** The middle of a month so many months ago. */
const monthsAgo = (months: number): number => {
  const now = new Date();
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 15, 12);
};

/** Records consents as if the server's clock said so. */
const recordAt = async (timeMs: number, site: string, count: number): Promise<string[]> => {
  const { version } = await consents.config(`?site=${site}`);
  const body = await consents.body({ site, configVersion: version, decidedAt: new Date(timeMs).toISOString() });
  const clock = jest.spyOn(Date, 'now').mockReturnValue(timeMs);
  try {
    const made = Array.from({ length: count }, () => ({ ...body, id: crypto.randomUUID() }));
    await Promise.all(made.map((consent) => consents.record(consent)));
    return made.map(({ id }) => id).sort();
  } finally {
    clock.mockRestore();
  }
};

const partitionOf = (timeMs: number): Promise<boolean> => {
  const date = new Date(timeMs);
  const month = String(date.getUTCMonth() + 1).padStart(2, '0');
  return app.strapi.db.getSchemaConnection().hasTable(`privacy_desk_consents_${date.getUTCFullYear()}_${month}`);
};

beforeAll(async () => {
  app = await startStrapi({
    config: {
      seed: false,
      pollIntervalSeconds: 3600,
      consents: { rateLimit: { max: 100_000 }, housekeeping: null },
    },
  });
  const edit = editCatalogue(app.strapi);
  await edit.site.create('default', { consentRetentionMonths: 12 });
  await edit.site.create('shop');
  await edit.category.create('STATISTICS', { mode: 'opt-out' });
  await edit.category.create('MARKETING', { mode: 'opt-in' });
  await getService('publishing', app).refresh();
  consents = consentsOf(app);
});
afterAll(() => app?.stop());

describe('A purge', () => {
  it('removes what has expired and nothing else, whose it was too, and the chain verifies', async () => {
    await recordAt(monthsAgo(20), 'default', 8);
    await recordAt(monthsAgo(14), 'default', 3);
    const kept = [...(await recordAt(monthsAgo(11), 'default', 4)), ...(await recordAt(Date.now(), 'default', 2))];
    const shop = await recordAt(monthsAgo(14), 'shop', 3);
    await ledger().checkpoints().write();

    const report = await ledger().keepHouse();
    expect(report).toEqual(
      databaseClient === 'postgres'
        ? { segments: 2, consents: 3, partitions: 1 }
        : { segments: 2, consents: 11, partitions: 0 },
    );
    expect(await ids('default')).toEqual(kept.sort());
    expect(await ids('shop')).toEqual(shop);
    const owners = await table('consent_subjects').select('consent_id');
    expect(owners.map(({ consent_id }: { consent_id: string }) => consent_id).sort()).toEqual(
      [...kept, ...shop].sort(),
    );
    expect(await ledger().verify()).toMatchObject({ ok: true, problems: [], consents: kept.length + shop.length });
    if (databaseClient === 'postgres') {
      expect(await partitionOf(monthsAgo(20))).toBe(false);
      // The shop's are in it.
      expect(await partitionOf(monthsAgo(14))).toBe(true);
    }

    expect(await ledger().keepHouse()).toEqual({ segments: 0, consents: 0, partitions: 0 });
    expect((await ledger().verify()).ok).toBe(true);
    // A consent that comes from a queue after all that time finds its place again.
    const late = await recordAt(monthsAgo(20), 'default', 2);
    expect(await ids('default')).toEqual([...kept, ...late].sort());
    await ledger().keepHouse();
    expect(await ids('default')).toEqual(kept);
  });

  it('that ends anywhere leaves a chain that verifies, and the next one finishes it', async () => {
    const { strapi } = app;
    const partitions = createPartitions(strapi);
    await partitions.start();
    const retention = createRetention(strapi, ledger().checkpoints(), partitions);
    for (let steps = 1; ; steps++) {
      await recordAt(monthsAgo(30), 'default', 2);
      await recordAt(monthsAgo(18), 'default', 2);
      let left = steps;
      const purge = retention.purge(Date.now(), async () => {
        left -= 1;
        if (left === 0) throw new Error('The machine fails');
      });
      const failed = await purge.then(
        () => false,
        (error: Error) => {
          expect(error.message).toBe('The machine fails');
          return true;
        },
      );
      expect(await ledger().verify()).toMatchObject({ ok: true, problems: [] });
      if (!failed) break;
    }
    expect(await table('consents').where('recorded_at_ms', '<', monthsAgo(13)).where({ site: 'default' })).toEqual([]);
  });

  it('does not hide that a row was altered or removed before', async () => {
    const made = await recordAt(monthsAgo(11), 'default', 2);
    // The first of them: that the last of a chain is gone only a checkpoint that somebody holds can tell.
    const [row, next] = await table('consents').whereIn('id', made).orderBy('seq').select('*');
    await table('consents').where({ id: row.id }).delete();
    await ledger().keepHouse();
    expect((await ledger().verify()).problems).toContainEqual(expect.objectContaining({ kind: 'missing' }));
    await table('consents').insert(row);
    expect((await ledger().verify()).ok).toBe(true);
    expect(await ids('default')).toContain(next.id);
  });

  it('leaves a segment without rows to the verification, as nobody removed them on purpose', async () => {
    const made = await recordAt(monthsAgo(25), 'default', 2);
    const rows = await table('consents').whereIn('id', made).select('*');
    await table('consents').whereIn('id', made).delete();
    await ledger().keepHouse();
    const { problems } = await ledger().verify();
    expect(problems).toEqual([expect.objectContaining({ kind: 'missing', segment: rows[0].segment })]);
    await table('consents').insert(rows);
    await ledger().keepHouse();
    expect(await ledger().verify()).toMatchObject({ ok: true });
  });

  it('is for one instance at a time', async () => {
    const reports = await Promise.all([ledger().keepHouse(), ledger().keepHouse(), ledger().keepHouse()]);
    expect(reports.filter(Boolean)).toHaveLength(1);
    expect(await ledger().keepHouse()).not.toBeNull();
  });

  it('forgets tombstones that no queue can reach any more', async () => {
    const [old, young] = [monthsAgo(60), monthsAgo(2)];
    await table('tombstones').insert([
      { hash: 'old', erased_at_ms: old },
      { hash: 'young', erased_at_ms: young },
    ]);
    await ledger().keepHouse();
    const left = await table('tombstones').select('hash');
    expect(left.map(({ hash }: { hash: string }) => hash)).toEqual(['young']);
  });

  it('erases again what came in at the very moment of an erasure, and nothing that was decided later', async () => {
    const decidedAt = Date.now();
    const [early] = await recordAt(decidedAt - 60_000, 'default', 1);
    const [owner] = await table('consent_subjects').where({ consent_id: early }).select('*');
    const subject_hash = `overtaken-${owner.subject_hash}`.slice(0, 22);
    await table('consent_subjects').where({ consent_id: early }).update({ subject_hash });
    const later = { ...owner, subject_hash, consent_id: crypto.randomUUID(), decided_at_ms: decidedAt };
    await table('consent_subjects').insert(later);
    // The erasure: it could not see them.
    await table('tombstones').insert({ hash: subject_hash, erased_at_ms: decidedAt - 1 });
    await ledger().keepHouse();
    const left = await table('consent_subjects').where({ subject_hash }).select('consent_id');
    expect(left).toEqual([{ consent_id: later.consent_id }]);
    await table('consent_subjects').where({ subject_hash }).delete();
    expect(await ids('default')).toContain(early);
    expect(await ledger().verify()).toMatchObject({ ok: true });
  });

  it('of a site that is gone goes by the default', async () => {
    await recordAt(monthsAgo(50), 'shop', 1);
    const shop = await ids('shop');
    const site = await app.strapi.db.query('plugin::privacy-desk.site').findOne({ where: { key: 'shop' } });
    await app.strapi.documents('plugin::privacy-desk.site').delete({ documentId: site.documentId });
    await ledger().keepHouse();
    expect(await ids('shop')).toHaveLength(shop.length - 1);
  });
});

describe('Consents expire', () => {
  const at = (text: string) => Date.parse(text);
  it.each([
    [12, 180, '2026-11-23T05:00:00Z', '2025-11-23T05:00:00Z'],
    [1, 1, '2026-03-31T00:00:00Z', '2026-02-28T00:00:00Z'],
    [42, 400, '2026-03-31T10:00:00Z', '2022-09-30T10:00:00Z'],
    [24, 180, '2028-02-29T00:00:00Z', '2026-02-28T00:00:00Z'],
  ])('after %i months', (months, choiceLifetimeDays, now, expected) =>
    expect(new Date(expiryOf({ months, choiceLifetimeDays }, at(now)))).toEqual(new Date(expected)),
  );

  it('not before the choice does', () => {
    const now = at('2026-11-23T00:00:00Z');
    expect(expiryOf({ months: 1, choiceLifetimeDays: 180 }, now)).toBe(now - 180 * DAY_MS);
  });
});

it('is done by the clock, until Strapi stops', async () => {
  const { strapi } = app;
  const scheduled = () => strapi.cron.jobs.filter(({ name }: { name: string | null }) => name === HOUSEKEEPING_TASK);
  expect(scheduled()).toEqual([]); // `housekeeping: null`
  strapi.config.set('plugin::privacy-desk.consents.housekeeping', '* * * * * *');
  const purge = jest.fn(async () => ({ segments: 0, consents: 0, partitions: 0 }));
  const sumUp = jest.fn(async () => {});
  const housekeeping = createHousekeeping(strapi, { purge }, [sumUp]);
  housekeeping.schedule();
  expect(scheduled()).toHaveLength(1);
  strapi.cron.start();
  await eventually(() => expect(sumUp).toHaveBeenCalled());
  await housekeeping.stop();
  expect(scheduled()).toEqual([]);
  const calls = purge.mock.calls.length;
  await expect(housekeeping.run()).rejects.toThrow('Strapi is stopping');
  expect(purge).toHaveBeenCalledTimes(calls);
});
