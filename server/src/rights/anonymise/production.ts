import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { dialectOf } from '../../database/own-tables';
import { rawRows } from '../../database/raw-insert';

const store = (strapi: Core.Strapi) =>
  strapi.store!({ type: 'plugin', name: 'privacy-desk', key: 'production-database' });

const value = async (strapi: Core.Strapi, sql: string): Promise<string | null> => {
  try {
    const [row] = rawRows<{ value: unknown }>(strapi, await strapi.db.connection.raw(sql));
    return row?.value === null || row?.value === undefined ? null : String(row.value);
  } catch {
    // Not known to this version, or not allowed to this user.
    return null;
  }
};

/** The name under which people know the database. */
export const databaseName = async (strapi: Core.Strapi): Promise<string> => {
  const { client } = dialectOf(strapi);
  if (client === 'postgres') return (await value(strapi, 'select current_database() as value')) ?? '';
  if (client === 'mysql') return (await value(strapi, 'select database() as value')) ?? '';
  return path.basename(sqliteFile(strapi));
};

const sqliteFile = (strapi: Core.Strapi): string => {
  const { connection } = strapi.db.connection.client.config as { connection: { filename: string } };
  return connection.filename;
};

/** Which database this is, wherever it is reached from: a copy on another server, or under another name, is another one. */
const identity = async (strapi: Core.Strapi): Promise<string> => {
  const { client } = dialectOf(strapi);
  const name = await databaseName(strapi);
  if (client === 'sqlite') return `sqlite ${os.hostname()} ${fs.realpathSync(sqliteFile(strapi))}`;
  const server =
    client === 'postgres'
      ? ((await value(strapi, 'select system_identifier::text as value from pg_control_system()')) ??
        (await value(strapi, "select inet_server_addr()::text || ' ' || inet_server_port()::text as value")))
      : ((await value(strapi, 'select @@server_uuid as value')) ??
        (await value(strapi, 'select @@server_uid as value')) ??
        (await value(strapi, "select concat(@@hostname, ' ', @@port) as value")));
  return `${client} ${server ?? ''} ${name}`;
};

/** Remembers in a database that it serves production: a developer's machine may be connected to it one day. */
export const markProduction = async (strapi: Core.Strapi): Promise<void> => {
  if (process.env.NODE_ENV !== 'production') return;
  const present = await identity(strapi);
  if ((await store(strapi).get({})) !== present) await store(strapi).set({ value: present });
};

/** Why this is production; null: nothing says so. */
export const whyProduction = async (strapi: Core.Strapi): Promise<string | null> => {
  if (process.env.NODE_ENV === 'production') return 'NODE_ENV is “production”';
  return (await store(strapi).get({})) === (await identity(strapi))
    ? 'a Strapi with NODE_ENV “production” has used this very database'
    : null;
};
