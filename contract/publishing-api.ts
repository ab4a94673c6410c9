import type { CategoryMode, Lifetime } from './consent-config';
import type { Finding } from './lint';
import type { LintRuleId } from './lint-rules';
import type { PublishingProblem } from './admin-api';

/** `auto`: a saved change goes live at once. `manual`: only what somebody publishes does. */
export const publishingModes = ['auto', 'manual'] as const;
export type PublishingMode = (typeof publishingModes)[number];

/** Why visitors are asked again about a category: what got wider, or that somebody asked for it. */
export type AskReason =
  | { kind: 'new-item'; item: string }
  /** From another category. */
  | { kind: 'moved-item'; item: string; from: string }
  | { kind: 'provider'; item: string; before: string | null; after: string }
  | { kind: 'new-storage'; item: string; storage: string }
  /** null: unknown. */
  | { kind: 'lifetime'; item: string; storage: string; before: Lifetime | null; after: Lifetime | null }
  | { kind: 'mode'; before: CategoryMode; after: CategoryMode }
  /** It had been removed. */
  | { kind: 'returned' }
  | { kind: 'by-hand' };

/** A category whose visitors are asked again. */
export interface AskedAgain {
  category: string;
  /** What it is called in the default locale. */
  name: string;
  /** What the items of the reasons are called there, by key. */
  names: Record<string, string>;
  /** Revisions. */
  before: number;
  after: number;
  /** Some of them, if there are very many. */
  reasons: AskReason[];
}

/** A value that differs; absent: there was, or is, none. */
export interface FieldChange {
  /** For instance `provider`, `theme.tokens.accent`, `bannerTitle`. */
  field: string;
  before?: string;
  after?: string;
}

/** What differs in one place of two consent configs. */
export interface ConfigChange {
  kind: 'added' | 'removed' | 'changed' | 'reordered';
  of: 'setting' | 'category' | 'item' | 'storage';
  /** Key of the category that it is, or lies in. */
  category?: string;
  /** Key of the item that it is, or lies in. */
  item?: string;
  /** Name of the storage entry. */
  storage?: string;
  /** What it is called in the default locale; empty for settings. */
  name: string;
  /** Of words: their language. Absent: the same in all of them. */
  locale?: string;
  fields: FieldChange[];
}

/** What differs between two publications of a site, over all its languages. */
export interface ConfigDiff {
  /** At most 500. */
  changes: ConfigChange[];
  /** How many there are. */
  total: number;
  addedLocales: string[];
  removedLocales: string[];
  askedAgain: AskedAgain[];
}

/** A warning that somebody read, and why they publish all the same. */
export interface Acknowledgement {
  rule: LintRuleId;
  path: string;
  locale?: string;
  /** As it was told, in English. */
  message: string;
  reason: string;
}

export type PublicationKind = 'automatic' | 'publish' | 'roll-back' | 'ask-again' | 'removal';

/** Somebody who works in the admin panel. */
export interface Actor {
  id: number | string;
  name: string;
}

/** Something that went live. */
export interface Publication {
  /** Counts the publications of the site, from 1. */
  number: number;
  /** ISO 8601. */
  publishedAt: string;
  kind: PublicationKind;
  /** Who did it; for `automatic` who saved what went live, as far as it is known. */
  actors: Actor[];
  note: string;
  defaultLocale: string;
  /** Config version by locale (with country rules, also by regime); empty for a removal. */
  versions: Record<string, string>;
  /** The publication whose content came back, for `roll-back`. */
  rolledBackTo: number | null;
  /** Categories with the revision they have since. */
  askedAgain: Record<string, number>;
  acknowledged: Acknowledgement[];
}

/** Answer of `GET /privacy-desk/sites/:site/publishing` (permission `publishing.read`). */
export interface PublishingState {
  site: string;
  mode: PublishingMode;
  /** null before the first publication. */
  live: Publication | null;
  canPublish: boolean;
  canRollBack: boolean;
}

/** Answer of `GET /privacy-desk/sites/:site/publishing/draft`: what would be published now. */
export interface Draft {
  /** Names what was reviewed; publishing wants it back, so that nothing else is published. */
  token: string;
  /** Why it cannot be published; then there is nothing else to see. */
  problems: PublishingProblem[];
  /** Against what is live; everything is new before the first publication. */
  diff: ConfigDiff;
  /** Errors and warnings need an acknowledgement before they are published. */
  findings: Finding[];
  /** Those of `findings` that were acknowledged with the live version, and still hold. */
  acknowledged: Acknowledgement[];
  locales: string[];
  defaultLocale: string;
}

/** Body of `POST /privacy-desk/sites/:site/publishing/publish` (permission `publishing.publish`). */
export interface PublishRequest {
  /** `Draft.token`; 409 if the draft is another by now. */
  draft: string;
  note?: string;
  acknowledged?: (Pick<Acknowledgement, 'rule' | 'path' | 'locale'> & { reason: string })[];
}

/** Body of `POST /privacy-desk/sites/:site/publishing/roll-back` (permission `publishing.roll-back`). */
export interface RollBackRequest {
  /** The publication whose content is to be live again. */
  number: number;
  /** Number of the live publication as the admin saw it; 409 if something else was published since. */
  live: number;
  note?: string;
}

/** Answer of `GET /privacy-desk/sites/:site/publishing/history?page=`: newest first, 20 a page. */
export interface History {
  publications: Publication[];
  page: number;
  pageCount: number;
}

/** Answer of `GET /privacy-desk/sites/:site/publishing/history/:number`. */
export interface PublicationDetails {
  publication: Publication;
  /** Against the publication before. */
  diff: ConfigDiff;
}
