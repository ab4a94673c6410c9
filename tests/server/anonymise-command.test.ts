import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import knex, { type Knex } from 'knex';
import { personalData } from '../../playground/strapi/src/personal-data';
import { shopFolder, startShop } from '../support/shop';
import { writeShop } from '../support/shop-corpus';
import { createDatabase, databaseClient, type TestDatabase } from '../support/strapi';

// Several Strapis boot, one after the other.
jest.setTimeout(900_000);

// eslint-disable-next-line @typescript-eslint/no-require-imports
const { bundlePlugin } = require('../support/bundle-plugin.cjs') as { bundlePlugin: () => string };

const bin = path.resolve(__dirname, '../../bin/privacy-desk.js');
const ORDERS = 1500;

const connect = ({ env }: TestDatabase): Knex =>
  knex(
    databaseClient === 'sqlite'
      ? { client: 'better-sqlite3', connection: { filename: env.DATABASE_FILENAME! }, useNullAsDefault: true }
      : databaseClient === 'postgres'
        ? { client: 'pg', connection: { host: '127.0.0.1', user: 'postgres', database: env.DATABASE_NAME } }
        : { client: 'mysql2', connection: { host: '127.0.0.1', user: 'root', database: env.DATABASE_NAME } },
  );

const nameOf = ({ env }: TestDatabase): string => env.DATABASE_NAME ?? path.basename(env.DATABASE_FILENAME!);

interface Ended {
  code: number | null;
  out: string;
  error: string;
}

let folder: string;
let plugin: string;
beforeAll(() => {
  // Of the databases that are filled here, too.
  process.env.PRIVACY_DESK_MASTER_KEY = Buffer.alloc(32, 7).toString('base64');
  folder = shopFolder();
  plugin = bundlePlugin();
});
afterAll(() => {
  for (const made of [folder, plugin]) fs.rmSync(made, { recursive: true, force: true });
});

/** Runs the command in the shop's folder, as somebody at a terminal would. */
const anonymize = (
  database: TestDatabase,
  parameters: string[],
  { env = {}, input = '', killAfterMs }: { env?: Record<string, string>; input?: string; killAfterMs?: number } = {},
): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, 'anonymize', ...parameters], {
      cwd: folder,
      env: {
        ...process.env,
        ...database.env,
        NODE_ENV: 'test',
        PRIVACY_DESK_PLUGIN: plugin,
        PRIVACY_DESK_CONFIG: JSON.stringify({ personalData }),
        ...env,
      },
    });
    const ended: Ended = { code: null, out: '', error: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      ended.out += String(chunk);
      // From when the work begins.
      if (killAfterMs !== undefined && ended.out.includes('Removed or emptied besides'))
        setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    });
    child.stderr.on('data', (chunk: Buffer) => void (ended.error += String(chunk)));
    child.stdin.end(input);
    child.once('close', (code) => resolve({ ...ended, code }));
  });

const fill = async (database: TestDatabase): Promise<void> => {
  const app = await startShop({ database });
  await writeShop(app.strapi, 2);
  const rows = Array.from({ length: ORDERS }, (_, index) => ({
    number: `many-${index}`,
    email: `many${index % 700}@example.net`,
    note: `Written by Zqmany${index}`,
  }));
  for (let start = 0; start < ORDERS; start += 500)
    await app.strapi.db.getConnection('orders').insert(rows.slice(start, start + 500));
  await app.stop();
};

const contents = async (database: TestDatabase): Promise<string[]> => {
  const connection = connect(database);
  const texts: string[] = [];
  for (const table of [
    'orders',
    'profiles',
    'up_users',
    'components_shop_addresss',
    'components_profile_quotes',
    'comments',
  ])
    for (const row of (await connection(table).orderBy('id').select()) as Record<string, unknown>[]) {
      // What is encrypted looks different each time.
      for (const name of ['document_id', 'created_at', 'updated_at', 'published_at', 'password', 'iban'])
        delete row[name];
      texts.push(JSON.stringify(row));
    }
  expect(await connection.schema.hasTable('privacy_desk_anonymisation')).toBe(false);
  await connection.destroy();
  return texts;
};

