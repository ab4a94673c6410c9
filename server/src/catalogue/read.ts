import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import {
  siteTextKeys,
  type Block,
  type CategoryMode,
  type RegimeRules,
  type SignalName,
  type SiteRegime,
  type SiteSignals,
  type SiteTextKey,
  type Theme,
} from '../../../contract';
import { createPace } from '../breathe';
import { canonicalJson } from '../canonical-json';
import { CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID, type CatalogueUid } from '../constants';
import type { FieldProblem } from '../errors';
import { closestLocales } from './closest-locales';
import { joinTable } from './join-table';
import { parseEntry, type StorageRow } from './validation';

/** A row of one of the three types. */
export interface Row {
  id: number;
  documentId: string;
  locale: string;
  key: string;
  name: string | null;
  /** What is wrong with it; the fields concerned are null. */
  problems: FieldProblem[];
}
export interface CategoryRow extends Row {
  description: Block[] | null;
  mode: CategoryMode;
  honoursGpc: boolean | null;
  /** null: the usual ones. */
  signals: SignalName[] | null;
  order: number | null;
}
export interface SiteRow extends Row, Record<SiteTextKey, string | null> {
  origins: string[] | null;
  regime: SiteRegime;
  /** Of use where `regime` is `by-country`. */
  regimeRules: RegimeRules | null;
  policyUrl: string | null;
  imprintUrl: string | null;
  controllerName: string | null;
  theme: Theme | null;
  choiceLifetimeDays: number;
  cookieName: string;
  cookieDomain: string | null;
  reloadOnWithdrawal: boolean | null;
  signals: SiteSignals | null;
}
/** What an item says in one language. */
export interface ItemTextRow extends Row {
  /** Blocks as JSON: as objects, those of a large catalogue take too much memory. null if there are none. */
  descriptionJson: string | null;
  /** Purposes of the storage entries by row id. */
  purposes: ReadonlyMap<string, string>;
}
export interface ItemRow extends ItemTextRow {
  storage: StorageRow[] | null;
  provider: string | null;
  providerPolicyUrl: string | null;
  /** null: those of its category. */
  signals: SignalName[] | null;
  order: number | null;
  enabled: boolean | null;
  /** Document ID; null: unclassified. */
  category: string | null;
  /** Document IDs; empty: all sites. */
  sites: string[];
}

/** An item as the database has it. */
type StoredItem = Omit<ItemRow, 'descriptionJson' | 'purposes' | 'category' | 'sites'> & {
  description: Block[] | null;
};

/** A document of the catalogue in all its locales. */
export interface CatalogueDocument<R extends Row> {
  /** What is the same in every language: the default locale's row, or the closest there is. */
  structure: R;
  rows: R[];
  /** The row to take texts from in a locale; `has` tells whether it says what is wanted. */
  text(locale: string, has?: (row: R) => unknown): R;
}

export interface ItemTexts {
  /** The rows that an item's texts are taken from, closest first and never empty. */
  of(item: ItemRow): ItemTextRow[];
  /** Whether no row has problems. */
  sound: boolean;
}

/** The whole catalogue. Only the items' texts are read locale by locale: ten thousand items in twenty locales do not fit in memory. */
export interface Catalogue {
  defaultLocale: string;
  /** Every locale of Strapi, the default one first. */
  locales: string[];
  sites: CatalogueDocument<SiteRow>[];
  categories: CatalogueDocument<CategoryRow>[];
  items: ItemRow[];
  /** What the items say in a locale. */
  itemTexts(locale: string): Promise<ItemTexts>;
}

const PAGE_ROWS = 500;

const NONE: FieldProblem[] = [];

type Narrow = (query: Knex.QueryBuilder) => Knex.QueryBuilder;

/** Columns of JSON come parsed or as text, and truth as 0 and 1, depending on the database. */
const fromDatabase = (value: unknown, type: string): unknown => {
  if (value === null || value === undefined) return null;
  if (type === 'boolean') return Boolean(value);
  if ((type === 'json' || type === 'blocks') && typeof value === 'string') {
    try {
      return JSON.parse(value);
    } catch {
      return value; // for validation to complain about
    }
  }
  return value;
};

/**
 * Reads with plain knex rather than `strapi.db.query`: a third of the time, and it does not join a transaction that
 * happens to be open where publishing was triggered.
 */
