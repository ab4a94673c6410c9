import type { Core } from '@strapi/strapi';
import { CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID } from '../constants';
import { joinTable } from '../catalogue/join-table';

/** Seconds or milliseconds since 1970: only whether the sum differs matters. */
const timeOf: Record<string, string> = {
  sqlite: 'updated_at',
  postgres: 'extract(epoch from updated_at)',
  mysql: 'unix_timestamp(updated_at)',
};

/**
 * A text that differs when another process changed the catalogue: rows, links, locales, the default locale.
 * It asks the database for a few sums instead of for the catalogue, and goes around the query engine and its transactions.
 */
export const readFingerprint = async (strapi: Core.Strapi): Promise<string> => {
  const { connection } = strapi.db;
  const updated = `sum(${timeOf[strapi.db.dialect.client]}) as updated`;
  const sums: [table: string, select: string][] = [];
  for (const uid of [CATEGORY_UID, TRACKING_ITEM_UID, SITE_UID, 'plugin::i18n.locale'] as const) {
    const { tableName } = strapi.db.metadata.get(uid);
    sums.push([tableName, `count(*) as rows_, max(id) as last, ${updated}`]);
    if (uid !== TRACKING_ITEM_UID) continue;
    for (const name of ['category', 'sites']) {
      const { table, own, other } = joinTable(strapi, uid, name);
      sums.push([table, `count(*) as rows_, max(id) as last, sum(1.0 * ${own} * ${other}) as pairs`]);
    }
  }
  const parts: unknown[] = [];
  for (const [table, select] of sums) parts.push(await strapi.db.getConnection(table).select(connection.raw(select)));
  parts.push(
    await strapi.db
      .getConnection('strapi_core_store_settings')
      .where({ key: 'plugin_i18n_default_locale' })
      .select('value'),
  );
  return JSON.stringify(parts, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
};
