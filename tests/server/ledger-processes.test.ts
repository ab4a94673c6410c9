import { randomUUID } from 'node:crypto';
import knex, { type Knex } from 'knex';
import type { ConsentPost } from '../../contract';
import { getService } from '../../server/src/get-service';
import { consentsOf, newSubject } from '../support/consents';
import { databaseProxy } from '../support/database-proxy';
import { eventually } from '../support/eventually';
import { startStrapiProcess } from '../support/strapi-process';
import { createDatabase, databaseClient, startStrapi, type TestDatabase } from '../support/strapi';

// Several Strapis boot, one after the other.
jest.setTimeout(600_000);

const REDIS_URL = 'redis://127.0.0.1:6379';
const url = '/api/privacy-desk/consents';
const config = { pollIntervalSeconds: 3600, consents: { rateLimit: { max: 100_000 } } };

const connect = ({ env }: TestDatabase): Knex =>
  knex(
    databaseClient === 'sqlite'
      ? { client: 'better-sqlite3', connection: { filename: env.DATABASE_FILENAME! }, useNullAsDefault: true }
      : databaseClient === 'postgres'
        ? { client: 'pg', connection: { host: '127.0.0.1', user: 'postgres', database: env.DATABASE_NAME } }
        : { client: 'mysql2', connection: { host: '127.0.0.1', user: 'root', database: env.DATABASE_NAME } },
  );

