import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type {
  MatrixRow,
  TextState,
  TranslatableText,
  TranslationProgress,
  TranslationRow,
  TranslationsPage,
  TranslationsQuery,
} from '../../../contract';
import { createPace } from '../breathe';
import { closestLocales } from '../catalogue/closest-locales';
import { installedLocales } from '../catalogue/installed-locales';
import { builtInTexts } from '../catalogue/texts';
import { fromJson } from '../catalogue/validation';
import { CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID, type CatalogueUid } from '../constants';
import { versionOf } from '../http/versions';
import { tableOf } from '../database/table-of';
import { createInventoryReader } from '../inventory/list';
import { completenessOf, isSiteText, ownLocales, type LocaleRow } from '../overview/completeness';
import { byOrder } from '../publishing/site-plan';
import { saidOf, slotOf, textColumns, textsOf, typeOf, wordsOf, type Entry, type TextRow } from './text-fields';

/** An entry with the row that its texts are translated from, and what there is to translate. */
interface Source {
  entry: Entry;
  row: TextRow;
  texts: TranslatableText[];
}
type Filters = Pick<TranslationsQuery, 'type' | 'site' | 'missing' | 'search'>;
/** Rows by document, then by locale. */
type Rows = Map<string, Map<string, TextRow>>;

const CHUNK_IDS = 500;
const PAGE_SIZE = 50;

/** Of a translation, so that a save or a file tells what it was built on. No spreadsheet takes it for a number. */
export const textVersion = (text: string): string => `v${versionOf(text).slice(0, 11)}`;

const chunks = <Value>(values: readonly Value[]): Value[][] =>
  Array.from({ length: Math.ceil(values.length / CHUNK_IDS) }, (_, index) =>
    values.slice(index * CHUNK_IDS, (index + 1) * CHUNK_IDS),
  );

const pageOf = <Row extends TranslatableText>(
  rows: Row[],
  { at, page = 1, pageSize = PAGE_SIZE }: TranslationsQuery,
): TranslationsPage<Row> => {
  const index = at ? rows.findIndex(({ id }) => id === at) : -1;
  const wanted = index < 0 ? page : Math.floor(index / pageSize) + 1;
  const shown = Math.min(wanted, Math.max(1, Math.ceil(rows.length / pageSize)));
  return { rows: rows.slice((shown - 1) * pageSize, shown * pageSize), count: rows.length, page: shown, pageSize };
};

/** A row as completeness looks at it: columns of JSON come parsed or as text, depending on the database. */
const withValues = (row: TextRow): LocaleRow => ({
  ...row,
  description: fromJson(row.description),
  storage: fromJson(row.storage),
});

