import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { createRawInsert, createWriteTogether } from '../database/raw-insert';
import type { AlsoWrite } from './ingest';
import type { ConsentRow } from './record';
import type { ShownIn } from './site-contexts';
import { COUNTS, IMPRESSIONS } from './tables';

const DAY_MS = 86_400_000;
/** Days since 1970, UTC. */
export const dayOf = (timeMs: number): number => Math.floor(timeMs / DAY_MS);
/** `YYYY-MM-DD`. */
export const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The category under which decisions are counted, whatever they were. */
export const ALL = '';
/** The writer of days that are summed up. */
export const SUMMED = '-';

interface Counted {
  writer: string;
  site: string;
  day: number;
  config_version: string;
  locale: string;
  regime: string;
}

export interface CountRow extends Counted {
  source: string;
  category: string;
  granted: number;
  refused: number;
}

export interface ImpressionRow extends Counted {
  sampled: number;
  estimated: number;
}

const COUNTED = ['writer', 'site', 'day', 'config_version', 'locale', 'regime'] as const;
export const COUNT_KEYS = ['writer', 'site', 'day', 'config_version', 'source', 'category'] as const;
export const IMPRESSION_KEYS = ['writer', 'site', 'day', 'config_version'] as const;

/** Statements that add counters up in the database. */
export const createCountTables = (strapi: Core.Strapi) => ({
  addCounts: createRawInsert<CountRow>(
    strapi,
    COUNTS,
    [...COUNTED, 'source', 'category', 'granted', 'refused'],
    { day: 'bigint', granted: 'bigint', refused: 'bigint' },
    { keys: COUNT_KEYS, sums: ['granted', 'refused'] },
  ),
  addImpressions: createRawInsert<ImpressionRow>(
    strapi,
    IMPRESSIONS,
    [...COUNTED, 'sampled', 'estimated'],
    { day: 'bigint', sampled: 'bigint', estimated: 'double precision' },
    { keys: IMPRESSION_KEYS, sums: ['sampled', 'estimated'] },
  ),
});

/**
 * Statistics without persons: what was decided, by day, site, config version (so by locale and regime), source and
 * category; and how often the banner was shown. This process has rows of its own, which are summed when they are read.
 *
 * @param shown in which language and under which regime a config version was shown
 * @param share which share of the banners is counted
 */
export const createCounts = (strapi: Core.Strapi, shown: (version: string) => ShownIn | undefined, share: number) => {
  const { addCounts, addImpressions } = createCountTables(strapi);
  const writeTogether = createWriteTogether(strapi);
  const writer = randomBytes(16).toString('base64url');
  let impressions = new Map<string, ImpressionRow>();

  const counted = (site: string, timeMs: number, version: string): Counted => {
    const { locale, regime } = shown(version) ?? { locale: '', regime: '' };
    return { writer, site, day: dayOf(timeMs), config_version: version, locale, regime };
  };

  /** Counts consents, in the transaction that writes them. */
  const count: AlsoWrite = (consents) => {
    // Most are alike, so each kind is read once.
    const alike = new Map<string, { consent: ConsentRow; times: number }>();
    for (const consent of consents) {
      const { site, recorded_at_ms, config_version, source, choices } = consent;
      const of = `${site} ${dayOf(recorded_at_ms)} ${config_version} ${source} ${choices}`;
      const kind = alike.get(of);
      if (kind) kind.times += 1;
      else alike.set(of, { consent, times: 1 });
    }
    const rows = new Map<string, CountRow>();
    for (const { consent, times } of alike.values()) {
      const { site, recorded_at_ms, config_version, source, choices } = consent;
      const of = `${site} ${dayOf(recorded_at_ms)} ${config_version} ${source} `;
      const add = (category: string, granted: boolean): void => {
        let row = rows.get(of + category);
        if (!row) {
          row = { ...counted(site, recorded_at_ms, config_version), source, category, granted: 0, refused: 0 };
          rows.set(of + category, row);
        }
        if (granted) row.granted += times;
        else row.refused += times;
      };
      add(ALL, true);
      for (const [key, granted] of Object.entries(JSON.parse(choices) as Record<string, boolean>))
        if (!key.startsWith('item:')) add(key, granted);
    }
    return addCounts([...rows.values()]);
  };

  return {
    count,

    /** A banner was shown; `flush` writes it. */
    impression(site: string, version: string): void {
      const now = Date.now();
      const key = `${dayOf(now)} ${version}`;
      let row = impressions.get(key);
      if (!row) {
        row = { ...counted(site, now, version), sampled: 0, estimated: 0 };
        impressions.set(key, row);
      }
      row.sampled += 1;
      row.estimated += 1 / share;
    },

    /** Writes what was counted of the banners. What cannot be written is kept for the next time. */
    async flush(): Promise<void> {
      if (impressions.size === 0) return;
      const rows = impressions;
      impressions = new Map();
      try {
        await writeTogether(addImpressions([...rows.values()]));
      } catch (error) {
        for (const [key, row] of rows) {
          const later = impressions.get(key);
          if (later) row.sampled += later.sampled;
          if (later) row.estimated += later.estimated;
          impressions.set(key, row);
        }
        throw error;
      }
    },
  };
};

export type Counts = ReturnType<typeof createCounts>;
