import type { Core } from '@strapi/strapi';

/** Every consent config that was ever published, by its content hash; written once, never updated. */
export const CONFIG_VERSIONS = 'privacy_desk_config_versions';
/** What is live, one row per site, with the facts that the revisions follow from. */
export const LIVE_SITES = 'privacy_desk_live_sites';

const dialects = {
  sqlite: { text: 'text', bytes: 'blob', options: '' },
  postgres: { text: 'text', bytes: 'bytea', options: '' },
  // Hashes differ by case, which MySQL's usual collations do not see.
  mysql: { text: 'longtext', bytes: 'longblob', options: 'character set utf8mb4 collate utf8mb4_bin' },
};

const columns = ({ text, bytes }: (typeof dialects)[keyof typeof dialects]) => ({
  [CONFIG_VERSIONS]: `(
    version varchar(64) not null primary key,
    site varchar(64) not null,
    locale varchar(64) not null,
    config_gzip ${bytes} not null,
    created_at_ms bigint not null
  )`,
  [LIVE_SITES]: `(
    site varchar(64) not null primary key,
    generation integer not null,
    facts ${text} not null,
    versions ${text} not null,
    default_locale varchar(64) not null,
    published_at_ms bigint not null
  )`,
});

/**
 * Creates the tables that are not there. They are no content types, so that no data transfer, GraphQL or Content Manager
 * reaches them; Strapi's schema sync leaves tables alone that it does not know.
 * One statement makes a whole table, so a crash leaves nothing half made and there is no lock that could be left behind;
 * of two instances that boot at once, one creates and the other finds it.
 */
export const createTables = async (strapi: Core.Strapi): Promise<void> => {
  const dialect = dialects[strapi.db.dialect.client as keyof typeof dialects];
  for (const [table, definition] of Object.entries(columns(dialect))) {
    const exists = () => strapi.db.getSchemaConnection().hasTable(table);
    if (await exists()) continue;
    const schema = strapi.db.getSchemaName();
    try {
      await strapi.db.connection.raw(`create table if not exists ?? ${definition} ${dialect.options}`, [
        schema ? `${schema}.${table}` : table,
      ]);
    } catch (error) {
      // PostgreSQL: `if not exists` still fails when another one creates the table at the same moment.
      if (!(await exists())) throw error;
    }
  }
};