const createTable = (strapi: Core.Strapi, uid: CatalogueUid) => {
  const { tableName, attributes } = strapi.db.metadata.get(uid);
  const column = (name: string): string => {
    const attribute = attributes[name]!;
    return ('columnName' in attribute && attribute.columnName) || name;
  };
  /** The row as the rules read it, with what is wrong with it. */
  const check = <R extends Row>(row: Record<string, unknown>): R => {
    const { entry, problems } = parseEntry(uid, row);
    // Nobody is to stumble over what is no list or no text while the problems are collected.
    for (const { path } of problems) if (path[0] !== 'key') entry[String(path[0])] = null;
    return Object.assign(entry, {
      key: String(entry.key ?? ''),
      problems: problems.length ? problems : NONE,
    }) as unknown as R;
  };
  return {
    tableName,
    column,
    check,
    /** The rows that `narrow` leaves, page by page in the order of `by`, whose values must differ. */
    async *pages(
      fields: readonly string[],
      by: 'id' | 'documentId',
      narrow: Narrow,
    ): AsyncGenerator<Record<string, unknown>[]> {
      const names = [...new Set(['id', 'documentId', 'locale', 'key', 'name', ...fields])];
      const select = Object.fromEntries(names.map((name) => [name, column(name)]));
      const pace = createPace();
      for (let after: string | number | undefined; ;) {
        const query = strapi.db.getConnection(tableName).select(select).orderBy(column(by)).limit(PAGE_ROWS);
        if (after !== undefined) query.where(column(by), '>', after);
        const rows: Record<string, unknown>[] = await narrow(query);
        if (rows.length === 0) return;
        for (const row of rows) {
          for (const name of names) row[name] = fromDatabase(row[name], attributes[name]!.type);
          await pace();
        }
        yield rows;
        if (rows.length < PAGE_ROWS) return;
        after = rows.at(-1)![by] as string | number;
      }
    },
  };
};

const group = <Key, Value>(values: Value[], keyOf: (value: Value) => Key): Map<Key, Value[]> => {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const members = groups.get(keyOf(value));
    if (members) members.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
};

const purposesOf = (storage: unknown): Map<string, string> => {
  const purposes = new Map<string, string>();
  for (const row of Array.isArray(storage) ? (storage as (Partial<StorageRow> | null)[]) : [])
    if (row?.id && typeof row.purpose === 'string' && row.purpose) purposes.set(row.id, row.purpose);
  return purposes;
};

/** What is kept of a row for its texts: no more, as there may be very many. */
const textOf = (
  { id, documentId, locale, key, name, problems, description }: Row & { description: Block[] | null },
  storage: unknown,
): ItemTextRow => ({
  id,
  documentId,
  locale,
  key,
  name,
  problems,
  descriptionJson: description?.length ? canonicalJson(description) : null,
  purposes: purposesOf(storage),
});

