import type { PanelLocale } from './admin-api';
import type { Theme } from './consent-config';
import type { SiteRegime } from './regime-rules';

/** The steps of the assistant that leads from a fresh Strapi to a banner. */
export const setupSteps = ['website', 'law', 'languages', 'services', 'look'] as const;
export type SetupStep = (typeof setupSteps)[number];

/** Which website it is, and who answers for it. */
export interface SetupWebsite {
  name: string;
  /** Origins; empty: any website. */
  origins: string[];
  controllerName: string;
  policyUrl: string;
  imprintUrl: string;
}

/** Answer of `GET /privacy-desk/sites/:site/setup` (permission `overview.set-up`): where the assistant stands, and what it asks about. */
export interface Setup {
  /** `fresh`: nobody has begun, and nothing is set up. `done`: the last step was taken, or the site was set up without the assistant. */
  status: 'fresh' | 'open' | 'done';
  /** Where to go on. */
  step: SetupStep;
  /** Of `website`; to be sent back with that step. */
  version: string;
  website: SetupWebsite;
  regime: SiteRegime;
  /** Whether the server can tell a visitor's country. */
  knowsCountry: boolean;
  theme: Theme;
  /** Of Strapi's content, the default one first. */
  locales: PanelLocale[];
  /** Languages that Strapi can get. Empty if this admin user may not add any. */
  addable: { code: string; name: string }[];
  /** What the websites get: nothing yet, what is saved, or what somebody publishes by hand. */
  published: 'never' | 'live' | 'by-hand' | 'held-back';
  /** By locale: what to copy into the head of that language's pages. */
  scriptTags: Record<string, string>;
}

/** Body of `PUT /privacy-desk/sites/:site/setup`: takes one step. Services are added by the library's own route. */
export type SetupAnswer =
  | { step: 'website'; version?: string; website: SetupWebsite }
  | { step: 'law'; regime: SiteRegime }
  /** Codes of languages to add. */
  | { step: 'languages'; add: string[] }
  | { step: 'services' }
  | { step: 'look'; theme: Theme }
  /** To go on another time. */
  | { step: 'later' };
