import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import {
  signalNames,
  type Block,
  type BulkChange,
  type CategoryForm,
  type Editable,
  type EntrySave,
  type ItemForm,
  type ItemMove,
  type SignalName,
} from '../../../contract';
import { installedLocales } from '../catalogue/installed-locales';
import { lockDocument } from '../catalogue/lock-document';
import { CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID, type CatalogueUid } from '../constants';
import { tableOf } from '../database/table-of';
import { validationError } from '../errors';
import { getService } from '../get-service';
import { requireCurrent, versionOf } from '../http/versions';
import { byOrder } from '../publishing/site-plan';
import { createInventoryReader, type ItemFacts } from './list';

type Uid = typeof CATEGORY_UID | typeof TRACKING_ITEM_UID;
type FormOf<U extends Uid> = U extends typeof CATEGORY_UID ? CategoryForm : ItemForm;
type Data = Record<string, unknown>;

/** The document service as these functions use it: its own types know single content types only. */
interface Documents {
  create(params: { data: Data; locale?: string }): Promise<{ documentId: string }>;
  update(params: { documentId: string; locale: string; data: Data }): Promise<unknown>;
  delete(params: { documentId: string; locale: '*' }): Promise<unknown>;
}

interface StoredEntry extends Data {
  id: number;
  documentId: string;
  locale: string;
  key: string;
}

const relatedIds = (value: unknown): string[] =>
  [value ?? []].flat().map((row) => (row as { documentId: string }).documentId);

const listOf = <Value>(value: unknown): Value[] => (Array.isArray(value) ? (value as Value[]) : []);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** null where nothing was chosen; SQL may have written names that are none. */
const signalsOf = (value: unknown): SignalName[] | null =>
  Array.isArray(value) ? signalNames.filter((name) => value.includes(name)) : null;

/** What a form shows of a row; whatever SQL has written there. */
const formOf = {
  [TRACKING_ITEM_UID]: (row: StoredEntry): ItemForm => ({
    name: textOf(row.name),
    key: textOf(row.key),
    description: listOf<Block>(row.description),
    category: relatedIds(row.category)[0] ?? null,
    provider: textOf(row.provider) || null,
    providerPolicyUrl: textOf(row.providerPolicyUrl) || null,
    storage: listOf(row.storage),
    signals: signalsOf(row.signals),
    sites: relatedIds(row.sites).sort(),
    enabled: row.enabled !== false,
  }),
  [CATEGORY_UID]: (row: StoredEntry): CategoryForm => ({
    name: textOf(row.name),
    key: textOf(row.key),
    description: listOf<Block>(row.description),
    mode: row.mode as CategoryForm['mode'],
    honoursGpc: row.honoursGpc !== false,
    signals: signalsOf(row.signals),
  }),
};

/**
 * What the Inventory page changes. Everything that an entry says is saved by the document service, so the catalogue's own
 * rules apply; the one exception is the numbering of neighbours, which is no content.
 */
