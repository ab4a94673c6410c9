import type { Core } from '@strapi/strapi';
import { CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID, type CatalogueUid } from '../constants';
import type { ItemRow, RelatedRow } from './catalogue-row';

/**
 * Strapi keeps relations per row, so per language, and a row can only be related to rows of its own language.
 * An item's category and sites are facts, so we keep them equal in all languages, as far as the others' rows exist.
 */
const targets = { category: CATEGORY_UID, sites: SITE_UID } as const;
type RelationName = keyof typeof targets;

export type ItemRelations = Pick<ItemRow, RelationName>;

export const populateRelations = {
  category: { select: ['id', 'documentId'] },
  sites: { select: ['id', 'documentId'] },
};

const related = (row: ItemRelations, name: RelationName): string[] =>
  [row[name] ?? []].flat().map(({ documentId }) => documentId);

/** What of the related documents exists in a language. */
const rowsIn = async (
  strapi: Core.Strapi,
  name: RelationName,
  documentIds: string[],
  locale: string | null,
): Promise<RelatedRow[]> =>
  documentIds.length === 0
    ? []
    : strapi.db.query(targets[name]).findMany({
        where: { documentId: { $in: documentIds }, locale },
        select: ['id', 'documentId'],
        orderBy: { id: 'asc' },
      });

/** Whether a save says nothing about a relation; the Content Manager sends `{ connect: [], disconnect: [] }`. */
const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'object' && Object.values(value).every((part) => Array.isArray(part) && part.length === 0));

/** Gives a language that an item is newly translated to the relations of the row `from`, where the save says nothing else. */
export const inheritRelations = async (
  strapi: Core.Strapi,
  data: Record<string, unknown>,
  from: ItemRow,
  locale: string | null,
): Promise<ItemRelations> => {
  const [category = null] = await rowsIn(strapi, 'category', related(from, 'category'), locale);
  const sites = await rowsIn(strapi, 'sites', related(from, 'sites'), locale);
  if (category && isEmpty(data.category)) data.category = category.documentId;
  if (sites.length > 0 && isEmpty(data.sites)) data.sites = sites.map(({ documentId }) => documentId);
  return { category, sites };
};

/** Makes in the other languages the change that a save made to the relations of one. */
export const shareRelations = async (
  strapi: Core.Strapi,
  before: ItemRelations,
  saved: ItemRow,
  others: ItemRow[],
): Promise<void> => {
  for (const name of Object.keys(targets) as RelationName[]) {
    const [was, is] = [related(before, name), related(saved, name)];
    const added = is.filter((documentId) => !was.includes(documentId));
    const removed = was.filter((documentId) => !is.includes(documentId));
    if (added.length + removed.length === 0) continue;
    for (const row of others) {
      const kept = name === 'sites' ? related(row, name).filter((documentId) => !removed.includes(documentId)) : [];
      const ids = (await rowsIn(strapi, name, [...new Set([...kept, ...added])], row.locale)).map(({ id }) => id);
      // No site means all sites: a site that does not exist in this language must not make it so.
      if (name === 'sites' && ids.length === 0 && is.length > 0) continue;
      const data = { [name]: name === 'sites' ? ids : (ids[0] ?? null) };
      await strapi.db.query(TRACKING_ITEM_UID).update({ where: { id: row.id }, data });
    }
  }
};

/** Relates the items of a language to a category or site that is newly translated to it, as they are in the others. */
export const adoptTranslation = async (
  strapi: Core.Strapi,
  uid: CatalogueUid,
  documentId: string,
  locale: string | null,
): Promise<void> => {
  const name = uid === CATEGORY_UID ? 'category' : 'sites';
  const items = strapi.db.query(TRACKING_ITEM_UID);
  const elsewhere: ItemRow[] = await items.findMany({ where: { [name]: { documentId } }, select: ['documentId'] });
  const documentIds = [...new Set(elsewhere.map((row) => row.documentId))];
  const [target] = await rowsIn(strapi, name, [documentId], locale);
  if (!target || documentIds.length === 0) return;
  const where = { documentId: { $in: documentIds }, locale };
  const rows: ItemRow[] = await items.findMany({ where, populate: populateRelations });
  for (const row of rows) {
    if (name === 'category' ? row.category : related(row, name).includes(documentId)) continue;
    const data = { [name]: name === 'category' ? target.id : [...row.sites.map(({ id }) => id), target.id] };
    await items.update({ where: { id: row.id }, data });
  }
};