it('goes on after kill -9 at any moment, with the same result as if nothing had happened', async () => {
  const [whole, killed] = [await createDatabase(), await createDatabase()];
  try {
    await fill(whole);
    await fill(killed);
    const parameters = ['--yes', '--seed', 'one', '--keep-admins', '--batch-rows', '5'];
    const first = await anonymize(whole, parameters);
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toContain('None of them is left.');

    let kills = 0;
    let last: Ended = { code: null, out: '', error: '' };
    for (const killAfterMs of [Math.random() * 300, 200 + Math.random() * 800, 500 + Math.random() * 2000, undefined]) {
      last = await anonymize(killed, parameters, { killAfterMs });
      if (last.code !== null) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(0);
    expect(last).toMatchObject({ code: 0 });
    // Originals of batches before the kill are looked for, too.
    const looked = ({ out }: Ended) => Number(/Looked for ([\d,]+) original/.exec(out)![1]!.replace(',', ''));
    expect(Math.abs(looked(last) - looked(first))).toBeLessThan(looked(first) / 100);
    const texts = await contents(whole);
    expect(await contents(killed)).toEqual(texts);
    expect(texts.join()).not.toMatch(/zqmany|zq1|example\.net/i);
  } finally {
    await whole.drop();
    await killed.drop();
  }
});

it('shows, asks, refuses production, and tells what is left', async () => {
  const database = await createDatabase();
  try {
    const app = await startShop({ database });
    await writeShop(app.strapi, 1);
    await app.strapi.db.connection.schema.createTable('legacy_log', (table) => {
      table.increments('id');
      table.text('line');
    });
    await app.strapi.db.connection('legacy_log').insert({ line: 'sent to zq1.berta@example.net' });
    await app.stop();
    const emails = async (): Promise<unknown[]> => {
      const connection = connect(database);
      const rows = await connection('up_users').pluck('email');
      await connection.destroy();
      return rows;
    };
    const untouched = ['zq1.berta@example.net'];

    const shown = await anonymize(database, ['--dry-run']);
    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(/api::order\.order → shipping +1 rows\n.*shipping\.fullName \(fullName\)/);
    expect(await anonymize(database, ['--files', 'burn'])).toMatchObject({
      code: 2,
      error: expect.stringContaining('Unknown or incomplete option --files'),
    });
    const nobody = await anonymize(database, []);
    expect(nobody).toMatchObject({ code: 2, error: expect.stringContaining('--yes is needed') });
    expect(await emails()).toEqual(untouched);

    const left = await anonymize(database, ['--json', '--password', 'Known-1'], { input: 'yes\n' });
    expect(left.code).toBe(3);
    const { report } = JSON.parse(left.out.trim().split('\n').at(-1)!) as {
      report: { check: { leftovers: unknown[] }; login: { password: string } };
    };
    expect(report.check.leftovers).toEqual([{ table: 'legacy_log', column: 'line', id: '1' }]);
    expect(report.login.password).toBe('Known-1');
    expect(left.out).not.toContain('berta');
    expect(await emails()).not.toEqual(untouched);

    const before = await emails();
    const production = { NODE_ENV: 'production' };
    const refused = await anonymize(database, ['--yes'], { env: production });
    expect(refused).toMatchObject({ code: 2, error: expect.stringContaining('NODE_ENV is “production”') });
    const known = ['--yes', '--i-know-this-is-production', '--verify', 'off'];
    expect(await anonymize(database, known, { env: production, input: 'another\n' })).toMatchObject({ code: 2 });
    // It remembers that it served production, whoever is connected.
    const remembered = await anonymize(database, ['--yes']);
    expect(remembered).toMatchObject({ code: 2, error: expect.stringContaining('has used this very database') });
    expect(await emails()).toEqual(before);
    expect(await anonymize(database, known, { input: `${nameOf(database)}\n` })).toMatchObject({ code: 0 });
    expect(await emails()).not.toEqual(before);
  } finally {
    await database.drop();
  }
});
