import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Core } from '@strapi/strapi';
import type { ConsentConfig, Regime } from '../../../contract';
import { createLiveStore } from '../publishing/live-store';
import { answersOf, type Published, type PublishedSite } from '../publishing/published';

const gunzip = promisify(zlib.gunzip);

/** What of a config version is counted. */
export interface ShownIn {
  locale: string;
  regime: Regime;
}

/** What a visitor could decide on in one config version. */
export interface Choosable {
  site: string;
  /** Key of each category, and whether it is required. */
  categories: ReadonlyMap<string, boolean>;
  items: ReadonlySet<string> | ReadonlyMap<string, unknown>;
}

/** All that checking a consent of one site needs, made when something is published. */
export interface SiteContext {
  /** Websites that may post; empty: all; null: not known. */
  origins: ReadonlySet<string> | null;
  live: Choosable;
  liveVersions: ReadonlySet<string>;
}

const contextOf = (key: string, site: PublishedSite): SiteContext => ({
  origins: site.origins && new Set(site.origins),
  live: {
    site: key,
    categories: new Map(
      [...site.facts.categories].flatMap(([category, { mode, removed }]) =>
        removed ? [] : [[category, mode === 'required'] as const],
      ),
    ),
    items: site.facts.items,
  },
  liveVersions: new Set(answersOf(site).map(({ version }) => version)),
});

const choosableOf = ({ site, categories }: ConsentConfig): Choosable => ({
  site,
  categories: new Map(categories.map(({ key, mode }) => [key, mode === 'required'])),
  items: new Set(categories.flatMap(({ items }) => items.map(({ key }) => key))),
});

const REMEMBERED_VERSIONS = 200;
const REMEMBERED_STRANGERS = 1000;
const STRANGER_MS = 30_000;

/** What sites there are and what could be decided on in their versions, also in those of yesterday's cached scripts. */
export const createSiteContexts = (strapi: Core.Strapi, current: () => Published) => {
  const store = createLiveStore(strapi);
  let published: Published | undefined;
  let contexts = new Map<string, SiteContext>();
  const older = new Map<string, Choosable>();
  const strangers = new Map<string, number>();
  // Never forgotten, as it is little, of versions that exist, and wanted in the middle of a transaction.
  const shown = new Map<string, ShownIn>();

  const readOlder = async (version: string): Promise<Choosable | null> => {
    const zipped = await store.readVersion(version);
    if (!zipped) {
      if (strangers.size >= REMEMBERED_STRANGERS) strangers.clear();
      strangers.set(version, Date.now());
      return null;
    }
    const config = JSON.parse((await gunzip(zipped)).toString()) as ConsentConfig;
    const choosable = choosableOf(config);
    shown.set(version, { locale: config.locale, regime: config.regime });
    if (older.size >= REMEMBERED_VERSIONS) older.delete(older.keys().next().value!);
    older.set(version, choosable);
    return choosable;
  };

  return {
    /** undefined: there is no such site; null: that is not known yet. */
    site(key: string): SiteContext | undefined | null {
      const now = current();
      if (now !== published) {
        published = now;
        contexts = new Map([...now.sites].map(([site, value]) => [site, contextOf(site, value)]));
        for (const site of now.sites.values())
          for (const { version, locale, regime } of answersOf(site)) shown.set(version, { locale, regime });
      }
      return contexts.get(key) ?? (!now.waiting || now.waiting.has(key) ? null : undefined);
    },

    /** What could be decided on in a version of the site; null: there is no such version. Needs the database for old ones. */
    choosable(context: SiteContext, version: string): Choosable | null | Promise<Choosable | null> {
      if (context.liveVersions.has(version)) return context.live;
      const known = older.get(version);
      if (known) return known;
      const missedAtMs = strangers.get(version);
      if (missedAtMs !== undefined && Math.abs(Date.now() - missedAtMs) < STRANGER_MS) return null;
      return readOlder(version);
    },

    /** In which language and under which regime a version was shown that was asked for before. */
    shown: (version: string): ShownIn | undefined => shown.get(version),
  };
};

export type SiteContexts = ReturnType<typeof createSiteContexts>;