const bodyFor = async (base: string): Promise<() => ConsentPost> => {
  const answer = await fetch(`${base}/api/privacy-desk/config`);
  const { version } = (await answer.json()) as { version: string };
  return () => ({
    id: randomUUID(),
    site: 'default',
    locale: 'en',
    configVersion: version,
    subject: newSubject(),
    choices: { STATISTICS: true },
    source: 'save',
    decidedAt: new Date().toISOString(),
  });
};
const post = (base: string, body: ConsentPost): Promise<Response> =>
  fetch(`${base}${url}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Posts over several connections until `stop` is called or the server is gone. */
const underLoad = (base: string, make: () => ConsentPost, connections = 8) => {
  const acknowledged: string[] = [];
  const statuses = new Set<number>();
  let going = true;
  const work = async (): Promise<void> => {
    while (going) {
      const body = make();
      const answer = await post(base, body).catch(() => null);
      if (!answer) return;
      statuses.add(answer.status);
      await answer.arrayBuffer().catch(() => null);
      if (answer.status === 201) acknowledged.push(body.id);
    }
  };
  const done = Promise.all(Array.from({ length: connections }, work));
  return {
    acknowledged,
    statuses,
    stop: async () => {
      going = false;
      await done;
    },
  };
};

const recordedIds = async (database: TestDatabase): Promise<string[]> => {
  const connection = connect(database);
  const rows: { id: string }[] = await connection('privacy_desk_consents').select('id');
  await connection.destroy();
  return rows.map(({ id }) => id);
};

/** How many decisions the counters know, over all processes. */
const countedDecisions = async (database: TestDatabase): Promise<number> => {
  const connection = connect(database);
  const [row] = await connection('privacy_desk_consent_counts').where({ category: '' }).sum({ decisions: 'granted' });
  await connection.destroy();
  return Number(row!.decisions);
};

describe('A process that is killed under load', () => {
  it('has recorded what it acknowledged exactly once, the chain verifies, and the counters are exact', async () => {
    const database = await createDatabase();
    try {
      const acknowledged: string[] = [];
      for (let kill = 0; kill < 3; kill++) {
        const instance = await startStrapiProcess(database, config);
        const load = underLoad(instance.url, await bodyFor(instance.url));
        await eventually(() => expect(load.acknowledged.length).toBeGreaterThan(20));
        await instance.kill();
        await load.stop();
        acknowledged.push(...load.acknowledged);
      }
      const last = await startStrapiProcess(database, config);
      const report = await last.verify();
      await last.stop();
      const ids = await recordedIds(database);
      expect(new Set(ids).size).toBe(ids.length);
      expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
      expect(report).toMatchObject({ ok: true, consents: ids.length, problems: [] });
      expect(await countedDecisions(database)).toBe(ids.length);
    } finally {
      await database.drop();
    }
  });
});

(databaseClient === 'sqlite' ? describe.skip : describe)('Two instances', () => {
  it('append to one ledger, answer each other’s retries, and tell each other of changes and limits through Redis', async () => {
    const database = await createDatabase();
    const redis = { url: REDIS_URL, prefix: `test-${randomUUID()}` };
    const limited = { ...config, redis, consents: { rateLimit: { max: 300, windowSeconds: 86_400 } } };
    const two = await startStrapiProcess(database, limited);
    const app = await startStrapi({ database, config: limited });
    try {
      const make = await bodyFor(two.url);
      const bodies = Array.from({ length: 60 }, make);
      const consents = consentsOf(app);
      const first = await Promise.all([
        ...bodies.slice(0, 30).map(async (body) => (await post(two.url, body)).status),
        ...bodies.slice(30).map(async (body) => (await consents.post(body)).status),
      ]);
      expect(new Set(first)).toEqual(new Set([201]));
      for (const body of bodies.slice(0, 5)) expect((await consents.post(body)).status).toBe(200);
      for (const body of bodies.slice(30, 35)) expect((await post(two.url, body)).status).toBe(200);
      // The same consent at both at the same moment: one records it, the other finds it.
      for (let round = 0; round < 10; round++) {
        const body = make();
        const statuses = await Promise.all([consents.post(body), post(two.url, body)]);
        expect(statuses.map(({ status }) => status).sort()).toEqual([200, 201]);
      }
      const report = await getService('ledger', app).verify();
      expect(report).toMatchObject({ ok: true, consents: 70 });
      expect(await countedDecisions(database)).toBe(70);
      // One each; whoever lost a race for an id goes on in another one.
      expect(report.segments).toBeGreaterThanOrEqual(2);

      const documents = app.strapi.documents('plugin::privacy-desk.category' as never) as unknown as {
        create(parameters: { data: object }): Promise<unknown>;
      };
      await documents.create({ data: { key: 'PREFERENCES', name: 'Preferences', mode: 'opt-in' } });
      await getService('publishing', app).refresh();
      const { version } = await consents.config();
      await eventually(async () => {
        const answer = await fetch(`${two.url}/api/privacy-desk/config`);
        expect(((await answer.json()) as { version: string }).version).toBe(version);
      });

      // 90 were counted so far, by both.
      const statuses: number[] = [];
      for (let index = 0; index < 260; index++) statuses.push((await post(two.url, make())).status);
      expect(statuses.filter((status) => status === 201)).toHaveLength(210);
      const refused = await consents.post(make());
      expect(refused.status).toBe(429);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    } finally {
      await two.stop();
      await app.stop();
      await database.drop();
    }
  });
});

(databaseClient === 'sqlite' ? describe.skip : describe)('A database server that stops under load', () => {
  it('costs nothing that was acknowledged; the config goes on, and recording begins again by itself', async () => {
    const database = await createDatabase();
    const proxy = await databaseProxy(databaseClient === 'postgres' ? 5432 : 3306);
    const behind = { ...database, env: { ...database.env, DATABASE_PORT: String(proxy.port) } };
    const instance = await startStrapiProcess(behind, config);
    try {
      const load = underLoad(instance.url, await bodyFor(instance.url));
      await eventually(() => expect(load.acknowledged.length).toBeGreaterThan(20));
      proxy.stop();
      await eventually(() => expect(load.statuses).toContain(503));
      expect((await fetch(`${instance.url}/api/privacy-desk/config`)).status).toBe(200);
      const refused = await post(instance.url, (await bodyFor(instance.url))());
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
      proxy.start();
      const before = load.acknowledged.length;
      await eventually(() => expect(load.acknowledged.length).toBeGreaterThan(before + 20));
      await load.stop();
      expect([...load.statuses].sort()).toEqual([201, 503]);
      const ids = new Set(await recordedIds(database));
      expect(load.acknowledged.filter((id) => !ids.has(id))).toEqual([]);
      expect(await instance.verify()).toMatchObject({ ok: true, consents: ids.size });
    } finally {
      proxy.start();
      await instance.stop();
      proxy.close();
      await database.drop();
    }
  });
});
