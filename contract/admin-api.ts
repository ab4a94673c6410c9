import type { CategoryMode } from './consent-config';
import type { SiteRegime } from './regime-rules';

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
  site: (SiteSummary & { regime: SiteRegime; origins: string[] }) | null;
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

/** A language of Strapi's content, as its settings name it. */
export interface PanelLocale {
  code: string;
  name: string;
  isDefault: boolean;
}

/** Answer of `GET /privacy-desk/panel` (admin API, any permission of ours): what every page of the panel needs first. */
export interface Panel {
  /** Our permission actions that this admin user has, for instance `plugin::privacy-desk.inventory.write`. */
  actions: string[];
  /** By name. */
  sites: SiteSummary[];
  /** The default locale first, then by name. */
  locales: PanelLocale[];
}

/** What the websites get of a site's catalogue: see `Overview.publishing.status`. */
export type SiteStatus = Overview['publishing']['status'];

/** Answer of `GET /privacy-desk/attention` (any permission of ours): what is live, and what somebody should look at. */
export interface Attention {
  /** Empty without the permission `overview.read`. */
  sites: (SiteSummary & { status: SiteStatus; publishedAt: string | null; problems: number })[];
  /** Items without a category; 0 without the permission `inventory.read`. */
  unclassified: number;
  /** Data requests that have to be answered; 0 without the permission `requests.read`. */
  requests: { overdue: number; dueSoon: number };
  /** How many things there are to look at: sites whose changes are held back, one for unclassified items, and due requests. */
  count: number;
}

/** Answer of `GET /privacy-desk/entries/:type/:documentId` (any permission of ours): how an entry stands. */
export interface EntryState {
  /** Keys of the sites that it is on. */
  sites: string[];
  /**
   * On the websites as it is now; on a site that is published by hand, where saved changes may wait; switched off; kept
   * back by a problem of its own or of another entry; never published.
   */
  state: 'live' | 'by-hand' | 'off' | 'held-back' | 'never';
  /** Problems of this very entry. */
  problems: PublishingProblem[];
  /** Locales into which it is not wholly translated. */
  missingLocales: string[];
}
