import type { Core } from '@strapi/strapi';
import {
  MAX_STATISTICS_DAYS,
  type CategoryCounts,
  type ConsentSource,
  type DecisionCounts,
  type LedgerStatistics,
  type Regime,
} from '../../../contract';
import { ALL, dayOf, dayText } from './counts';
import { namesOf } from './names';
import { COUNTS, IMPRESSIONS } from './tables';

const MOST_VERSIONS = 50;
const DEFAULT_DAYS = 30;

/** What statistics are asked for; days since 1970, both included. */
export interface StatisticsRequest {
  site: string;
  from: number;
  to: number;
  locale?: string;
  regime?: Regime;
  source?: ConsentSource;
}

type Sums<By extends string> = Record<By, string | number> & {
  category: string;
  granted: number | string;
  refused: number | string;
};

/** Sums of one group of counters, as they come in. */
class Tally {
  decisions = 0;
  readonly categories = new Map<string, { granted: number; refused: number }>();

  add({ category, granted, refused }: Sums<never>): void {
    if (category === ALL) {
      this.decisions += Number(granted);
      return;
    }
    const counts = this.categories.get(category) ?? { granted: 0, refused: 0 };
    counts.granted += Number(granted);
    counts.refused += Number(refused);
    this.categories.set(category, counts);
  }

  /** In the order of `keys`, those without a decision too, so that charts need not look for them. */
  counts(keys: readonly string[]): DecisionCounts {
    const none = { granted: 0, refused: 0 };
    return {
      decisions: this.decisions,
      categories: keys.map((category): CategoryCounts => ({ category, ...(this.categories.get(category) ?? none) })),
    };
  }
}

const tallied = <By extends string>(rows: readonly Sums<By>[], by: By): Map<string, Tally> => {
  const tallies = new Map<string, Tally>();
  for (const row of rows) {
    const key = String(row[by]);
    const tally = tallies.get(key) ?? new Tally();
    tallies.set(key, tally);
    tally.add(row);
  }
  return tallies;
};

const byFrequency = (a: DecisionCounts, b: DecisionCounts): number => b.decisions - a.decisions;
const regimeOrNull = (regime: string): Regime | null => (regime as Regime) || null;

/** The days that are asked for if none are named. */
export const lastDays = (to = dayOf(Date.now())): { from: number; to: number } => ({ from: to - DEFAULT_DAYS + 1, to });

export const tooManyDays = ({ from, to }: { from: number; to: number }): boolean => to - from >= MAX_STATISTICS_DAYS;

/** Reads the counters. A handful of sums in the database; it never looks at consents. */
export const createStatistics = (strapi: Core.Strapi) => {
  return async ({ site, from, to, locale, regime, source }: StatisticsRequest): Promise<LedgerStatistics> => {
    const shownIn = { ...(locale !== undefined && { locale }), ...(regime !== undefined && { regime }) };
    const narrow = { site, ...shownIn, ...(source !== undefined && { source }) };
    const counters = (table: string, where: object) =>
      strapi.db.getConnection(table).where(where).whereBetween('day', [from, to]);
    const isNarrowed = locale !== undefined || regime !== undefined || source !== undefined;

    const [decisions, versions, choices, banners] = await Promise.all([
      counters(COUNTS, narrow)
        .groupBy('day', 'source', 'category')
        .select('day', 'source', 'category')
        .sum({ granted: 'granted', refused: 'refused' }) as Promise<Sums<'day' | 'source'>[]>,
      counters(COUNTS, narrow)
        .groupBy('config_version', 'locale', 'regime', 'category')
        .select('config_version', 'locale', 'regime', 'category')
        .min({ first: 'day' })
        .max({ last: 'day' })
        .sum({ granted: 'granted', refused: 'refused' }) as Promise<
        (Sums<'config_version' | 'locale' | 'regime'> & { first: number; last: number })[]
      >,
      (isNarrowed ? counters(COUNTS, { site, category: ALL }).distinct('locale', 'regime', 'source') : null) as Promise<
        { locale: string; regime: string; source: string }[]
      > | null,
      counters(IMPRESSIONS, { site, ...shownIn })
        .groupBy('day', 'config_version')
        .select('day', 'config_version')
        .sum({ sampled: 'sampled', estimated: 'estimated' }) as Promise<
        { day: number; config_version: string; sampled: number | string; estimated: number | string }[]
      >,
    ]);

    const total = new Tally();
    for (const row of decisions) total.add(row);
    const keys = [...total.categories.keys()].sort();

    const bannersOf = new Map<string, number>();
    let sampled = 0;
    let estimated = 0;
    for (const banner of banners) {
      sampled += Number(banner.sampled);
      estimated += Number(banner.estimated);
      for (const key of [`day ${banner.day}`, banner.config_version])
        bannersOf.set(key, (bannersOf.get(key) ?? 0) + Number(banner.estimated));
    }
    const impressionsOf = (key: string): number => Math.round(bannersOf.get(key) ?? 0);

    const byDay = tallied(decisions, 'day');
    const byVersion = tallied(versions, 'config_version');
    const versionFacts = new Map<string, { locale: string; regime: string; first: number; last: number }>();
    for (const { config_version, locale: language, regime: law, first, last } of versions) {
      const known = versionFacts.get(String(config_version));
      versionFacts.set(String(config_version), {
        locale: String(language),
        regime: String(law),
        first: Math.min(Number(first), known?.first ?? Infinity),
        last: Math.max(Number(last), known?.last ?? 0),
      });
    }
    const filter = (values: readonly (string | number)[]): string[] =>
      [...new Set(values.map(String))].filter(Boolean).sort();
    const shown = choices ?? versions;
    const latest = [...versionFacts].sort(([, a], [, b]) => b.last - a.last || b.first - a.first);

    return {
      site,
      from: dayText(from),
      to: dayText(to),
      ...total.counts(keys),
      categoryNames: await namesOf(
        strapi,
        site,
        latest.map(([version]) => version),
      ),
      impressions: sampled > 0 ? { sampled, estimated: Math.round(estimated) } : null,
      days: Array.from({ length: to - from + 1 }, (_, index) => ({
        day: dayText(from + index),
        ...(byDay.get(String(from + index)) ?? new Tally()).counts(keys),
        impressions: impressionsOf(`day ${from + index}`),
      })),
      sources: [...tallied(decisions, 'source')]
        .map(([name, tally]) => ({ source: name as ConsentSource, ...tally.counts(keys) }))
        .sort(byFrequency),
      locales: [...tallied(versions, 'locale')]
        .map(([name, tally]) => ({ locale: name, ...tally.counts(keys) }))
        .sort(byFrequency),
      regimes: [...tallied(versions, 'regime')]
        .map(([name, tally]) => ({ regime: regimeOrNull(name), ...tally.counts(keys) }))
        .sort(byFrequency),
      versions: latest.slice(0, MOST_VERSIONS).map(([version, { locale: language, regime: law, first, last }]) => ({
        version,
        locale: language,
        regime: regimeOrNull(law),
        firstDay: dayText(first),
        lastDay: dayText(last),
        ...byVersion.get(version)!.counts(keys),
        impressions: impressionsOf(version),
      })),
      filters: {
        locales: filter(shown.map((choice) => choice.locale)),
        regimes: filter(shown.map((choice) => choice.regime)) as Regime[],
        sources: filter((choices ?? decisions).map((choice) => choice.source)) as ConsentSource[],
      },
    };
  };
};

export type Statistics = ReturnType<typeof createStatistics>;
