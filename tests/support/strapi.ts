import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import knex, { type Knex } from 'knex';

const defaultAppDir = path.resolve(__dirname, '../fixtures/strapi-app');

export type DatabaseClient = 'sqlite' | 'postgres' | 'mysql';

/** The database of this run: `TEST_DATABASE_CLIENT`, SQLite by default. */
export const databaseClient = (process.env.TEST_DATABASE_CLIENT || 'sqlite') as DatabaseClient;

/** A database that exists nowhere else, and how to remove it. */
export interface TestDatabase {
  /** Environment variables that point the test application at it. */
  env: Record<string, string>;
  drop(): Promise<void>;
}

const administration = (client: 'postgres' | 'mysql'): Knex =>
  knex(
    client === 'postgres'
      ? { client: 'pg', connection: { host: '127.0.0.1', port: 5432, user: 'postgres', database: 'postgres' } }
      : { client: 'mysql2', connection: { host: '127.0.0.1', port: 3306, user: 'root' } },
  );

export const createDatabase = async (client: DatabaseClient = databaseClient): Promise<TestDatabase> => {
  if (client === 'sqlite') {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-'));
    return {
      env: { DATABASE_CLIENT: client, DATABASE_FILENAME: path.join(folder, 'test.db') },
      drop: async () => fs.rmSync(folder, { recursive: true, force: true }),
    };
  }
  const name = `privacy_desk_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const run = async (statement: string) => {
    const connection = administration(client);
    try {
      await connection.raw(statement);
    } catch (cause) {
      throw new Error(`These tests need ${client} on 127.0.0.1 (see docs/development.md)`, { cause });
    } finally {
      await connection.destroy();
    }
  };
  await run(`CREATE DATABASE ${name}`);
  return {
    env: { DATABASE_CLIENT: client, DATABASE_NAME: name },
    drop: () => run(client === 'postgres' ? `DROP DATABASE ${name} WITH (FORCE)` : `DROP DATABASE ${name}`),
  };
};

export interface TestApp {
  strapi: Core.Strapi;
  /** What supertest takes. */
  server: Core.Strapi['server']['httpServer'];
  database: TestDatabase;
  /** Stops Strapi; drops the database too, unless it was handed in. */
  stop(): Promise<void>;
}

/** Boots a real Strapi with the plugin's TypeScript source, on a database of its own unless one is handed in. */
export const startStrapi = async (
  options: { database?: TestDatabase; config?: Record<string, unknown>; appDir?: string } = {},
): Promise<TestApp> => {
  const { appDir = defaultAppDir } = options;
  const database = options.database ?? (await createDatabase());
  Object.assign(process.env, database.env, {
    NODE_ENV: 'test',
    STRAPI_TELEMETRY_DISABLED: 'true',
    PRIVACY_DESK_CONFIG: JSON.stringify(options.config ?? {}),
  });
  // Required late: Strapi reads the environment while it is loaded.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createStrapi } = require('@strapi/strapi') as typeof import('@strapi/strapi');
  const strapi = createStrapi({ appDir, distDir: appDir, autoReload: false, serveAdminPanel: false });
  const end = async (): Promise<void> => {
    await strapi.destroy();
    if (!options.database) await database.drop();
  };
  let ended: Promise<void> | undefined;
  // Once: a test that stops it and fails then must not fail its clean-up, and with that its second try.
  const stop = (): Promise<void> => (ended ??= end());
  try {
    await strapi.load();
  } catch (error) {
    // What it has begun would keep jest from ever ending.
    await stop();
    throw error;
  }
  strapi.server.mount();
  return { strapi, server: strapi.server.httpServer, database, stop };
};

/** An access token of a new admin user with the given role (super admin by default), without the rate-limited login. */
export const adminToken = async (strapi: Core.Strapi, roleId?: number | string): Promise<string> => {
  const superAdmin = await strapi.service('admin::role').getSuperAdmin();
  const user = await strapi.service('admin::user').create({
    email: `${randomUUID()}@example.com`,
    firstname: 'Ada',
    lastname: 'Admin',
    password: 'Passw0rd!',
    registrationToken: null,
    isActive: true,
    roles: [roleId ?? superAdmin.id],
  });
  const sessions = strapi.sessionManager('admin');
  const { token: refreshToken } = await sessions.generateRefreshToken(String(user.id), 'test-device', {
    type: 'refresh',
  });
  const access = await sessions.generateAccessToken(refreshToken);
  if (!('token' in access)) throw new Error('No access token');
  return access.token;
};

/** A token of an admin user whose role has the given permissions and no others. */
export const adminTokenWith = async (strapi: Core.Strapi, actions: string[]): Promise<string> => {
  const name = randomUUID();
  const role = await strapi.service('admin::role').create({ name, description: name });
  await strapi.service('admin::role').assignPermissions(
    role.id,
    actions.map((action) => ({ action, subject: null, conditions: [], properties: {} })),
  );
  return adminToken(strapi, role.id);
};
