/** Databases for the bench, filled with stored consents on wish. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import knex from 'knex';
import { startStrapi, stop } from './processes.mjs';

/** Where PostgreSQL is; Strapi's usual variables say where else. */
export const connectionOf = (database) => ({
  host: process.env.DATABASE_HOST ?? '127.0.0.1',
  port: Number(process.env.DATABASE_PORT ?? 5432),
  user: 'postgres',
  database,
});

const administer = async (statement) => {
  const connection = knex({ client: 'pg', connection: connectionOf('postgres') });
  await connection.raw(statement);
  await connection.destroy();
};

export const createDatabase = async (client) => {
  if (client === 'sqlite') {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-ledger-'));
    const file = path.join(folder, 'bench.db');
    return {
      env: { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: file },
      connect: () => knex({ client: 'better-sqlite3', connection: { filename: file }, useNullAsDefault: true }),
      drop: async () => fs.rmSync(folder, { recursive: true, force: true }),
    };
  }
  const name = `privacy_desk_bench_${randomBytes(6).toString('hex')}`;
  await administer(`create database ${name}`);
  return existing(name);
};

const existing = (name) => ({
  name,
  env: { DATABASE_CLIENT: 'postgres', DATABASE_NAME: name },
  // Settings of the connection that fills, not of what is measured.
  connect: () =>
    knex({
      client: 'pg',
      connection: connectionOf(name),
      pool: {
        afterCreate: (client, done) =>
          client.query("set maintenance_work_mem = '512MB'; set synchronous_commit = off", (error) =>
            done(error, client),
          ),
      },
    }),
  drop: () => administer(`drop database if exists ${name} with (force)`),
});

const STEP = 250_000;

/** Rows as they would be after a year, spread over its months, with their subjects; ids as random as real ones. */
const statements = {
  postgres: (from, to) => [
    `insert into privacy_desk_consents select md5('c' || g)::uuid::text, t.at, t.at, 'stored-' || (g / 1000000), g, g,
       'default', 'en', 'stored', 'save', '{"MARKETING":false,"STATISTICS":true}', '{}', substr(md5(g::text), 1, 22),
       decode(md5(g::text) || md5((g + 1)::text), 'hex'), decode(md5(g::text) || md5((g + 2)::text), 'hex'), null
     from generate_series(${from}, ${to - 1}) g,
       lateral (select (extract(epoch from now()) * 1000)::bigint - (g % 360) * 86400000::bigint as at) t`,
    `insert into privacy_desk_consent_subjects select substr(md5('s' || g), 1, 22), md5('c' || g)::uuid::text, t.at, 1,
       substr(md5('n' || g), 1, 22), null
     from generate_series(${from}, ${to - 1}) g,
       lateral (select (extract(epoch from now()) * 1000)::bigint - (g % 360) * 86400000::bigint as at) t`,
  ],
  sqlite: (from, to) => {
    // 2^32 / golden ratio: spread as evenly as random ids.
    const id = `printf('%08x-0000-4000-8000-%012x', (n * 2654435761) & 4294967295, n)`;
    const at = `${Date.now()} - (n % 360) * 86400000`;
    const series = `with recursive g(n) as (select ${from} union all select n + 1 from g where n < ${to - 1})`;
    return [
      `insert into privacy_desk_consents ${series} select ${id}, ${at}, 0,
         'stored-' || (n / 1000000), n, n, 'default', 'en', 'stored', 'save', '{"MARKETING":false,"STATISTICS":true}', '{}',
         substr(hex(randomblob(11)), 1, 22), randomblob(32), randomblob(32), null from g`,
      `insert into privacy_desk_consent_subjects ${series} select substr(hex(randomblob(11)), 1, 22),
         ${id}, ${at}, 1, substr(hex(randomblob(11)), 1, 22), null from g`,
    ];
  },
};

