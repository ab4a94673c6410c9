import { siteTextKeys, type SiteTextKey } from '../../../contract';
import { localeFacts } from '../catalogue/locale-facts';

/**
 * One locale's row of a category, an item or a site: the columns that completeness looks at.
 * What SQL wrote past all rules has any shape, and the Overview is where an admin learns of it.
 */
export interface LocaleRow extends Partial<Record<SiteTextKey, string | null>> {
  documentId: string;
  locale: string;
  name?: string | null;
  description?: unknown;
  /** Rows with `id` and `purpose`. */
  storage?: unknown;
  policyUrl?: string | null;
  imprintUrl?: string | null;
}

export interface Completeness {
  /** How many texts there are to translate. */
  total: number;
  /** Locale to how many of them a visitor of that locale gets in their own language. */
  translated: Record<string, number>;
  /** Locales that lack at least one. */
  missingLocales: string[];
}

/** Whether anything in rich text, or in a value of any other shape, can be read. */
export const hasText = (value: unknown): boolean => {
  if (typeof value === 'string') return value.trim() !== '';
  if (Array.isArray(value)) return value.some(hasText);
  if (typeof value !== 'object' || value === null) return false;
  const { text, children } = value as { text?: unknown; children?: unknown };
  return hasText(text) || hasText(children);
};

const purposesOf = (storage: unknown): string[] =>
  (Array.isArray(storage) ? (storage as ({ id?: unknown; purpose?: unknown } | null)[]) : [])
    .filter((entry) => hasText(entry?.purpose))
    .map((entry) => `purpose:${String(entry!.id)}`);

const fields = ['name', 'description', 'policyUrl', 'imprintUrl', ...siteTextKeys] as const;

const textsOf = (row: LocaleRow): string[] => [
  ...fields.filter((field) => hasText(row[field])),
  ...purposesOf(row.storage),
];

/** Whether a text is one of those that a site may replace: where it does not, visitors get the built-in one of their language. */
export const isSiteText = (field: string): field is SiteTextKey => (siteTextKeys as readonly string[]).includes(field);

/** The locales whose words count as a locale's own: itself and its language (`de` for `de-CH`), if written in the same script. */
export const ownLocales = (locale: string): string[] => {
  const language = locale.split('-')[0]!;
  return localeFacts(language).script === localeFacts(locale).script ? [locale, language] : [locale];
};

/**
 * How much of a document is translated into each locale, measured by the texts of its default-locale row.
 *
 * @param rows the document's rows, the one that structure is read from first
 * @param locales codes of Strapi's locales
 */
export const completenessOf = (rows: LocaleRow[], locales: string[]): Completeness => {
  const wanted = rows[0] ? textsOf(rows[0]) : [];
  const texts = new Map(rows.map((row) => [row.locale, new Set(textsOf(row))]));
  const translated = Object.fromEntries(
    locales.map((locale) => [
      locale,
      wanted.filter((text) =>
        // A site that has a row of its own gets the built-in text where that says nothing, and not its language's.
        (isSiteText(text) && texts.has(locale) ? [locale] : ownLocales(locale)).some((own) =>
          texts.get(own)?.has(text),
        ),
      ).length,
    ]),
  );
  return {
    total: wanted.length,
    translated,
    missingLocales: locales.filter((locale) => translated[locale]! < wanted.length),
  };
};
