import type { Manifest } from './manifest';

/**
 * Matomo: consent is required on every page and given for the page, since the choice is kept by us and not by Matomo.
 * It forgets only what was given: that sets a cookie of its own.
 *
 * @see https://developer.matomo.org/guides/tracking-consent
 */
export default {
  vendor: 'matomo',
  early: true,
  tell(telling) {
    const kind = telling.settings.mode === 'cookies' ? 'CookieConsent' : 'Consent';
    const say = (name: string) => ((window as { _paq?: unknown[] })._paq ??= []).push([name]);
    const on = telling.granted('matomo');
    if (telling.first) say('require' + kind);
    if (on !== !!telling.given) say(on ? `set${kind}Given` : `forget${kind}Given`);
    telling.given = on;
  },
} satisfies Manifest<'matomo'>;
