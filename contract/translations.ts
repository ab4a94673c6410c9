/**
 * The Translations page: every text that visitors read and that has a value per language, beside the default language.
 * Rich text travels as marked-up text (contract/markup.ts).
 */

/** The content types that have texts. */
export const translatableTypes = ['site', 'category', 'tracking-item'] as const;
export type TranslatableType = (typeof translatableTypes)[number];

/** At most so many texts go into one save. */
export const MAX_SAVED_TEXTS = 200;
/** No text is longer, in characters of its marked-up form. */
export const MAX_TEXT_LENGTH = 20_000;
/** A file to import is no larger. */
export const MAX_IMPORT_BYTES = 20 * 1024 * 1024;

/** How a text stands in a language. */
export type TextState =
  | 'translated'
  /** A visitor reads it in the own language all the same: from `de` in `de-CH`. */
  | 'inherited'
  | 'missing'
  /** The default language does not replace the built-in text, so nothing is missing. */
  | 'built-in';

/** Something to translate, in the default language. */
export interface TranslatableText {
  /** `tracking-item:matomo:purpose.3f2a`: type, key, field, and of a purpose the storage entry. Also used in files. */
  id: string;
  type: TranslatableType;
  documentId: string;
  /** Of the entry. */
  key: string;
  name: string;
  /** False for a tracking item that is not in use. */
  enabled: boolean;
  /** `name`, `description`, `purpose`, `policyUrl`, `bannerTitle`, … */
  field: string;
  /** Name of the storage entry that a purpose is about. */
  storage: string | null;
  /** Marked-up text. */
  rich: boolean;
  /** Longer than a line. */
  long: boolean;
  /** In characters. */
  maxLength: number;
  /** In the default language; the built-in text where the site has none of its own. */
  source: string;
}

/** A text beside its translation. */
export interface TranslationRow extends TranslatableText {
  target: string;
  /** Of the target: a save sends back what it was built on. */
  version: string;
  state: TextState;
  /** What visitors read while there is no translation. */
  shown: string;
}

/** A text and how it stands in every other language. */
export interface MatrixRow extends TranslatableText {
  states: Record<string, TextState>;
}

export interface TranslationsQuery {
  type?: TranslatableType;
  /** Key of a site: items of all sites are on it too. */
  site?: string;
  /** Only what is missing; in the matrix in any language. */
  missing?: boolean;
  /** In texts, names, keys and names of storage entries, in any case. */
  search?: string;
  /** ID of a text: the page that it is on. */
  at?: string;
  /** From 1. */
  page?: number;
  /** 1 to 100. */
  pageSize?: number;
}

/** Answer of `GET /privacy-desk/translations` (MatrixRow) and of `GET /privacy-desk/translations/:locale` (TranslationRow). */
export interface TranslationsPage<Row> {
  rows: Row[];
  /** How many texts there are on all pages. */
  count: number;
  page: number;
  pageSize: number;
}

/** Answer of `GET /privacy-desk/translations/progress?site=`: of all texts in use that visitors read. */
export interface TranslationProgress {
  locales: { code: string; translated: number; total: number }[];
}

/** A new translation; an empty one takes the former away. */
export interface TextChange {
  id: string;
  text: string;
  /** What it was built on; not compared where it is left out. */
  version?: string;
}

/** Body of `PUT /privacy-desk/translations/:locale`: all or nothing. Answer: `{ saved }`, how many there were. */
export interface TranslationsSave {
  changes: TextChange[];
}

/** In `details.current` of a save that was refused with 409: what somebody else has saved meanwhile. */
export interface StaleText {
  id: string;
  text: string;
  version: string;
}

export const translationFormats = ['xliff', 'csv'] as const;
export type TranslationFormat = (typeof translationFormats)[number];

/** What one text of a file would change. */
export interface ImportedChange extends TranslatableText {
  before: string;
  after: string;
  /** Of `before`. */
  version: string;
  /** Somebody has changed the translation since the file was exported, so the file would undo that. */
  conflict: boolean;
  /** The text in the default language is another one than in the file. */
  sourceChanged: boolean;
  /** Placeholders such as `{controller}` that only one of the two languages has. */
  placeholders: string[];
}

/**
 * Answer of `POST /privacy-desk/translations/:locale/import`, which changes nothing: what the file would change. A file with
 * anything wrong in it is refused as a whole with 400; the paths of `details.errors` are `['file', '<line>']`.
 */
export interface ImportPreview {
  changes: ImportedChange[];
  /** Texts that are in the file as they are stored. */
  unchanged: number;
  /** Texts without a translation in the file: nothing is taken away by that. */
  empty: number;
}
