import { googleConsentTypes, type GoogleConsentType } from './service-preset';

export { googleConsentTypes, type GoogleConsentType };

const piwik = {
  'piwik-pro.analytics': 'analytics_storage',
  'piwik-pro.ab_testing_and_personalization': 'personalization_storage',
  'piwik-pro.user_feedback': 'analytics_storage',
  'piwik-pro.marketing_automation': 'ad_user_data',
  'piwik-pro.remarketing': 'ad_personalization',
  'piwik-pro.conversion_tracking': 'ad_storage',
  'piwik-pro.custom_consent': null,
} as const;

/**
 * The vendors that have a consent mode of their own, each with the signals it takes. Beside a signal stands the Google
 * type that speaks for it where no category and no item names it; null: then it stays denied.
 * How each is told, and where that is documented: `client/src/signals/<vendor>.ts`.
 */
export const vendors = {
  /** Google Consent Mode v2. */
  google: {
    ad_storage: 'ad_storage',
    ad_user_data: 'ad_user_data',
    ad_personalization: 'ad_personalization',
    analytics_storage: 'analytics_storage',
    functionality_storage: 'functionality_storage',
    personalization_storage: 'personalization_storage',
    security_storage: 'security_storage',
  },
  /** Data layer variables and event for Google Tag Manager, which follow STATISTICS and MARKETING. */
  gtm: {},
  /** Microsoft Advertising, Universal Event Tracking. */
  uet: { uet: 'ad_storage' },
  /** Microsoft Clarity. */
  clarity: { 'clarity.ad_Storage': 'ad_storage', 'clarity.analytics_Storage': 'analytics_storage' },
  /** Meta Pixel. */
  meta: { meta: 'ad_storage' },
  /** TikTok Pixel. */
  tiktok: { tiktok: 'ad_storage' },
  matomo: { matomo: 'analytics_storage' },
  posthog: { posthog: 'analytics_storage' },
  'piwik-pro': piwik,
  /** Shopify's Customer Privacy API. */
  shopify: {
    'shopify.analytics': 'analytics_storage',
    'shopify.marketing': 'ad_storage',
    'shopify.preferences': 'functionality_storage',
    'shopify.sale_of_data': 'ad_user_data',
  },
} as const satisfies Record<string, Readonly<Record<string, GoogleConsentType | null>>>;

export type VendorName = keyof typeof vendors;
export const vendorNames = Object.keys(vendors) as VendorName[];

/** What one vendor can be told: `ad_storage`, `clarity.ad_Storage`, `meta`. */
export type SignalOf<Vendor extends VendorName> = keyof (typeof vendors)[Vendor] & string;
export type SignalName = { [Vendor in VendorName]: SignalOf<Vendor> }[VendorName];
/** All that a category or a tracking item can name. */
export const signalNames = Object.values(vendors).flatMap((signals) => Object.keys(signals)) as SignalName[];

type NoOptions = Record<never, never>;

/** What a site can choose of a vendor; the names are the vendor's own, where it has one. */
export interface VendorOptions {
  google: {
    /**
     * `basic`, the default: the website gates Google's tags, so that nothing is sent before consent.
     * `advanced`: they run at once and, while denied, send pings without cookies, which is contested in the EU.
     */
    mode?: 'basic' | 'advanced';
    /** Milliseconds that Google's tags wait for an update: for a client that is loaded with `async` or `defer`. */
    wait_for_update?: number;
    /** ISO 3166-2 codes (`DE`, `US-CA`): the default holds only there. Elsewhere Google assumes consent. */
    region?: string[];
    ads_data_redaction?: boolean;
    url_passthrough?: boolean;
  };
  gtm: NoOptions;
  uet: NoOptions;
  clarity: NoOptions;
  meta: NoOptions;
  tiktok: NoOptions;
  /** `tracking`, the default: nothing is sent before consent. `cookies`: tracks without cookies until then. */
  matomo: { mode?: 'tracking' | 'cookies' };
  /** `on_reject`, if `posthog.init` says so too: then PostHog itself is silent while undecided and counts without cookies after a refusal. */
  posthog: { cookieless_mode?: 'on_reject' };
  'piwik-pro': NoOptions;
  /** For a headless storefront, as Shopify names them. */
  shopify: { checkoutRootDomain?: string; storefrontRootDomain?: string; storefrontAccessToken?: string };
}

/** The value of a site's `signals`: which vendors are told. Google Tag Manager is, unless it is `false`. */
export type SiteSignals = { [Vendor in VendorName]?: boolean | VendorOptions[Vendor] | null };

/** A vendor's options, and by signal the keys (`CATEGORY`, `CATEGORY/item-key`) that must all be allowed; a signal that is absent is denied. */
export type VendorSettings<Vendor extends VendorName> = VendorOptions[Vendor] & {
  grants: { readonly [Signal in SignalOf<Vendor>]?: readonly string[] };
};

/** The vendors that are told, as the client gets them. */
export type VendorSignals = { [Vendor in VendorName]?: VendorSettings<Vendor> };

/** What the categories that every site starts with stand for, unless they say otherwise themselves. */
export const usualSignals: Readonly<Record<string, readonly GoogleConsentType[]>> = {
  ESSENTIALS: ['functionality_storage', 'security_storage'],
  STATISTICS: ['analytics_storage'],
  MARKETING: ['ad_storage', 'ad_user_data', 'ad_personalization', 'personalization_storage'],
};
