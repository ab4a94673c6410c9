import type { StorageEntry } from './consent-config';

/** A text in English and German, and in more languages (BCP 47) where somebody wrote it. */
export interface PresetText {
  en: string;
  de: string;
  [language: string]: string;
}

/** What a service is for, to browse the library by. */
export const presetAreas = [
  'advertising',
  'analytics',
  'audio',
  'booking',
  'chat',
  'email-marketing',
  'experiments',
  'fonts',
  'forms',
  'maps',
  'monitoring',
  'payment',
  'reviews',
  'search',
  'security',
  'session-replay',
  'shop',
  'social-media',
  'tag-management',
  'video',
  'website',
] as const;
export type PresetArea = (typeof presetAreas)[number];

/** The consent types of Google Consent Mode v2 (https://developers.google.com/tag-platform/security/concepts/consent-mode). */
export const googleConsentTypes = [
  'ad_storage',
  'ad_user_data',
  'ad_personalization',
  'analytics_storage',
  'functionality_storage',
  'personalization_storage',
  'security_storage',
] as const;
export type GoogleConsentType = (typeof googleConsentTypes)[number];

/** A storage entry of a preset: its purpose is there in every language of the preset. */
export type PresetStorageEntry = Omit<StorageEntry, 'purpose'> & { purpose: PresetText };

/** What the library of services knows of one: enough to make a tracking item of it. */
export interface ServicePreset {
  /** Small letters, digits and single hyphens; the suggested key of the tracking item. */
  key: string;
  /** The service's own name, the same in every language. */
  name: string;
  area: PresetArea;
  /** Words by which it is also looked for: former and short names. */
  aliases: string[];
  /** Absent: the website runs it itself. */
  provider?: {
    name: string;
    /** Where the company that answers for the service sits: ISO 3166-1 alpha-2. */
    country: string;
    privacyPolicyUrl: string;
  };
  /** A suggestion: what is strictly necessary depends on what a website uses the service for. */
  category: 'ESSENTIALS' | 'STATISTICS' | 'MARKETING';
  /** For visitors: what the service does and which data it gets. */
  purpose: PresetText;
  /** For whoever adds it: what to mind, for instance when it needs no consent. */
  note?: PresetText;
  /** Empty if it keeps nothing in the browser. Entries with unknown lifetime have none. */
  storage: PresetStorageEntry[];
  /** What it takes to run under Google Consent Mode; empty: it does not listen to it. */
  googleConsentTypes: GoogleConsentType[];
  /** Where its scripts and frames come from; `*.example.com` stands for every host under it. Empty if the website serves it itself. */
  hosts: string[];
  /** Addresses of frames that belong to it, `*` for any characters. */
  embeds: string[];
  /** Pages the facts were taken from. */
  sources: string[];
}
