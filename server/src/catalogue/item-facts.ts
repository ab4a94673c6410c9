import { isDeepStrictEqual } from 'node:util';
import type { Core } from '@strapi/strapi';
import { TRACKING_ITEM_UID } from '../constants';
import type { ItemRow } from './catalogue-row';
import { inheritRelations, shareRelations, type ItemRelations } from './item-relations';
import { identifyRows, inheritRows, shareFacts } from './storage-rows';
import { fromJson, storageRows, type StorageRow } from './validation';

const storageOf = (row: ItemRow | undefined): StorageRow[] => (Array.isArray(row?.storage) ? row.storage : []);

/** Gives every row of storage that is going to be saved its id; `known` are the rows of the document until now. */
export const identifyStorage = (data: Record<string, unknown>, known: ItemRow[]): void => {
  if (data.storage === undefined) return;
  const given = fromJson(data.storage) ?? [];
  data.storage = Array.isArray(given) ? identifyRows(given, known.flatMap(storageOf)) : given;
};

/** Leaves out of valid rows of storage what was left empty. */
export const tidyStorage = (data: Record<string, unknown>): void => {
  if (data.storage !== undefined) data.storage = storageRows.parse(data.storage);
};

/** Gives a language that an item is newly translated to the facts of the row `from`, where the save says nothing else. */
export const inheritFacts = async (
  strapi: Core.Strapi,
  data: Record<string, unknown>,
  from: ItemRow,
  locale: string | null,
): Promise<ItemRelations> => {
  data.storage = inheritRows((data.storage ?? []) as StorageRow[], storageOf(from));
  return inheritRelations(strapi, data, from, locale);
};

/**
 * Brings the facts of a saved row to the item's other languages.
 *
 * @param before the relations of the row until now
 */
export const shareItemFacts = async (
  strapi: Core.Strapi,
  before: ItemRelations,
  saved: ItemRow,
  others: ItemRow[],
): Promise<void> => {
  for (const row of others) {
    const storage = shareFacts(storageOf(saved), storageOf(row));
    if (!isDeepStrictEqual(storage, storageOf(row)))
      await strapi.db.query(TRACKING_ITEM_UID).update({ where: { id: row.id }, data: { storage } });
  }
  await shareRelations(strapi, before, saved, others);
};
