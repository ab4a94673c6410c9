import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { UNCLASSIFIED_ITEMS, type Inventory, type InventoryItem, type InventoryQuery } from '../../../contract';
import { installedLocales } from '../catalogue/installed-locales';
import { joinTable } from '../catalogue/join-table';
import { CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID, type CatalogueUid } from '../constants';
import { tableOf } from '../database/table-of';
import { completenessOf, type LocaleRow } from '../overview/completeness';
import { byOrder } from '../publishing/site-plan';

/** A document's row that facts are read from: the default locale's, else the one that was there first. */
interface FactRow {
  id: number;
  documentId: string;
  locale: string;
  key: string;
  name: string | null;
  order: number | null;
}
export interface ItemFacts extends FactRow {
  provider: string | null;
  enabled: boolean;
  /** Document ID. */
  category: string | null;
  /** Document IDs. */
  sites: string[];
}

const CHUNK_IDS = 500;

const chunks = <Value>(values: Value[]): Value[][] =>
  Array.from({ length: Math.ceil(values.length / CHUNK_IDS) }, (_, index) =>
    values.slice(index * CHUNK_IDS, (index + 1) * CHUNK_IDS),
  );

/** Reads the inventory with plain knex: thousands of items are looked at to show one page of them. */
export const createInventoryReader = (strapi: Core.Strapi) => {
  /** One row of each document. */
  const factRows = async <Row extends FactRow>(
    uid: CatalogueUid,
    fields: (keyof Row & string)[],
    defaultLocale: string,
  ): Promise<Row[]> => {
    const { tableName, column } = tableOf(strapi, uid);
    const [id, documentId, locale] = [column('id'), column('documentId'), column('locale')];
    const names = ['id', 'documentId', 'locale', 'key', 'name', 'order', ...fields];
    const attributes = strapi.db.metadata.get(uid).attributes;
    const select = Object.fromEntries(names.filter((name) => attributes[name]).map((name) => [name, column(name)]));
    const read = (narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder): Promise<Row[]> =>
      narrow(strapi.db.getConnection(tableName).select(select)) as unknown as Promise<Row[]>;
    const rows = await read((query) => query.where(locale, defaultLocale));
    // Those without a row in the default locale are on the websites all the same.
    const orphans: { id: number }[] = await strapi.db
      .getConnection(tableName)
      .groupBy(documentId)
      .havingRaw('max(case when ?? = ? then 1 else 0 end) = 0', [locale, defaultLocale])
      .min({ id });
    for (const ids of chunks(orphans)) {
      const found = ids.map((row) => row.id);
      rows.push(...(await read((query) => query.whereIn(id, found))));
    }
    return rows;
  };

  /** Document IDs that items are related to, by the item's row. */
  const links = async (relation: 'category' | 'sites', uid: CatalogueUid): Promise<Map<number, string[]>> => {
    const { table, own, other } = joinTable(strapi, TRACKING_ITEM_UID, relation);
    const target = tableOf(strapi, uid);
    const rows: { item: number; target: string }[] = await strapi.db
      .getConnection(`${table} as link`)
      .join(`${target.tableName} as target`, 'target.id', `link.${other}`)
      .select({ item: `link.${own}`, target: `target.${target.column('documentId')}` });
    const found = new Map<number, string[]>();
    for (const row of rows) found.set(row.item, [...(found.get(row.item) ?? []), row.target]);
    return found;
  };

  /** All tracking items with their facts, in their order. */
  const itemFacts = async (defaultLocale: string): Promise<ItemFacts[]> => {
    type Stored = Omit<ItemFacts, 'category' | 'sites' | 'enabled'> & { enabled: boolean | number | null };
    const [rows, categories, sites] = await Promise.all([
      factRows<Stored>(TRACKING_ITEM_UID, ['provider', 'enabled'], defaultLocale),
      links('category', CATEGORY_UID),
      links('sites', SITE_UID),
    ]);
    return rows
      .map((row) => ({
        ...row,
        // Databases keep truth as 0 and 1 too; what was never said is "in use".
        enabled: row.enabled === null || Boolean(row.enabled),
        category: categories.get(row.id)?.[0] ?? null,
        sites: [...new Set(sites.get(row.id))],
      }))
      .sort(byOrder);
  };

  /** The rows of some documents in some locales, with what completeness looks at. */
  const textRows = async (documentIds: string[], locales: string[]): Promise<Map<string, LocaleRow[]>> => {
    const rows = new Map<string, LocaleRow[]>();
    for (const ids of chunks(documentIds)) {
      const found: LocaleRow[] = await strapi.db.query(TRACKING_ITEM_UID).findMany({
        select: ['documentId', 'locale', 'name', 'description', 'storage'],
        where: { documentId: { $in: ids }, locale: { $in: locales } },
      });
      for (const row of found) rows.set(row.documentId, [...(rows.get(row.documentId) ?? []), row]);
    }
    return rows;
  };

  const storageNames = async (rows: ItemFacts[]): Promise<Map<number, string>> => {
    const { tableName, column } = tableOf(strapi, TRACKING_ITEM_UID);
    const names = new Map<number, string>();
    for (const part of chunks(rows)) {
      const found: { id: number; storage: unknown }[] = await strapi.db
        .getConnection(tableName)
        .select({ id: column('id'), storage: column('storage') })
        .whereIn(
          column('id'),
          part.map(({ id }) => id),
        );
      for (const { id, storage } of found) {
        const text = typeof storage === 'string' ? storage : JSON.stringify(storage ?? []);
        names.set(id, [...text.matchAll(/"name":\s*"((?:[^"\\]|\\.)*)"/g)].map(([, name]) => name).join('\n'));
      }
    }
    return names;
  };

  const withMissing = async (rows: ItemFacts[], locales: string[]) => {
    const texts = await textRows(
      rows.map(({ documentId }) => documentId),
      locales,
    );
    return rows.map((row) => {
      const found = texts.get(row.documentId) ?? [];
      const sorted = found.toSorted((a, b) => Number(b.locale === row.locale) - Number(a.locale === row.locale));
      const { storage } = sorted[0] ?? {};
      return {
        row,
        missingLocales: completenessOf(sorted, locales).missingLocales,
        storageEntries: Array.isArray(storage) ? storage.length : 0,
      };
    });
  };

  return {
    itemFacts,
    factRows,

    /** One page of the inventory. */
    async find({ category, site, state, missing, search = '', page = 1, pageSize = 50 }: InventoryQuery) {
      const locales = await installedLocales(strapi);
      const defaultLocale = locales[0]!.code;
      const [categories, sites, all] = await Promise.all([
        factRows<FactRow & { mode: Inventory['categories'][number]['mode'] }>(CATEGORY_UID, ['mode'], defaultLocale),
        factRows<FactRow>(SITE_UID, [], defaultLocale),
        itemFacts(defaultLocale),
      ]);
      const siteKeys = new Map(sites.map(({ documentId, key }) => [documentId, key]));
      const wanted = search.trim().toLowerCase();

      let fitting = all.filter(
        (item) =>
          (!state || item.enabled === (state === 'enabled')) &&
          (!site || item.sites.length === 0 || item.sites.some((id) => siteKeys.get(id) === site)),
      );
      if (wanted) {
        const stored = await storageNames(fitting);
        fitting = fitting.filter(({ id, name, key, provider }) =>
          [name, key, provider, stored.get(id)].some((text) => text?.toLowerCase().includes(wanted)),
        );
      }
      if (missing) {
        // A locale may have its words from its language, so that has to be looked at too.
        const looked = [...new Set([missing, missing.split('-')[0]!, ...fitting.map(({ locale }) => locale)])];
        const known = await withMissing(fitting, looked);
        fitting = known.filter(({ missingLocales }) => missingLocales.includes(missing)).map(({ row }) => row);
      }

      const known = new Set(categories.map(({ documentId }) => documentId));
      const counts = new Map<string, number>();
      for (const item of fitting) {
        const at = item.category && known.has(item.category) ? item.category : UNCLASSIFIED_ITEMS;
        counts.set(at, (counts.get(at) ?? 0) + 1);
      }
      const chosen = category
        ? fitting.filter((item) =>
            category === UNCLASSIFIED_ITEMS ? !item.category || !known.has(item.category) : item.category === category,
          )
        : fitting;
      const pages = Math.max(1, Math.ceil(chosen.length / pageSize));
      const shownPage = Math.min(page, pages);
      const shown = await withMissing(
        chosen.slice((shownPage - 1) * pageSize, shownPage * pageSize),
        locales.map(({ code }) => code),
      );
      const inventory: Inventory = {
        categories: categories.sort(byOrder).map(({ documentId, key, name, mode }) => ({
          documentId,
          key,
          name: name || key,
          mode,
          items: counts.get(documentId) ?? 0,
        })),
        total: fitting.length,
        unclassified: counts.get(UNCLASSIFIED_ITEMS) ?? 0,
        items: shown.map(({ row, missingLocales, storageEntries }): InventoryItem => ({
          documentId: row.documentId,
          key: row.key,
          name: row.name || row.key,
          provider: row.provider,
          category: row.category,
          sites: row.sites.flatMap((id) => siteKeys.get(id) ?? []),
          enabled: row.enabled,
          storageEntries,
          missingLocales,
        })),
        count: chosen.length,
        page: shownPage,
        pageSize,
      };
      return inventory;
    },
  };
};
