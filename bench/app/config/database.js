'use strict';
const server = (port, user) => ({
  host: process.env.DATABASE_HOST ?? '127.0.0.1',
  port: Number(process.env.DATABASE_PORT ?? port),
  database: process.env.DATABASE_NAME,
  user: process.env.DATABASE_USERNAME ?? user,
  password: process.env.DATABASE_PASSWORD ?? '',
});
const client = process.env.DATABASE_CLIENT ?? 'sqlite';
// As create-strapi-app writes them.
const pool = { min: 2, max: 10 };
const connections = {
  sqlite: { connection: { filename: process.env.DATABASE_FILENAME }, useNullAsDefault: true },
  postgres: { connection: server(5432, 'postgres'), pool },
  mysql: { connection: server(3306, 'root'), pool },
};
module.exports = { connection: { client, ...connections[client], acquireConnectionTimeout: 60_000 } };
