import { occurringRegimes, regimeFinder, type ChoiceStorage, type Regime, type RegimeRules } from '../../../contract';
import { closestLocales } from '../catalogue/closest-locales';
import type { Whereabouts } from '../geo/service';
import type { Prepared } from '../http/prepared';
import type { LiveFacts } from './revisions';
import { versionName } from './version-names';

/** What is answered for one site in one locale. */
export interface PublishedLocale {
  version: string;
  locale: string;
  regime: Regime;
  config: Prepared;
  /** `client.js`, by the value of `compat`, `''` without; empty if the browser files were not built. */
  client: ReadonlyMap<string, Prepared>;
}

/** By locale. */
export type PublishedLocales = ReadonlyMap<string, PublishedLocale>;

/** What a site answers that goes by country. */
export interface PublishedByCountry {
  regimeOf(whereabouts: Whereabouts): Regime;
  /** Of every regime that can occur. */
  regimes: ReadonlyMap<Regime, PublishedLocales>;
}

export interface PublishedSite {
  /** Origins of its websites, for instance `https://www.example.com`; empty: any; null: not known. */
  origins: readonly string[] | null;
  defaultLocale: string;
  /** Where and how long its visitors' choices are kept. */
  choice: ChoiceStorage;
  /** Of a site that goes by country: those of the strictest regime. */
  locales: PublishedLocales;
  /** null: one regime for all. */
  byCountry: PublishedByCountry | null;
  /** What `gpc.json` answers. */
  gpc: Prepared;
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

/** Makes of rules, and what was prepared for each regime, what a site answers by country. */
export const byCountry = (
  rules: RegimeRules,
  regimes: ReadonlyMap<Regime, PublishedLocales>,
): { locales: PublishedLocales; byCountry: PublishedByCountry } => {
  const find = regimeFinder(rules);
  return {
    locales: regimes.get(occurringRegimes(rules)[0]!)!,
    // Where the place cannot be looked up, the visitor may be anywhere.
    byCountry: { regimes, regimeOf: (whereabouts) => (whereabouts === 'failed' ? 'opt-in' : find(whereabouts)) },
  };
};

/** All that a site answers, by the name under which its versions are stored. */
export const answersByName = ({
  locales,
  byCountry,
}: Pick<PublishedSite, 'locales' | 'byCountry'>): PublishedLocales =>
  byCountry
    ? new Map(
        [...byCountry.regimes].flatMap(([regime, answers]) =>
          [...answers].map(([locale, answer]) => [versionName(locale, regime, [...byCountry.regimes.keys()]), answer]),
        ),
      )
    : locales;

/** All that a site answers, each once. */
export const answersOf = (site: PublishedSite): PublishedLocale[] => [...answersByName(site).values()];

/** The closest of the locales that there are. */
export const inLocale = (
  locales: PublishedLocales,
  defaultLocale: string,
  wanted = defaultLocale,
): PublishedLocale | undefined =>
  locales.get(wanted) ??
  locales.get(closestLocales(wanted, [...locales.keys()], defaultLocale)[0]!) ??
  locales.values().next().value;