/** Reads the catalogue. Rows of locales that Strapi does not have (any more) are left out. */
export const readCatalogue = async (strapi: Core.Strapi): Promise<Catalogue> => {
  const i18n = strapi.plugin('i18n').service('locales');
  const [installed, configured]: [{ code: string }[], string | null] = await Promise.all([
    i18n.find(),
    i18n.getDefaultLocale(),
  ]);
  const defaultLocale = configured ?? installed[0]?.code ?? 'en';
  const others = installed.map(({ code }) => code).filter((code) => code !== defaultLocale);
  const locales = [defaultLocale, ...others.sort()];
  const closest = new Map(locales.map((locale) => [locale, closestLocales(locale, locales, defaultLocale)]));

  /** The row that stands for the document: see `CatalogueDocument.structure`. */
  const structureOf = <R extends Row>(rows: Map<string, R>): R => {
    const order = [...closest.get(defaultLocale)!, ...locales];
    return rows.get(order.find((locale) => rows.has(locale))!)!;
  };

  const readDocuments = async <R extends Row>(
    uid: CatalogueUid,
    fields: readonly (keyof R & string)[],
  ): Promise<CatalogueDocument<R>[]> => {
    const table = createTable(strapi, uid);
    const documents = new Map<string, Map<string, R>>();
    for await (const page of table.pages(fields, 'id', (query) => query.whereIn(table.column('locale'), locales)))
      for (const stored of page) {
        const row = table.check<R>(stored);
        const rows = documents.get(row.documentId) ?? new Map<string, R>();
        documents.set(row.documentId, rows.set(row.locale, row));
      }
    return [...documents.values()].map((rows) => {
      const structure = structureOf(rows);
      return {
        structure,
        rows: [...rows.values()],
        text: (locale, has = () => true) =>
          closest
            .get(locale)!
            .map((candidate) => rows.get(candidate))
            .find((row) => row && has(row)) ?? structure,
      };
    });
  };

  const items = createTable(strapi, TRACKING_ITEM_UID);
  const category = createTable(strapi, CATEGORY_UID);
  const site = createTable(strapi, SITE_UID);
  const textFields = ['description', 'storage'] as const;
  const fields = [...textFields, 'provider', 'providerPolicyUrl', 'signals', 'order', 'enabled'] as const;

  /** Document IDs of what rows of items are linked to, by the row's id. */
  const readLinks = async (ids: number[], relation: 'category' | 'sites', target: typeof site) => {
    const { table, own, other } = joinTable(strapi, TRACKING_ITEM_UID, relation);
    const rows: { item: number; target: string }[] = await strapi.db
      .getConnection(`${table} as link`)
      .join(`${target.tableName} as target`, 'target.id', `link.${other}`)
      .whereIn(`link.${own}`, ids)
      .select({ item: `link.${own}`, target: `target.${target.column('documentId')}` });
    return group(rows, (row) => row.item);
  };

  const readItems = async (by: 'id' | 'documentId', narrow: Narrow): Promise<ItemRow[]> => {
    const read: ItemRow[] = [];
    const pace = createPace();
    for await (const page of items.pages(fields, by, narrow)) {
      const ids = page.map(({ id }) => id as number);
      const categories = await readLinks(ids, 'category', category);
      const sites = await readLinks(ids, 'sites', site);
      for (const stored of page) {
        const row = items.check<StoredItem>(stored);
        await pace();
        read.push({
          ...textOf(row, row.storage),
          storage: row.storage,
          provider: row.provider,
          providerPolicyUrl: row.providerPolicyUrl,
          signals: row.signals,
          order: row.order,
          enabled: row.enabled,
          category: categories.get(row.id)?.[0]?.target ?? null,
          sites: [...new Set((sites.get(row.id) ?? []).map(({ target }) => target))],
        });
      }
    }
    return read;
  };

  /** Items without a row in the default locale: they are on the websites all the same, so they must be told of. */
  const readOrphans = async (): Promise<ItemRow[]> => {
    const [locale, documentId] = [items.column('locale'), items.column('documentId')];
    const orphans: Record<string, string>[] = await strapi.db
      .getConnection(items.tableName)
      .select(documentId)
      .whereIn(locale, locales)
      .groupBy(documentId)
      .havingRaw('max(case when ?? = ? then 1 else 0 end) = 0', [locale, defaultLocale]);
    const read: ItemRow[] = [];
    for (let start = 0; start < orphans.length; start += PAGE_ROWS) {
      const ids = orphans.slice(start, start + PAGE_ROWS).map((row) => row[documentId]!);
      const rows = await readItems('id', (query) => query.whereIn(locale, others).whereIn(documentId, ids));
      for (const document of group(rows, (row) => row.documentId).values())
        read.push(structureOf(new Map(document.map((row) => [row.locale, row]))));
    }
    return read;
  };

  const readTexts = async (locale: string): Promise<Map<string, ItemTextRow>> => {
    const texts = new Map<string, ItemTextRow>();
    const pace = createPace();
    const pages = items.pages(textFields, 'documentId', (query) => query.where(items.column('locale'), locale));
    for await (const page of pages)
      // Facts are those of the structure: of this row's storage entries only the purposes count.
      for (const stored of page) {
        await pace();
        const { storage } = stored;
        stored.storage = null;
        const row = items.check<StoredItem>(stored);
        texts.set(row.documentId, textOf(row, storage));
      }
    return texts;
  };

  const allItems = [
    ...(await readItems('documentId', (query) => query.where(items.column('locale'), defaultLocale))),
    ...(await readOrphans()),
  ];

  return {
    defaultLocale,
    locales,
    sites: await readDocuments<SiteRow>(SITE_UID, [
      'origins',
      'regime',
      'regimeRules',
      'policyUrl',
      'imprintUrl',
      'controllerName',
      'theme',
      'choiceLifetimeDays',
      'cookieName',
      'cookieDomain',
      'reloadOnWithdrawal',
      'signals',
      ...siteTextKeys,
    ]),
    categories: await readDocuments<CategoryRow>(CATEGORY_UID, [
      'description',
      'mode',
      'honoursGpc',
      'signals',
      'order',
    ]),
    items: allItems,
    async itemTexts(wanted) {
      const texts: Map<string, ItemTextRow>[] = [];
      // The default locale's texts came with the structure.
      for (const locale of closest.get(wanted)!) if (locale !== defaultLocale) texts.push(await readTexts(locale));
      const isSound = ({ problems }: Row) => problems.length === 0;
      return {
        sound: allItems.every(isSound) && texts.every((rows) => [...rows.values()].every(isSound)),
        of(item) {
          const rows: ItemTextRow[] = [];
          for (const rowsOfLocale of texts) {
            const row = rowsOfLocale.get(item.documentId);
            if (row) rows.push(row);
          }
          rows.push(item);
          return rows;
        },
      };
    },
  };
};