/** The counters of a year: of six versions in three languages; of the last days by three processes, before that summed up. */
const counters = {
  postgres: `from generate_series(0, 359) d, generate_series(0, 5) v, generate_series(0, 2) w,
    unnest(array['accept-all', 'reject-all', 'save', 'withdraw', 'embed']) source,
    unnest(array['', 'STATISTICS', 'MARKETING', 'PREFERENCES']) category where d < 2 or w = 0`,
  sqlite: `from (with recursive g(d) as (select 0 union all select d + 1 from g where d < 359) select d from g),
    (select column1 as v from (values (0), (1), (2), (3), (4), (5))),
    (select column1 as w from (values (0), (1), (2))),
    (select column1 as source from (values ('accept-all'), ('reject-all'), ('save'), ('withdraw'), ('embed'))),
    (select column1 as category from (values (''), ('STATISTICS'), ('MARKETING'), ('PREFERENCES'))) where d < 2 or w = 0`,
};

/** As many decisions as there are consents. */
export const storeCounters = async (database, client, count) => {
  const connection = database.connect();
  const today = Math.floor(Date.now() / 86_400_000);
  const each = Math.ceil(count / (364 * 6 * 5));
  await connection.raw(
    `insert into privacy_desk_consent_counts
       (writer, site, day, config_version, locale, regime, source, category, granted, refused)
     select case when d < 2 then 'stored-' || w else '-' end, 'default', ${today} - d, 'stored-' || v,
       case v % 3 when 0 then 'en' when 1 then 'de' else 'fr' end, 'opt-in', source, category, ${each}, ${each} ${counters[client]}`,
  );
  if (client === 'postgres') await connection.raw('vacuum analyze privacy_desk_consent_counts');
  await connection.destroy();
};

const makePartitions = async (connection) => {
  for (let month = -13; month <= 0; month++) {
    const at = (offset) => {
      const date = new Date();
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset);
    };
    const start = new Date(at(month));
    const name = `privacy_desk_consents_${start.getUTCFullYear()}_${String(start.getUTCMonth() + 1).padStart(2, '0')}`;
    await connection.raw(
      `create table if not exists ${name} partition of privacy_desk_consents for values from (${at(month)}) to (${at(month + 1)})`,
    );
  }
};

/** Takes the indexes away, as they are made many times faster of what is there than row by row. Returns what makes them. */
const withoutIndexes = async (connection) => {
  const { rows } = await connection.raw(
    `select i.indrelid::regclass as table, i.indexrelid::regclass as index, c.conname as constraint,
       coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)) as definition
     from pg_index i left join pg_constraint c on c.conindid = i.indexrelid
     where i.indrelid in ('privacy_desk_consents'::regclass, 'privacy_desk_consent_subjects'::regclass)`,
  );
  for (const { table, index, constraint } of rows)
    await connection.raw(constraint ? `alter table ${table} drop constraint ${constraint}` : `drop index ${index}`);
  const make = ({ table, constraint, definition }) =>
    connection.raw(
      constraint
        ? `alter table ${table} add constraint ${constraint} ${definition}`
        : definition.replace(' ON ONLY ', ' ON '),
    );
  return async () => {
    for (const row of rows) await make(row);
  };
};

/** Stores so many consents; on PostgreSQL both tables at the same time. */
const store = async (database, client, count) => {
  const connection = database.connect();
  const postgres = client === 'postgres';
  if (postgres) await makePartitions(connection);
  const makeIndexes = postgres ? await withoutIndexes(connection) : () => {};
  const fill = async (which) => {
    for (let from = 0; from < count; from += STEP)
      await connection.raw(statements[client](from, Math.min(from + STEP, count))[which]);
  };
  if (postgres) await Promise.all([fill(0), fill(1)]);
  else for (const which of [0, 1]) await fill(which);
  await makeIndexes();
  // Nothing of it is left to do while something is measured.
  if (postgres) for (const work of ['vacuum analyze', 'checkpoint']) await connection.raw(work);
  await connection.destroy();
};

/** A new database with so many stored consents. */
export const createFilled = async (client, count) => {
  const database = await createDatabase(client);
  // Makes the tables.
  const { child } = await startStrapi(database);
  await stop(child);
  await store(database, client, count);
  return database;
};

/**
 * A database with stored consents for as long as `work` takes.
 *
 * @param name one that was filled before, which stays
 */
export const filled = async (client, count, name, work) => {
  if (name && client === 'postgres') return work(existing(name));
  const database = await createFilled(client, count);
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
};
