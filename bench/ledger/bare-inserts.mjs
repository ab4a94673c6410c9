/** Single inserts over ten connections, without any HTTP: what PostgreSQL itself does with such rows. */
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { connectionOf } from './databases.mjs';

const COLUMNS = 16;
process.once('message', async ({ database, seconds }) => {
  const pool = new pg.Pool({ ...connectionOf(database), max: 10 });
  await pool.query(`create table if not exists bench_bare (
    id varchar(36), decided_at_ms bigint, recorded_at_ms bigint, segment varchar(22), seq bigint, sealed_seq bigint,
    site varchar(64), locale varchar(35), config_version varchar(64), source varchar(16), choices text, details text,
    subject_ref varchar(22), previous_hash bytea, hash bytea, seal varchar(160), primary key (id, decided_at_ms))`);
  const marks = Array.from({ length: COLUMNS }, (_, index) => `$${index + 1}`).join(',');
  const statement = { name: 'insert', text: `insert into bench_bare values (${marks})` };
  const [segment, ref] = [randomBytes(16).toString('base64url'), randomBytes(16).toString('base64url')];
  const hash = randomBytes(32);
  const start = performance.now();
  const end = start + seconds * 1000;
  let count = 0;
  const work = async () => {
    while (performance.now() < end) {
      const now = Date.now();
      const choices = '{"MARKETING":false,"STATISTICS":true}';
      const values = [
        randomUUID(),
        now,
        now,
        segment,
        1,
        1,
        'default',
        'en',
        ref,
        'save',
        choices,
        '{}',
        ref,
        hash,
        hash,
        null,
      ];
      await pool.query({ ...statement, values });
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: 10 }, work));
  const perSecond = (count * 1000) / (performance.now() - start);
  await pool.end();
  process.send({ perSecond });
});
