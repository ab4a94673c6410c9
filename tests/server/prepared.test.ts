import fc from 'fast-check';
import { postgresArray } from '../../server/src/database/postgres-array';
import { createPreparedRun } from '../../server/src/database/prepared';
import { rawRows } from '../../server/src/database/raw-insert';
import { databaseClient, startStrapi, type TestApp } from '../support/strapi';

let app: TestApp;
beforeAll(async () => {
  app = await startStrapi({ config: { seed: false } });
});
afterAll(() => app?.stop());

const isPostgres = databaseClient === 'postgres';

/** What a pooler does that gives every transaction another connection. */
const forgetPrepared = async (): Promise<void> => {
  const { client } = app.strapi.db.connection;
  const connections = await Promise.all([1, 2, 3].map(() => client.acquireConnection()));
  for (const connection of connections) await connection.query('deallocate all');
  for (const connection of connections) await client.releaseConnection(connection);
};

it('a statement gives the same each time, with its bindings', async () => {
  const run = createPreparedRun(app.strapi);
  const sum = async (a: number, b: number): Promise<number> => {
    const result = await run({ sql: `select ${isPostgres ? '?::int + ?::int' : '? + ?'} as sum`, bindings: [a, b] });
    return Number(rawRows<{ sum: number }>(app.strapi, result)[0]!.sum);
  };
  for (let round = 0; round < 8; round++) expect(await sum(round, 1)).toBe(round + 1);
  if (!isPostgres) return;
  await forgetPrepared();
  for (let round = 0; round < 3; round++) expect(await sum(round, 2)).toBe(round + 2);
});

it('a wrong statement is an error, and leaves the connection fit for the next', async () => {
  const run = createPreparedRun(app.strapi);
  for (let round = 0; round < 12; round++)
    // better-sqlite3's errors are none of this realm's, so that toThrow would not know them.
    await expect(run({ sql: 'select nothing_there', bindings: [] })).rejects.toMatchObject({
      message: expect.stringContaining('nothing_there'),
    });
  expect(await run({ sql: 'select 1', bindings: [] })).toBeDefined();
});

it('arrays are read by PostgreSQL as they were, whatever is in them', async () => {
  if (!isPostgres) return;
  const run = createPreparedRun(app.strapi);
  const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
  const special = fc.constantFrom('', 'NULL', 'null', '"', '\\', '\\"', '{}', ',', ' ', "'", '\n', '{"A":true}');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(fc.oneof(text, special)), { maxLength: 20 }),
      fc.array(fc.uint8Array({ maxLength: 40 })),
      fc.array(fc.maxSafeInteger()),
      async (texts, blobs, numbers) => {
        const buffers = blobs.map((blob) => Buffer.from(blob));
        const result = await run({
          sql: 'select ?::text[] as texts, ?::bytea[] as buffers, ?::bigint[] as numbers',
          bindings: [postgresArray(texts), postgresArray(buffers, 'bytea'), postgresArray(numbers, 'bigint')],
        });
        expect(rawRows(app.strapi, result)).toEqual([{ texts, buffers, numbers: numbers.map(String) }]);
      },
    ),
    { numRuns: 50 },
  );
});
