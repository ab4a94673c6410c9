import { AsyncResource } from 'node:async_hooks';
import { createHash, randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { paragraphs, type CategoryMode } from '../../../contract';
import { pluginConfig } from '../config';
import { CATEGORY_UID, PLUGIN_ID, SITE_UID, type CatalogueUid } from '../constants';
import { retryConflicts } from '../database/retry-conflicts';
import { builtInTexts, type SeededCategory } from './texts';

/** An entry that a fresh Strapi gets: its facts, and its words in a language. */
interface Seed {
  uid: CatalogueUid;
  facts: { key: string } & Record<string, unknown>;
  words(locale: string): Record<string, unknown>;
}

const category = (key: SeededCategory, mode: CategoryMode, order: number): Seed => ({
  uid: CATEGORY_UID,
  facts: { key, mode, honoursGpc: true, order },
  words: (locale) => {
    const { name, description } = builtInTexts(locale).categories[key];
    return { name, description: paragraphs(...description) };
  },
});

const seeds: Seed[] = [
  { uid: SITE_UID, facts: { key: 'default', regime: 'as-configured' }, words: () => ({ name: 'Website' }) },
  category('ESSENTIALS', 'required', 0),
  category('STATISTICS', 'opt-out', 1),
  category('MARKETING', 'opt-in', 2),
];

/** What was seeded, in the core store: of each entry its document, and per locale a hash of the row as it was then. */
interface SeedRecord {
  documentId: string;
  rows: Record<string, string>;
}
type SeedRecords = Record<string, SeedRecord>;

type Row = Record<string, unknown> & { locale: string };

const technical = new Set(['id', 'documentId', 'createdAt', 'updatedAt', 'publishedAt', 'locale']);

const STORE_KEY = 'seeded';

/** Whether we have texts in the language of a locale; the fallback for all others is English. */
const hasTexts = (locale: string): boolean => /^en\b/i.test(locale) || builtInTexts(locale).locale !== 'en';

/**
 * Creates what a fresh Strapi needs: one site and three categories, in all of its locales that we have texts for.
 * A locale that comes later is added to entries that nobody has changed. Nothing else is ever written:
 * what was edited stays, and what was deleted does not come back.
 */
export const createSeedingService = ({ strapi }: { strapi: Core.Strapi }) => {
  const store = strapi.store({ type: 'plugin', name: PLUGIN_ID });
  let running: Promise<void> = Promise.resolve();
  let unsubscribe = (): void => {};

  const hash = (row: Row): string => {
    const content = Object.entries(row)
      .filter(([name, value]) => value !== null && !technical.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
  };

  /** Whether every row of an entry is there and as it was seeded. */
  const isUntouched = (record: SeedRecord, rows: Row[]): boolean =>
    rows.length === Object.keys(record.rows).length && rows.every((row) => record.rows[row.locale] === hash(row));

  const createRows = async (
    { uid, facts, words }: Seed,
    documentId: string,
    locales: string[],
  ): Promise<SeedRecord> => {
    const publishedAt = new Date();
    for (const locale of locales)
      await strapi.db.query(uid).create({ data: { documentId, locale, publishedAt, ...facts, ...words(locale) } });
    const rows: Row[] = await strapi.db.query(uid).findMany({ where: { documentId } });
    return { documentId, rows: Object.fromEntries(rows.map((row) => [row.locale, hash(row)])) };
  };

  const seedOnce = async (): Promise<void> => {
    await strapi.db.transaction(async () => {
      const i18n = strapi.plugin('i18n').service('locales');
      const defaultLocale: string = await i18n.getDefaultLocale();
      const installed = ((await i18n.find()) as { code: string }[]).map(({ code }) => code);
      // The default locale first: it is the one that everything falls back to, so it is there even without texts.
      const locales = [defaultLocale, ...installed.filter((code) => code !== defaultLocale && hasTexts(code))];

      const stored = (await store.get({ key: STORE_KEY })) as SeedRecords | null;
      const records: SeedRecords = { ...stored };
      const isEmpty = async (uid: CatalogueUid) => (await strapi.db.query(uid).count()) === 0;
      // Without a record, a catalogue with something in it came from elsewhere, and is nobody's fresh start.
      const isFresh = !stored && (await isEmpty(SITE_UID)) && (await isEmpty(CATEGORY_UID));
      for (const seed of seeds) {
        const { key } = seed.facts;
        const record = records[key];
        if (isFresh) {
          // Begins with a letter, as Strapi's own do: a relation given as "12ab…" would be taken for the id 12.
          records[key] = await createRows(seed, `a${randomBytes(12).toString('hex').slice(1)}`, locales);
        } else if (record) {
          const { documentId } = record;
          // Rows of a locale that was deleted went with it: nobody meant the entry.
          const kept = Object.entries(record.rows).filter(([locale]) => installed.includes(locale));
          records[key] = { documentId, rows: Object.fromEntries(kept) };
          const rows: Row[] = await strapi.db.query(seed.uid).findMany({ where: { documentId } });
          const missing = locales.filter((locale) => !rows.some((row) => row.locale === locale));
          if (rows.length > 0 && missing.length > 0 && isUntouched(records[key], rows))
            records[key] = await createRows(seed, documentId, missing);
        }
      }
      if (JSON.stringify(records) !== JSON.stringify(stored)) await store.set({ key: STORE_KEY, value: records });
    });
  };

  /** A website can do without our seeds, but not without its CMS. */
  const seedOrLog = (): Promise<void> =>
    // Of instances that start together, the unique index lets but one through.
    retryConflicts(seedOnce).catch((error: unknown) => void strapi.log.error(error));

  return {
    /** Seeds, and from then on whenever Strapi gets another locale. */
    async start(): Promise<void> {
      if (!pluginConfig(strapi).seed) return;
      await seedOrLog();
      // Bound here, because the transaction in which a locale is created must be over before, and must not be inherited.
      const later = AsyncResource.bind(() => {
        running = running.then(seedOrLog);
      });
      const onLocale = async (): Promise<void> => {
        await strapi.db.transaction(({ onCommit }) => onCommit(later));
      };
      unsubscribe = strapi.db.lifecycles.subscribe({
        models: ['plugin::i18n.locale'],
        afterCreate: onLocale,
        afterDelete: onLocale,
      });
    },
    /** Resolves when the locales that were added until now are seeded. */
    settled: (): Promise<void> => running,
    async stop(): Promise<void> {
      unsubscribe();
      await running;
    },
  };
};
