/**
 * The words of banner, placeholder, settings dialog and declaration, in one language.
 *
 * `{controller}`, `{purposes}`, `{active}`, `{thirdParties}`, `{duration}` and `{openSettings}` are filled in by publishing;
 * `{categories}`, `{host}` and `{date}` by the client.
 */
export interface Texts {
  // The first layer
  bannerTitle: string;
  /** `{controller}`: who asks; `{purposes}`: names of the optional categories; `{openSettings}`: label of that button. */
  bannerText: string;
  /** Added when categories run until the visitor objects. `{active}`: their names. */
  bannerActive: string;
  /** `{thirdParties}`: number of third-party providers; `{duration}`: how long the choice is kept, with its unit ("6 months"). */
  bannerFacts: string;
  /** Shown when the visitor is asked again. `{categories}`: names of what changed. */
  bannerUpdated: string;
  acceptAll: string;
  rejectAll: string;
  openSettings: string;
  /** `{host}`: where the embedded content comes from. */
  placeholderText: string;
  allowOnce: string;
  alwaysAllow: string;
  policyLink: string;
  imprintLink: string;

  // The settings dialog and the declaration
  settingsTitle: string;
  settingsText: string;
  /** Says that cookies of third parties which are already set cannot be removed by this website. */
  thirdPartyNotice: string;
  save: string;
  close: string;
  alwaysOn: string;
  /** An empty category. */
  noItems: string;
  /** Label of the part that unfolds services and what they store. */
  details: string;
  providerPolicy: string;
  /** Heading of a narrow column, as are the next four: a long word has a soft hyphen (U+00AD), so that it can wrap on phones. */
  storageName: string;
  storageLifetime: string;
  storagePurpose: string;
  lifetimeSession: string;
  lifetimePersistent: string;
  kindCookie: string;
  kindLocalStorage: string;
  kindSessionStorage: string;
  kindIndexedDB: string;
  kindCacheStorage: string;
  kindPixel: string;
  kindOther: string;
  /** Badge of an item that is new or wider since the visitor's decision. */
  isNew: string;
  stateAllowed: string;
  stateDenied: string;
  /** `{date}`: when. */
  decidedOn: string;
  undecided: string;
  withdraw: string;
  /** Label of the button that saves the visitor's signed copy of the recorded consent. */
  downloadReceipt: string;
  /** Announced to screen readers after saving. */
  saved: string;
  /** Global Privacy Control was received and is honoured. */
  gpcHonoured: string;
  /**
   * Label of the link that `opt-out` regimes must show. The English words are prescribed (California Code of Regulations,
   * title 11, § 7015 (b)); in other languages they are translated, because the page's language is too (§ 7003 (b)).
   */
  privacyChoices: string;
  /** The details could not be loaded; nothing optional is active because of that. */
  loadFailed: string;
}

export type TextKey = keyof Texts;

/** The texts that travel inside `client.js`, because banner and placeholder must not wait for a second request. */
export const slimTextKeys = [
  'bannerTitle',
  'bannerText',
  'bannerActive',
  'bannerFacts',
  'bannerUpdated',
  'acceptAll',
  'rejectAll',
  'openSettings',
  'placeholderText',
  'allowOnce',
  'alwaysAllow',
  'policyLink',
  'imprintLink',
  // So that a visitor can decide although the details cannot be loaded, and sees that GPC is honoured.
  'save',
  'close',
  'alwaysOn',
  'loadFailed',
  'gpcHonoured',
  'privacyChoices',
] as const satisfies readonly TextKey[];
export type SlimTextKey = (typeof slimTextKeys)[number];

/** The texts a site can replace, per locale; the others are always the built-in ones of the language. */
export const siteTextKeys = [
  'bannerTitle',
  'bannerText',
  'acceptAll',
  'rejectAll',
  'openSettings',
  'settingsTitle',
  'settingsText',
  'save',
] as const satisfies readonly TextKey[];
export type SiteTextKey = (typeof siteTextKeys)[number];
