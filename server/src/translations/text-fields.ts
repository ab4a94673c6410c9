import type { Core } from '@strapi/strapi';
import {
  MAX_TEXT_LENGTH,
  parseMarkup,
  siteTextKeys,
  toMarkup,
  type StorageEntryRow,
  type TranslatableText,
  type TranslatableType,
} from '../../../contract';
import { builtInTexts } from '../catalogue/texts';
import { blocks, catalogueProblems, fromJson } from '../catalogue/validation';
import { CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID, type CatalogueUid } from '../constants';
import { hasText, isSiteText } from '../overview/completeness';

/** A row of one of the three types, with its texts as the database has them: SQL may have written anything there. */
export interface TextRow extends Record<string, unknown> {
  documentId: string;
  locale: string;
}

/** What a row belongs to. */
export interface Entry {
  uid: CatalogueUid;
  documentId: string;
  key: string;
  name: string;
  enabled: boolean;
}

export const typeOf: Record<CatalogueUid, TranslatableType> = {
  [SITE_UID]: 'site',
  [CATEGORY_UID]: 'category',
  [TRACKING_ITEM_UID]: 'tracking-item',
};
export const uidOf: Record<TranslatableType, CatalogueUid> = {
  site: SITE_UID,
  category: CATEGORY_UID,
  'tracking-item': TRACKING_ITEM_UID,
};

/** The columns of a type that have a value per language. */
export const textColumns: Record<CatalogueUid, readonly string[]> = {
  [SITE_UID]: ['name', ...siteTextKeys, 'policyUrl', 'imprintUrl'],
  [CATEGORY_UID]: ['name', 'description'],
  [TRACKING_ITEM_UID]: ['name', 'description', 'storage'],
};

const longFields = new Set(['bannerText', 'settingsText']);

/** As in server/src/catalogue/validation.ts. */
const MAX_PURPOSE_LENGTH = 1000;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The storage entries of a row; what is none is left out. */
export const storageOf = (row: TextRow | undefined): StorageEntryRow[] => {
  const stored = fromJson(row?.storage);
  return Array.isArray(stored) ? stored.filter((entry) => typeof entry?.id === 'string') : [];
};

/** The purposes of a row by storage entry. */
const purposesOf = (row: TextRow | undefined): Map<string, string> =>
  new Map(storageOf(row).map(({ id, purpose }) => [id, textOf(purpose)]));

/** What a row says, by the end of the text's id: `name`, `description`, `purpose.<storage id>`. */
export const wordsOf = (uid: CatalogueUid, row: TextRow | undefined): Map<string, string> => {
  const words = new Map<string, string>();
  for (const column of textColumns[uid])
    if (column === 'description') words.set(column, toMarkup(blocks.safeParse(fromJson(row?.description)).data ?? []));
    else if (column !== 'storage') words.set(column, textOf(row?.[column]));
  if (uid === TRACKING_ITEM_UID) for (const [id, purpose] of purposesOf(row)) words.set(`purpose.${id}`, purpose);
  return words;
};

/** Which of the words of `wordsOf` there are; making markup of thousands of texts takes its time. */
export const saidOf = (uid: CatalogueUid, row: TextRow | undefined): Set<string> => {
  const said = new Set<string>();
  const add = (slot: string, words: unknown) => hasText(words) && said.add(slot);
  for (const column of textColumns[uid])
    if (column === 'description') add(column, blocks.safeParse(fromJson(row?.description)).data);
    else if (column !== 'storage') add(column, textOf(row?.[column]));
  if (uid === TRACKING_ITEM_UID) for (const [id, purpose] of purposesOf(row)) add(`purpose.${id}`, purpose);
  return said;
};

/** A text's own part of its id. */
export const slotOf = ({ id, type, key }: Pick<TranslatableText, 'id' | 'type' | 'key'>): string =>
  id.slice(`${type}:${key}:`.length);

/** Everything of an entry that there is to translate, in the order in which visitors meet it. */
export const textsOf = (
  strapi: Core.Strapi,
  { uid, ...entry }: Entry,
  source: TextRow,
  sourceLocale: string,
): TranslatableText[] => {
  const type = typeOf[uid];
  const attributes: Record<string, { maxLength?: number }> = strapi.contentType(uid).attributes as Record<
    string,
    object
  >;
  const storage = new Map(storageOf(source).map(({ id, name }) => [id, textOf(name)]));
  const builtIn = builtInTexts(sourceLocale).ui;
  return [...wordsOf(uid, source)].flatMap(([slot, words]): TranslatableText[] => {
    const [field, storageId] = slot.split(/\.(.*)/s) as [string, string?];
    const text = words.trim() ? words : isSiteText(field) ? builtIn[field] : '';
    if (!text) return [];
    const maxLength = attributes[field]?.maxLength;
    const rich = field === 'description';
    return [
      {
        id: `${type}:${entry.key}:${slot}`,
        type,
        ...entry,
        field,
        storage: storageId === undefined ? null : (storage.get(storageId) ?? ''),
        rich,
        long: rich || field === 'purpose' || longFields.has(field),
        maxLength: maxLength ?? (field === 'purpose' ? MAX_PURPOSE_LENGTH : MAX_TEXT_LENGTH),
        source: text,
      },
    ];
  });
};

/** The value that a translation is stored as, or why it cannot be. */
export const readText = (
  { type, field, rich, maxLength }: TranslatableText,
  text: string,
): { value: unknown } | { problem: string } => {
  if (text.length > maxLength) return { problem: `must not be longer than ${maxLength} characters` };
  const isEmpty = text.trim() === '';
  if (field === 'name' && isEmpty) return { problem: 'must not be empty' };
  if (field === 'purpose') return { value: isEmpty ? undefined : text };
  const parsed = rich ? parseMarkup(text) : { blocks: undefined };
  if ('problem' in parsed) return parsed;
  const value = parsed.blocks ?? (isEmpty ? null : text);
  const [problem] = catalogueProblems(uidOf[type], { [field]: value });
  return problem ? { problem: problem.message } : { value };
};
