import { readCookies } from './core/choice-cookie';
import type { PrivacyDesk, Source } from './core/api';

/** What the decision needs beyond the public API: a source of its own. */
type Inner = PrivacyDesk & { setPreferences(preferences: Record<string, boolean>, source: Source): void };

const page = window as unknown as { privacyDesk: Inner; django_privacy_mgmt?: object };
const desk = page.privacyDesk;

/** Their model says ESSENTIAL, their script ESSENTIALS. */
const keyOf = (name: string) => (name === 'ESSENTIAL' ? 'ESSENTIALS' : name);

const read = (name: string): Record<string, unknown> | null => {
  try {
    return JSON.parse(decodeURIComponent(readCookies(name))) as Record<string, unknown>;
  } catch {
    return null;
  }
};

/**
 * Takes over what was decided there, once. Refusals always; grants only if the visitor closed the banner,
 * for that package stores its defaults on mere reading, which is no consent.
 */
const importChoice = () => {
  const old = read('django_privacy_mgmt_preferences');
  const keys = Object.keys(desk.getPreferences());
  if (!old || keys.some((key) => desk.hasDecided(key))) return;
  const closed = read('django-privacy-mgmt-banner-state')?.hidden === true;
  for (const key of keys) {
    const granted = Object.hasOwn(old, key) && old[key];
    if (granted === false ? Object.hasOwn(old, key) : granted === true && closed)
      try {
        desk.setPreferences({ [key]: granted === true }, 'import');
      } catch {
        // Required: nothing to decide.
      }
  }
  // Otherwise it would come back when this choice expires.
  const labels = location.hostname.split('.');
  for (const domain of ['', ...labels.map((_, i) => `; Domain=${labels.slice(i).join('.')}`)])
    document.cookie = `django_privacy_mgmt_preferences=; Max-Age=0; Path=/${domain}`;
};

if (desk && !page.django_privacy_mgmt) {
  page.django_privacy_mgmt = {
    getPreference: (name: string) => desk.getPreference(keyOf(name)),
    setPreference(name: string, granted: boolean) {
      const key = keyOf(name);
      // Old pages "save" the essentials with the rest.
      if (key !== 'ESSENTIALS' || granted !== true) desk.setPreference(key, granted);
    },
    _getPreferences: () => desk.getPreferences(),
  };
  importChoice();
}
