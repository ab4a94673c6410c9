import type { CategoryMode, Regime } from './consent-config';

/** A reason why a catalogue was not published, with the place to mend it. */
export interface PublishingProblem {
  /** `category`, `tracking-item` or `site`. */
  type: 'category' | 'tracking-item' | 'site';
  documentId: string;
  key: string;
  locale: string;
  /** For instance `storage[2].name`. */
  field: string;
  message: string;
}

export interface LocaleCompleteness {
  code: string;
  name: string;
  isDefault: boolean;
  /** Translated texts of enabled items, categories and the site, and how many there are. */
  translated: number;
  total: number;
}

export interface CategorySummary {
  documentId: string;
  key: string;
  name: string;
  mode: CategoryMode;
  /** As published; null before the first publication. */
  revision: number | null;
  items: number;
  missingLocales: string[];
}

export interface TrackingItemSummary {
  documentId: string;
  key: string;
  name: string;
  /** null: unclassified. */
  categoryKey: string | null;
  provider: string | null;
  storageEntries: number;
  enabled: boolean;
  missingLocales: string[];
}

export interface SiteSummary {
  documentId: string;
  key: string;
  name: string;
}

/** Answer of `GET /privacy-desk/overview?site=` (admin API, permission `plugin::privacy-desk.overview.read`). */
export interface Overview {
  sites: SiteSummary[];
  /** The site asked for, `default` or the first one; null while there is none. */
  site: (SiteSummary & { regime: Regime; origins: string[] }) | null;
  publishing: {
    /** `never` before the first publication. A catalogue with problems leaves the live version as it was. */
    status: 'live' | 'invalid' | 'never';
    /** Content hash of the live config in the default locale. */
    version: string | null;
    /** ISO 8601. */
    publishedAt: string | null;
    problems: PublishingProblem[];
  };
  /** The default locale first. */
  locales: LocaleCompleteness[];
  categories: CategorySummary[];
  items: TrackingItemSummary[];
  /** By locale: what to copy into the head of that language's pages. Empty while there is no site. */
  scriptTags: Record<string, string>;
  /** Whether this admin user has the permission `plugin::privacy-desk.overview.ask-again`. */
  canAskAgain: boolean;
}
