import { createHash } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { dialectOf } from './own-tables';
import type { RawStatement } from './raw-insert';

/** What is used of `pg`'s client. */
interface PostgresClient {
  query(query: { name?: string; text: string; values: unknown[] }): Promise<unknown>;
}

/**
 * A pooler that gives each transaction another connection (PgBouncer before 1.21) does not know what was prepared on the
 * one before: `invalid_sql_statement_name`, `duplicate_prepared_statement`. Both come before anything is executed.
 */
const NOT_PREPARED_HERE = new Set(['26000', '42P05']);

/** What is used of `better-sqlite3`'s database. */
interface SqliteDatabase {
  prepare(sql: string): SqliteStatement;
  readonly inTransaction: boolean;
}
interface SqliteStatement {
  run(bindings: unknown[]): unknown;
  all(bindings: unknown[]): unknown[];
}

const sqliteStatements = new WeakMap<SqliteDatabase, Map<string, SqliteStatement>>();

/** A statement of SQLite, prepared once. There must be few different ones. */
const sqliteStatement = (database: SqliteDatabase, sql: string): SqliteStatement => {
  let statements = sqliteStatements.get(database);
  if (!statements) sqliteStatements.set(database, (statements = new Map()));
  let statement = statements.get(sql);
  if (!statement) statements.set(sql, (statement = database.prepare(sql)));
  return statement;
};

/** Work with the one connection of SQLite, at once and past the query builder, which takes as long as the database itself. */
const withSqlite = async <Result>(strapi: Core.Strapi, work: (database: SqliteDatabase) => Result): Promise<Result> => {
  const { client } = strapi.db.connection;
  const database = (await client.acquireConnection()) as SqliteDatabase;
  try {
    return work(database);
  } finally {
    await client.releaseConnection(database);
  }
};

/** Runs statements that come again and again on SQLite, all or none. */
export const createSqliteTransaction =
  (strapi: Core.Strapi) =>
  (statements: readonly RawStatement[]): Promise<void> =>
    withSqlite(strapi, (database) => {
      const run = (sql: string, bindings: unknown[] = []) => sqliteStatement(database, sql).run(bindings);
      run('begin');
      try {
        for (const { sql, ending = '', bindings } of statements) run(sql + ending, bindings);
        run('commit');
      } catch (error) {
        // After some failures (a full disk) it has ended by itself.
        if (database.inTransaction) run('rollback');
        throw error;
      }
    });

/**
 * Runs statements that come again and again, each by itself. On PostgreSQL they are prepared once per connection, as
 * planning over all partitions takes longer than the work, and go to the driver at once; on SQLite, too. There must be few
 * different ones.
 */
export const createPreparedRun = (strapi: Core.Strapi): ((statement: RawStatement) => Promise<unknown>) => {
  const { connection } = strapi.db;
  const dialect = dialectOf(strapi).client;
  if (dialect === 'sqlite')
    return ({ sql, bindings }) => withSqlite(strapi, (database) => sqliteStatement(database, sql).all(bindings));
  if (dialect !== 'postgres') return async ({ sql, bindings }) => connection.raw(sql, bindings as Knex.RawBinding[]);

  const statements = new Map<string, { name: string; text: string }>();
  let preparing = true;

  const numbered = (sql: string): { name: string; text: string } => {
    let statement = statements.get(sql);
    if (!statement) {
      let count = 0;
      const text = sql.replaceAll('?', () => `$${(count += 1)}`);
      // The same name is always the same statement, whichever release of the plugin prepared it on a shared connection.
      const name = `privacy_desk_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
      statement = { name, text };
      statements.set(sql, statement);
    }
    return statement;
  };

  return async ({ sql, bindings }) => {
    const { name, text } = numbered(sql);
    const client = (await connection.client.acquireConnection()) as PostgresClient;
    try {
      if (preparing)
        try {
          return await client.query({ name, text, values: bindings });
        } catch (error) {
          if (!NOT_PREPARED_HERE.has(String((error as { code?: unknown }).code))) throw error;
          preparing = false;
        }
      return await client.query({ text, values: bindings });
    } finally {
      await connection.client.releaseConnection(client);
    }
  };
};
