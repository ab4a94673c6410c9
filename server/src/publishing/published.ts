import { closestLocales } from '../catalogue/closest-locales';
import type { Prepared } from '../http/prepared';
import type { LiveFacts } from './revisions';

/** What is answered for one site in one locale. */
export interface PublishedLocale {
  version: string;
  config: Prepared;
  /** `client.js`, by the value of `compat`, `''` without; empty if the browser files were not built. */
  client: ReadonlyMap<string, Prepared>;
}

export interface PublishedSite {
  defaultLocale: string;
  locales: ReadonlyMap<string, PublishedLocale>;
  facts: LiveFacts;
  publishedAtMs: number;
}

/** All that the public endpoints answer from. It is replaced as a whole, never changed. */
export interface Published {
  sites: ReadonlyMap<string, PublishedSite>;
  /** Sites that the catalogue has and that could not be published yet; null as long as no catalogue was read. */
  waiting: ReadonlySet<string> | null;
  /** Chunks of the client by file name. */
  assets: ReadonlyMap<string, Prepared>;
  /** Current file name of each chunk. */
  chunks: ReadonlyMap<string, string>;
  /** The chunks again, for those who ask with an older hash. */
  outdated: ReadonlyMap<string, Prepared>;
}

/** What a site answers in the closest of its locales. */
export const inLocale = (
  { locales, defaultLocale }: PublishedSite,
  wanted = defaultLocale,
): PublishedLocale | undefined =>
  locales.get(closestLocales(wanted, [...locales.keys()], defaultLocale)[0]!) ?? locales.values().next().value;
