import { guard } from '../core/report';
import type { Manifest } from './manifest';

type Consent = Record<'analytics' | 'marketing' | 'preferences' | 'sale_of_data', boolean>;
interface Shopify {
  customerPrivacy?: {
    currentVisitorConsent(): Partial<Record<keyof Consent, string>>;
    setTrackingConsent(consent: Consent & Record<string, unknown>, callback: () => void): void;
  };
  loadFeatures?(features: object[], callback: (error?: unknown) => void): void;
}

/**
 * Shopify's Customer Privacy API. It keeps what it is told, so it is only told what is new to it; while undecided, its
 * own default for the visitor's region holds, and only what they no longer allow is taken back.
 *
 * @see https://shopify.dev/docs/api/customer-privacy
 */
export default {
  vendor: 'shopify',
  tell({ settings: { grants: _, ...headless }, first, decided, granted, ready }) {
    const say = (loaded?: unknown): unknown =>
      guard(() => {
        const { Shopify } = window as { Shopify?: Shopify };
        const api = Shopify?.customerPrivacy;
        if (!api) {
          if (!loaded)
            Shopify?.loadFeatures?.([{ name: 'consent-tracking-api', version: '0.1' }], (error) =>
              error
                ? guard(() => {
                    throw error;
                  })
                : say(1),
            );
          return;
        }
        const known = api.currentVisitorConsent();
        const consent = {} as Consent;
        for (const name of ['analytics', 'marketing', 'preferences', 'sale_of_data'] as const)
          consent[name] = granted(`shopify.${name}`);
        const isNews = ([name, on]: [string, boolean]) =>
          decided() ? known[name as 'analytics'] !== (on ? 'yes' : 'no') : known[name as 'analytics'] === 'yes' && !on;
        if (Object.entries(consent).some(isNews))
          api.setTrackingConsent(
            { ...consent, ...(headless.storefrontAccessToken && { headlessStorefront: true, ...headless }) },
            () => {},
          );
      });
    say();
    // In a theme, Shopify's own scripts may come after this one.
    if (first) void ready.then(() => say());
  },
} satisfies Manifest<'shopify'>;
