import { createHash } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { dialectOf, qualified } from '../database/own-tables';
import type { EncryptedAttribute } from './encrypted-attribute';
import { columnOf } from './columns';

/** What a search compares: `b.`, 32 digits, `.`. */
const PREFIX_LENGTH = 35;

/** PostgreSQL cuts names after 63 bytes, MySQL refuses them after 64. */
const indexName = (table: string, column: string): string =>
  `privacy_desk_blind_${createHash('sha256').update(`${table}.${column}`).digest('hex').slice(0, 20)}`;

/**
 * Indexes by which each database finds what begins with a blind index. They are made anew at every start: Strapi removes
 * indexes that it does not know when it changes a table.
 */
export const createSearchIndexes = async (
  strapi: Core.Strapi,
  attributes: readonly EncryptedAttribute[],
): Promise<void> => {
  const { client } = dialectOf(strapi);
  for (const attribute of attributes) {
    if (!attribute.blindIndex) continue;
    const { table, column } = columnOf(strapi, attribute);
    const name = indexName(table, column);
    const bindings = [name, qualified(strapi, table), column];
    try {
      if (client === 'mysql') {
        const [there] = (await strapi.db.connection.raw(
          'select 1 from information_schema.statistics where table_schema = database() and table_name = ? and index_name = ? limit 1',
          [table, name],
        )) as unknown[][];
        if (there!.length === 0)
          await strapi.db.connection.raw(`create index ?? on ?? (??(${PREFIX_LENGTH}))`, bindings);
      } else {
        // Both compare prefixes by an index only under a collation that knows no language.
        const collation = client === 'postgres' ? 'text_pattern_ops' : 'collate nocase';
        await strapi.db.connection.raw(`create index if not exists ?? on ?? (?? ${collation})`, bindings);
      }
    } catch (error) {
      strapi.log.warn(
        `Privacy Desk: the search in ${attribute.uid}.${attribute.name} works without an index, which could not be made: ${(error as Error).message}`,
      );
    }
  }
};
