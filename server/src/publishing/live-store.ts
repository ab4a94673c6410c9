import type { Core } from '@strapi/strapi';
import { breathe } from '../breathe';
import type { LiveFacts } from './revisions';
import { CONFIG_VERSIONS, LIVE_SITES } from './tables';

/** What is live of a site. */
export interface LiveRow {
  /** Raised with every change of the facts. */
  generation: number;
  facts: LiveFacts;
  /** The facts as they are stored: two states are the same if these are. */
  factsJson: string;
  /** Config version by locale; empty once the site was removed. */
  versions: Record<string, string>;
  defaultLocale: string;
  publishedAtMs: number;
}

interface Stored {
  site: string;
  generation: number | string;
  facts: string;
  versions: string;
  default_locale: string;
  published_at_ms: number | string;
}

/** A consent config to keep for good. */
export interface ConfigVersion {
  version: string;
  site: string;
  locale: string;
  /** gzip of its JSON. */
  gzip: Buffer;
}

const fromStored = ({ generation, facts, versions, default_locale, published_at_ms }: Stored): LiveRow => {
  const { categories, items } = JSON.parse(facts) as Record<'categories' | 'items', Record<string, never>>;
  return {
    generation: Number(generation),
    facts: { categories: new Map(Object.entries(categories)), items: new Map(Object.entries(items)) },
    factsJson: facts,
    versions: JSON.parse(versions) as Record<string, string>,
    defaultLocale: default_locale,
    publishedAtMs: Number(published_at_ms),
  };
};

/** JSON in which the facts are stored. */
export const writeFacts = ({ categories, items }: LiveFacts): string =>
  JSON.stringify({ categories: Object.fromEntries(categories), items: Object.fromEntries(items) });

const toStored = ({ factsJson, versions, defaultLocale, publishedAtMs }: Omit<LiveRow, 'generation' | 'facts'>) => ({
  facts: factsJson,
  versions: JSON.stringify(versions),
  default_locale: defaultLocale,
  published_at_ms: publishedAtMs,
});

/** The published state in the database, shared by all instances. Knex without `strapi.db.query`: it joins nobody's transaction. */
export const createLiveStore = (strapi: Core.Strapi) => {
  const table = () => strapi.db.getConnection(LIVE_SITES);
  return {
    /** Every site's live row, by site key. */
    async read(): Promise<Map<string, LiveRow>> {
      const rows: Stored[] = await table().select('*');
      return new Map(rows.map((row) => [row.site, fromStored(row)]));
    },

    /** Every site's generation, by site key. */
    async readGenerations(): Promise<Map<string, number>> {
      const rows: Pick<Stored, 'site' | 'generation'>[] = await table().select('site', 'generation');
      return new Map(rows.map(({ site, generation }) => [site, Number(generation)]));
    },

    /**
     * Writes a row if the site's facts are still of the given generation (0: there is none yet).
     *
     * @param raise whether the facts changed; what only concerns wording leaves the generation alone, so that instances
     *   of two releases that word it differently do not answer each other for ever
     * @returns whether it was written
     */
    async write(
      site: string,
      row: Omit<LiveRow, 'generation' | 'facts'>,
      generation: number,
      raise: boolean,
    ): Promise<boolean> {
      const stored = toStored(row);
      if (generation === 0) {
        await table()
          .insert({ site, generation: 1, ...stored })
          .onConflict('site')
          .ignore();
        const [winner]: Stored[] = await table().where({ site }).select('*');
        return winner?.facts === stored.facts && Number(winner.published_at_ms) === row.publishedAtMs;
      }
      const updated = await table()
        .where({ site, generation })
        .update({ ...stored, generation: generation + (raise ? 1 : 0) });
      return Number(updated) === 1;
    },

    /** Keeps config versions; the same content is the same version and is kept once. */
    async keep(versions: ConfigVersion[]): Promise<void> {
      for (const { version, site, locale, gzip } of versions) {
        await breathe();
        await strapi.db
          .getConnection(CONFIG_VERSIONS)
          .insert({ version, site, locale, config_gzip: gzip, created_at_ms: Date.now() })
          .onConflict('version')
          .ignore();
      }
    },

    /** gzip of a config's JSON; null if that version is unknown. */
    async readVersion(version: string): Promise<Buffer | null> {
      const [row]: { config_gzip: Buffer }[] = await strapi.db
        .getConnection(CONFIG_VERSIONS)
        .where({ version })
        .select('config_gzip');
      return row?.config_gzip ?? null;
    },
  };
};
