import type { Block } from './blocks';
import type { SlimTextKey, Texts } from './texts';
import type { VendorSignals } from './vendors';

/** Which law's default applies to a visitor who has not decided. */
export type Regime = 'opt-in' | 'opt-out' | 'as-configured';
export const regimes = ['opt-in', 'opt-out', 'as-configured'] as const satisfies readonly Regime[];

/** How a category behaves: always on, on until the visitor objects, or off until the visitor agrees. */
export type CategoryMode = 'required' | 'opt-out' | 'opt-in';
export const categoryModes = ['required', 'opt-out', 'opt-in'] as const satisfies readonly CategoryMode[];

/** The key under which items without a category are listed; such a category is optional and off by default under every regime. */
export const UNCLASSIFIED = 'UNCLASSIFIED';

export type StorageKind =
  'cookie' | 'localStorage' | 'sessionStorage' | 'indexedDB' | 'cacheStorage' | 'pixel' | 'other';
export const storageKinds = [
  'cookie',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'cacheStorage',
  'pixel',
  'other',
] as const satisfies readonly StorageKind[];

/** How `name` names the stored things: itself, the beginning of their names, or a pattern with `*` wildcards. */
export type StorageMatch = 'exact' | 'prefix' | 'pattern';
export const storageMatches = ['exact', 'prefix', 'pattern'] as const satisfies readonly StorageMatch[];

/** How long something stays in the browser: seconds, until the browser closes, or until someone deletes it. */
export type Lifetime = number | 'session' | 'persistent';

/** Something a tracking item keeps in, or reads from, the visitor's browser. */
export interface StorageEntry {
  name: string;
  match: StorageMatch;
  kind: StorageKind;
  /** As the item's vendor sets it, for instance `.example.com`; absent: the website's own host. */
  domain?: string;
  /** Unknown lifetimes are absent. */
  lifetime?: Lifetime;
  purpose?: string;
}

/** One service, script or set of cookies. */
export interface TrackingItem {
  key: string;
  name: string;
  description: Block[];
  provider?: string;
  providerPolicyUrl?: string;
  /** Unix time in seconds of the last change that widened the item. */
  changedAt: number;
  storage: StorageEntry[];
}

/** A purpose the visitor decides on. */
export interface Category {
  key: string;
  name: string;
  description: Block[];
  mode: CategoryMode;
  /** Whether Global Privacy Control turns the category off. */
  honoursGpc: boolean;
  /** Raised by publishing when what the visitor decides on got wider; starts at 1, never falls. */
  revision: number;
  items: TrackingItem[];
}

/** Where and how long the choice is kept in the browser. */
export interface ChoiceStorage {
  cookie: string;
  maxAgeSeconds: number;
  /** The cookie's `Domain`; absent: the website's own host. */
  domain?: string;
  /**
   * URL of `POST …/choice`, which answers with a `Set-Cookie` of exactly the cookie it was sent: Safari forgets
   * after seven days what a script has set. Of use where it lies on the website's own origin; absent: not offered.
   */
  renewEndpoint?: string;
}

export type BannerPosition = 'bottom' | 'bottom-start' | 'bottom-end' | 'top';
export const bannerPositions = [
  'bottom',
  'bottom-start',
  'bottom-end',
  'top',
] as const satisfies readonly BannerPosition[];

/** A site's look: values for the custom properties `--privacy-desk-<name>`, and where the banner stands. */
export interface Theme {
  position?: BannerPosition;
  tokens?: Record<string, string>;
  /** What is another value in dark mode. */
  dark?: Record<string, string>;
}

/** How the banners are counted that visitors see; absent: not at all. Nothing is told but that one was shown. */
export interface CountedImpressions {
  /** Where to say so (`POST`, no body), relative as that of the consents; the config version is put at its end. */
  endpoint: string;
  /** Which share of them is counted, above 0 and up to 1. */
  share: number;
}

/** Everything a visitor is told, for one site in one locale: the answer of `GET /config`. */
export interface ConsentConfig {
  /** Hash of everything else here. */
  version: string;
  site: string;
  locale: string;
  dir: 'ltr' | 'rtl';
  regime: Regime;
  choice: ChoiceStorage;
  /**
   * Where consents are posted, relative to the URL of the config and of `client.js`; absent while nothing records them.
   * See `ConsentPost`.
   */
  consents?: { endpoint: string; impressions?: CountedImpressions };
  texts: Texts;
  links: { policy?: string; imprint?: string };
  controller: { name?: string };
  theme: Theme;
  /** Reload the page after a withdrawal if something optional already ran. */
  reloadOnWithdrawal: boolean;
  /** Whom of the vendors the client tells, and what that depends on. */
  signals?: VendorSignals;
  categories: Category[];
}

/** What of a category travels inside `client.js`: all that a decision needs. */
export type SlimCategory = Omit<Category, 'description' | 'items'> & { items: Pick<TrackingItem, 'key'>[] };

/** The part of the consent config that is composed into `client.js`: enough to decide and to ask. */
export type SlimConfig = Omit<ConsentConfig, 'texts' | 'controller' | 'categories'> & {
  texts: Pick<Texts, SlimTextKey>;
  categories: SlimCategory[];
};
