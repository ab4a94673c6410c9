import { googleConsentTypes, type GoogleConsentType } from '../../../contract/service-preset';
import { warn } from '../core/report';
import type { Manifest } from './manifest';

/** A command is the very `arguments` object: Google's tags take an array for something else. */
function gtag(..._command: unknown[]) {
  // eslint-disable-next-line prefer-rest-params
  ((window as { dataLayer?: unknown[] }).dataLayer ??= []).push(arguments);
}

const stateOf = (isGranted: (type: GoogleConsentType) => boolean | undefined) =>
  Object.fromEntries(googleConsentTypes.map((type) => [type, isGranted(type) ? 'granted' : 'denied']));

/**
 * Google Consent Mode v2: a default before any tag, an update for every choice, also for one of an earlier page.
 * The default grants what is always on and, to undecided visitors, what the regime allows them.
 *
 * @see https://developers.google.com/tag-platform/security/guides/consent
 * @see https://developers.google.com/tag-platform/security/concepts/consent-mode for basic and advanced mode
 */
export default {
  vendor: 'google',
  early: true,
  tell({ settings, first, decided, granted, ready }) {
    const { grants, mode, ads_data_redaction, url_passthrough, ...more } = settings;
    if (first) {
      gtag('consent', 'default', {
        ...stateOf(decided() ? (type) => grants[type] && !grants[type].length : granted),
        ...more,
      });
      for (const [name, on] of Object.entries({ ads_data_redaction, url_passthrough })) if (on) gtag('set', name, on);
      if (mode !== 'advanced')
        void ready.then(() => {
          if (
            !granted('ad_storage') &&
            !granted('analytics_storage') &&
            document.querySelector('script[src*="googletagmanager.com/gtag"]:not([type="text/plain"])')
          )
            warn('a Google tag runs before consent: gate it');
        });
    }
    if (decided() || !first) gtag('consent', 'update', stateOf(granted));
  },
} satisfies Manifest<'google'>;