export const createInventoryService = ({ strapi }: { strapi: Core.Strapi }) => {
  const reader = createInventoryReader(strapi);
  const documents = (uid: CatalogueUid) => strapi.documents(uid as never) as unknown as Documents;
  const defaultLocale = async (): Promise<string> => (await installedLocales(strapi))[0]!.code;

  /** The row that an entry is edited in: the default locale's, else the oldest. */
  const findRow = async (uid: Uid, documentId: string): Promise<StoredEntry | null> => {
    const rows: StoredEntry[] = await strapi.db.query(uid).findMany({
      where: { documentId },
      orderBy: { id: 'asc' },
      ...(uid === TRACKING_ITEM_UID && {
        populate: { category: { select: ['documentId'] }, sites: { select: ['documentId'] } },
      }),
    });
    const locale = await defaultLocale();
    return rows.find((row) => row.locale === locale) ?? rows[0] ?? null;
  };

  /** Which of the document IDs exist. */
  const existing = async (uid: CatalogueUid, documentIds: string[]): Promise<Set<string>> => {
    const rows: { documentId: string }[] = documentIds.length
      ? await strapi.db.query(uid).findMany({ select: ['documentId'], where: { documentId: { $in: documentIds } } })
      : [];
    return new Set(rows.map(({ documentId }) => documentId));
  };

  const requireRelated = async (form: Partial<ItemForm>): Promise<void> => {
    const category = form.category ? [form.category] : [];
    const [categories, sites] = [await existing(CATEGORY_UID, category), await existing(SITE_UID, form.sites ?? [])];
    const problems = [
      ...category
        .filter((id) => !categories.has(id))
        .map(() => ({ path: ['category'], message: 'does not exist (any more)' })),
      ...(form.sites ?? [])
        .filter((id) => !sites.has(id))
        .slice(0, 1)
        .map(() => ({ path: ['sites'], message: 'does not exist (any more)' })),
    ];
    if (problems.length) throw validationError(strapi, problems);
  };

  /** Numbers items that stand in this order, changing as few numbers as it takes. */
  const renumber = async (sequence: ItemFacts[], trx: Knex.Transaction): Promise<Map<string, number>> => {
    const { tableName, column } = tableOf(strapi, TRACKING_ITEM_UID);
    const orders = new Map<string, number>();
    const changed = new Map<number, string[]>();
    let last: { order: number; key: string } | undefined;
    for (const { documentId, key, order: before } of sequence) {
      // Of equal numbers the key decides.
      const least = last ? last.order + (key > last.key ? 0 : 1) : 0;
      const order = Math.max(before ?? least, least);
      orders.set(documentId, order);
      if (order !== before) changed.set(order, [...(changed.get(order) ?? []), documentId]);
      last = { order, key };
    }
    const now = new Date();
    for (const [order, ids] of changed)
      await strapi.db
        .getConnection(tableName)
        .transacting(trx)
        .whereIn(column('documentId'), ids)
        .update({ [column('order')]: order, [column('updatedAt')]: now });
    return orders;
  };

  return {
    find: reader.find,

    /** An entry to edit; null if there is none. */
    async entry<U extends Uid>(uid: U, documentId: string): Promise<Editable<FormOf<U>> | null> {
      const row = await findRow(uid, documentId);
      if (!row) return null;
      const form = formOf[uid](row) as FormOf<U>;
      const keyFixed = await getService('keys', { strapi }).isPublished(uid, row.key);
      return { documentId, version: versionOf(form), locale: row.locale, keyFixed, form };
    },

    /** @throws Strapi's validation error. Returns the document ID. */
    async create(uid: Uid, form: Partial<ItemForm & CategoryForm>): Promise<string> {
      if (uid === TRACKING_ITEM_UID) await requireRelated(form);
      const { documentId } = await documents(uid).create({ data: { ...form }, locale: await defaultLocale() });
      return documentId;
    },

    /**
     * Saves what the form says; false if there is no such entry.
     * @throws Strapi's validation error, StaleSave
     */
    async save<U extends Uid>(uid: U, documentId: string, { version, form }: EntrySave<FormOf<U>>): Promise<boolean> {
      return strapi.db.transaction(async ({ trx }) => {
        await lockDocument(strapi, uid, documentId, trx);
        const row = await findRow(uid, documentId);
        if (!row) return false;
        requireCurrent(version, formOf[uid](row));
        if (uid === TRACKING_ITEM_UID) await requireRelated(form as Partial<ItemForm>);
        await documents(uid).update({ documentId, locale: row.locale, data: { ...form } });
        return true;
      });
    },

    /** All or nothing. Entries that are gone meanwhile are left out; returns how many were changed. */
    async bulk({ items, action }: BulkChange): Promise<number> {
      return strapi.db.transaction(async () => {
        let changed = 0;
        for (const documentId of new Set(items)) {
          const row = await findRow(TRACKING_ITEM_UID, documentId);
          if (!row) continue;
          if (action === 'delete') await documents(TRACKING_ITEM_UID).delete({ documentId, locale: '*' });
          else
            await documents(TRACKING_ITEM_UID).update({
              documentId,
              locale: row.locale,
              data: { enabled: action === 'enable' },
            });
          changed += 1;
        }
        return changed;
      });
    },

    /**
     * Puts items into a category, before or after another of its items, else at the end. Returns how many there were.
     * @throws Strapi's validation error if the category does not exist
     */
    async move({ items, category, before, after }: ItemMove): Promise<number> {
      await requireRelated({ category });
      // Before the transaction: SQLite has one connection, and this reads past Strapi's queries.
      const all = await reader.itemFacts(await defaultLocale());
      const byId = new Map(all.map((item) => [item.documentId, item]));
      const moved = [...new Set(items)].flatMap((id) => byId.get(id) ?? []);
      const isMoved = new Set(moved.map(({ documentId }) => documentId));
      const others = all.filter((item) => item.category === category && !isMoved.has(item.documentId));
      const indexOf = (wanted: string | null | undefined) =>
        others.findIndex(({ documentId }) => documentId === wanted);
      const place = before ? indexOf(before) : indexOf(after) + 1 || -1;
      // What is moved takes its number from where it stands now.
      const placed = moved.map((item) => ({ ...item, order: null }));
      const at = place < 0 ? others.length : place;
      const sequence = others.toSpliced(at, 0, ...placed);
      await strapi.db.transaction(async ({ trx }) => {
        const orders = await renumber(sequence, trx);
        for (const item of moved)
          await documents(TRACKING_ITEM_UID).update({
            documentId: item.documentId,
            locale: item.locale,
            data: { order: orders.get(item.documentId), ...(item.category !== category && { category }) },
          });
      });
      return moved.length;
    },

    /** Orders categories as given; those that are not named come after them. */
    async orderCategories(wanted: string[]): Promise<void> {
      const rows = (await reader.factRows(CATEGORY_UID, [], await defaultLocale())).sort(byOrder);
      const place = ({ documentId }: { documentId: string }) => {
        const index = wanted.indexOf(documentId);
        return index < 0 ? wanted.length : index;
      };
      await strapi.db.transaction(async () => {
        for (const [order, row] of rows.toSorted((a, b) => place(a) - place(b)).entries())
          if (row.order !== order)
            await documents(CATEGORY_UID).update({ documentId: row.documentId, locale: row.locale, data: { order } });
      });
    },
  };
};