/** Reads what there is to translate with plain knex: thousands of texts are looked at to show one page of them. */
export const createTranslationsReader = (strapi: Core.Strapi) => {
  const inventory = createInventoryReader(strapi);

  const readRows = async (
    uid: CatalogueUid,
    narrow: (query: Knex.QueryBuilder, column: (name: string) => string) => Knex.QueryBuilder,
  ): Promise<(TextRow & { id: number })[]> => {
    const { tableName, column } = tableOf(strapi, uid);
    const names = ['id', 'documentId', 'locale', ...textColumns[uid]];
    const select = Object.fromEntries(names.map((name) => [name, column(name)]));
    return (await narrow(strapi.db.getConnection(tableName).select(select), column)) as (TextRow & { id: number })[];
  };

  /** The rows of some documents in some locales. */
  const rowsOf = async (sources: readonly Source[], locales: readonly string[]): Promise<Rows> => {
    const rows: Rows = new Map();
    for (const uid of [SITE_UID, CATEGORY_UID, TRACKING_ITEM_UID] as const) {
      const ids = sources.filter(({ entry }) => entry.uid === uid).map(({ entry }) => entry.documentId);
      for (const part of chunks(ids)) {
        const found = await readRows(uid, (query, column) =>
          query.whereIn(column('documentId'), part).whereIn(column('locale'), [...locales]),
        );
        for (const row of found) {
          const byLocale = rows.get(row.documentId) ?? new Map<string, TextRow>();
          rows.set(row.documentId, byLocale.set(row.locale, row));
        }
      }
    }
    return rows;
  };

  /** Every entry that has texts: sites, categories, tracking items, each in their order. */
  const readSources = async (defaultLocale: string, { type, site }: Filters): Promise<Source[]> => {
    const [sites, categories, items] = await Promise.all([
      inventory.factRows(SITE_UID, [], defaultLocale),
      inventory.factRows(CATEGORY_UID, [], defaultLocale),
      inventory.itemFacts(defaultLocale),
    ]);
    const chosen = sites.find(({ key }) => key === site)?.documentId;
    const facts = {
      [SITE_UID]: sites.filter(({ key }) => !site || key === site).sort(byOrder),
      [CATEGORY_UID]: categories.sort(byOrder),
      [TRACKING_ITEM_UID]: items.filter(
        (item) => !site || item.sites.length === 0 || (chosen !== undefined && item.sites.includes(chosen)),
      ),
    };
    const sources: Source[] = [];
    const pace = createPace();
    for (const uid of [SITE_UID, CATEGORY_UID, TRACKING_ITEM_UID] as const) {
      if (type && type !== typeOf[uid]) continue;
      const rows = new Map<number, TextRow>();
      for (const part of chunks(facts[uid].map(({ id }) => id)))
        for (const row of await readRows(uid, (query) => query.whereIn('id', part))) rows.set(row.id, row);
      for (const { id, documentId, key, name, locale, ...rest } of facts[uid]) {
        const row = rows.get(id);
        if (!row) continue;
        const enabled = !('enabled' in rest) || rest.enabled !== false;
        const entry: Entry = { uid, documentId, key, name: name || key, enabled };
        sources.push({ entry, row, texts: textsOf(strapi, entry, row, locale) });
        await pace();
      }
    }
    return sources;
  };

  /** How the texts of an entry stand in a locale. */
  const standing = ({ entry: { uid }, row }: Source, rows: Map<string, TextRow> | undefined) => {
    const source = saidOf(uid, row);
    const said = new Map<string, Set<string>>();
    for (const [locale, own] of rows ?? []) said.set(locale, saidOf(uid, own));
    return (text: TranslatableText, locale: string): TextState => {
      const slot = slotOf(text);
      if (said.get(locale)?.has(slot)) return 'translated';
      if (isSiteText(text.field)) {
        if (!source.has(slot)) return 'built-in';
        if (said.has(locale)) return 'missing';
      }
      return ownLocales(locale).some((code) => said.get(code)?.has(slot)) ? 'inherited' : 'missing';
    };
  };

  /** What visitors read while a text has no translation. */
  const fallback = ({ entry }: Source, rows: Map<string, TextRow> | undefined, locale: string, chain: string[]) => {
    const others = chain.filter((code) => code !== locale).map((code) => wordsOf(entry.uid, rows?.get(code)));
    const builtIn = builtInTexts(locale).ui;
    return (text: TranslatableText): string => {
      if (isSiteText(text.field) && rows?.has(locale)) return builtIn[text.field];
      const said = others.map((words) => words.get(slotOf(text))).find((words) => words?.trim());
      return said ?? (isSiteText(text.field) ? builtIn[text.field] : text.source);
    };
  };

  const fits = (search: string | undefined) => {
    const wanted = search?.trim().toLowerCase();
    return ({ source, name, key, storage }: TranslatableText, target = ''): boolean =>
      !wanted || [source, target, name, key, storage].some((words) => words?.toLowerCase().includes(wanted));
  };

  /** All texts beside their translations into a locale; null if Strapi does not have it, or translates from it. */
  const translations = async (locale: string, filters: Filters): Promise<TranslationRow[] | null> => {
    const [first, ...others] = await installedLocales(strapi);
    if (!others.some(({ code }) => code === locale)) return null;
    const codes = [first!, ...others].map(({ code }) => code);
    const chain = closestLocales(locale, codes, first!.code);
    const sources = await readSources(first!.code, filters);
    const rows = await rowsOf(sources, [...new Set([...chain, ...ownLocales(locale)])]);
    const isFitting = fits(filters.search);
    const pace = createPace();
    const found: TranslationRow[] = [];
    for (const source of sources) {
      const known = rows.get(source.entry.documentId);
      const stateOf = standing(source, known);
      const words = wordsOf(source.entry.uid, known?.get(locale));
      const shown = fallback(source, known, locale, chain);
      for (const text of source.texts) {
        const state = stateOf(text, locale);
        const target = words.get(slotOf(text)) ?? '';
        if ((!filters.missing || state === 'missing') && isFitting(text, target))
          found.push({ ...text, target, state, version: textVersion(target), shown: shown(text) });
      }
      await pace();
    }
    return found;
  };

  /** What `look` makes of the texts of some entries, by how they stand in some languages. */
  const lookAt = async <Found>(
    sources: Source[],
    codes: string[],
    look: (source: Source, stateOf: ReturnType<typeof standing>) => Found[],
  ): Promise<Found[]> => {
    const locales = [...new Set(codes.flatMap(ownLocales))];
    const pace = createPace();
    const found: Found[] = [];
    for (const part of chunks(sources)) {
      const rows = await rowsOf(part, locales);
      for (const source of part) {
        found.push(...look(source, standing(source, rows.get(source.entry.documentId))));
        await pace();
      }
    }
    return found;
  };

  return {
    translations,

    /** A page of texts beside their translations; null as `translations`. */
    async find(locale: string, query: TranslationsQuery): Promise<TranslationsPage<TranslationRow> | null> {
      const rows = await translations(locale, query);
      return rows && pageOf(rows, query);
    },

    /** A page of texts, with how they stand in every language but the default one. */
    async matrix(query: TranslationsQuery): Promise<TranslationsPage<MatrixRow>> {
      const [first, ...others] = await installedLocales(strapi);
      const sources = await readSources(first!.code, query);
      const isFitting = fits(query.search);
      const codes = others.map(({ code }) => code);
      const fitting = query.missing
        ? await lookAt(sources, codes, ({ texts }, stateOf) =>
            texts.filter((text) => isFitting(text) && codes.some((code) => stateOf(text, code) === 'missing')),
          )
        : sources.flatMap(({ texts }) => texts.filter((text) => isFitting(text)));
      const { rows, ...page } = pageOf(fitting, query);
      const shown = new Set(rows);
      const concerned = sources.filter(({ texts }) => texts.some((text) => shown.has(text)));
      return {
        ...page,
        rows: await lookAt(concerned, codes, ({ texts }, stateOf) =>
          texts
            .filter((text) => shown.has(text))
            .map((text): MatrixRow => ({
              ...text,
              states: Object.fromEntries(codes.map((code) => [code, stateOf(text, code)])),
            })),
        ),
      };
    },

    /** How much of what visitors read is there in each language, measured as on the Overview page. */
    async progress(site: string | undefined): Promise<TranslationProgress> {
      const locales = await installedLocales(strapi);
      const codes = locales.map(({ code }) => code);
      const sources = (await readSources(codes[0]!, { site })).filter(({ entry }) => entry.enabled);
      const translated = new Map(codes.map((code) => [code, 0]));
      let total = 0;
      const pace = createPace();
      for (const part of chunks(sources)) {
        const rows = await rowsOf(part, codes);
        for (const { entry, row } of part) {
          const known = [...(rows.get(entry.documentId)?.values() ?? [])].filter(({ locale }) => locale !== row.locale);
          const parsed = [row, ...known].map(withValues);
          const complete = completenessOf(parsed, codes);
          total += complete.total;
          for (const code of codes) translated.set(code, translated.get(code)! + complete.translated[code]!);
          await pace();
        }
      }
      return { locales: codes.map((code) => ({ code, translated: translated.get(code)!, total })) };
    },
  };
};
