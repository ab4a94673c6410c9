/**
 * How fast persons are anonymised on PostgreSQL, beside a bare batched UPDATE of the same columns of the same rows: batches of
 * the same size by id, each a transaction of its own, with values that PostgreSQL makes itself, so nothing is read, made or
 * sent. Then how long the search for originals in the whole database takes.
 *
 *   node bench/anonymise/index.mjs [rows=1000000] [--rounds=3]
 *
 * Exits with 1 if a limit is missed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createDatabase } from '../ledger/databases.mjs';
import { median } from '../support/load.mjs';

const parameters = process.argv.slice(2);
const rows = Number(parameters.find((parameter) => /^\d+$/.test(parameter)) ?? 1_000_000);
const rounds = Number(parameters.find((parameter) => parameter.startsWith('--rounds='))?.slice(9) ?? 3);

const BATCH_ROWS = 2500;
const LEAST_RATIO = 0.3;
const COLUMNS = ['email', 'full_name', 'street', 'city', 'phone', 'note'];

let missed = 0;
const line = (label, value, holds = true) => {
  if (!holds) missed += 1;
  console.log(`${label.padEnd(62)}${value}${holds ? '' : '   MISSED'}`);
};

const personalData = {
  'api::bench-person.bench-person': {
    owners: [{ email: 'email' }],
    purpose: 'Bench',
    legalBasis: 'contract',
    retentionDays: null,
    erasure: 'delete',
    fields: { email: 'email', fullName: 'fullName', street: 'street', city: 'city', phone: 'phone', note: 'paragraph' },
  },
};

const startStrapi = async (database) => {
  const child = fork(fileURLToPath(new URL('strapi-server.mjs', import.meta.url)), {
    env: { ...process.env, ...database.env, PRIVACY_DESK_CONFIG: JSON.stringify({ personalData }) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  process.on('exit', () => child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
};

const fill = (connection) =>
  connection.raw(`insert into bench_people (document_id, email, full_name, street, city, phone, note, status)
    select md5('d' || g), 'person' || g || '@example.net', 'Berta' || (g % 5000) || ' Zimmer' || (g / 5000),
      'Hauptweg ' || g, 'Stadt' || (g % 900), '+49 151 ' || lpad(g::text, 8, '0'),
      'A note of person ' || g || ', who wants to be called in the morning and not later than nine.', 'active'
    from generate_series(1, ${rows}) g`);

/** Seconds of the bare update of a copy of the table. */
const bareUpdate = async (connection) => {
  await connection.raw('drop table if exists bench_bare');
  await connection.raw('create table bench_bare (like bench_people including all)');
  await connection.raw('insert into bench_bare select * from bench_people');
  await connection.raw('vacuum analyze bench_bare');
  await connection.raw('checkpoint');
  const set = COLUMNS.map((column) => `${column} = md5(${column})`).join(', ');
  const from = performance.now();
  for (let after = 0; after < rows; after += BATCH_ROWS)
    await connection.raw(`update bench_bare set ${set} where id > ? and id <= ?`, [after, after + BATCH_ROWS]);
  const seconds = (performance.now() - from) / 1000;
  await connection.raw('drop table bench_bare');
  return seconds;
};

const database = await createDatabase('postgres');
const connection = database.connect();
try {
  const strapi = await startStrapi(database);
  const anonymise = async (verify) => {
    await connection.raw('truncate bench_people restart identity');
    await fill(connection);
    await connection.raw('vacuum analyze bench_people');
    await connection.raw('checkpoint');
    strapi.send({ verify });
    const [measured] = await once(strapi, 'message');
    if (measured.rows !== rows) throw new Error(`${measured.rows} rows instead of ${rows}`);
    return measured;
  };
  const [bare, ours, checks] = [[], [], []];
  let last;
  for (let round = 0; round < rounds; round++) {
    last = await anonymise('full');
    ours.push(last.replaced);
    checks.push(last.all - last.replaced);
    // Of the same values as before.
    await connection.raw('truncate bench_people restart identity');
    await fill(connection);
    bare.push(await bareUpdate(connection));
  }
  const ratio = median(bare) / median(ours);
  line(`bare batched update of ${COLUMNS.length} columns, rows/s`, Math.round(rows / median(bare)));
  line('anonymised with originals noted, rows/s', Math.round(rows / median(ours)));
  line(`anonymised / bare update (at least ${LEAST_RATIO})`, ratio.toFixed(2), ratio >= LEAST_RATIO);
  line('search for all originals in the whole database, seconds', median(checks).toFixed(1));
  line('original values found afterwards', last.leftovers, last.leftovers === 0);
  line('most memory of the process, MB', Math.round(last.rssMb));
} finally {
  await connection.destroy();
  await database.drop();
}
process.exit(missed > 0 ? 1 : 0);
