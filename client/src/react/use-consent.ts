import { useMemo, useSyncExternalStore } from 'react';
import type { PrivacyDesk } from '../core/api';
import { subscribe, useDesk } from './use-desk';

const actions = [
  'acceptAll',
  'rejectAll',
  'withdraw',
  'setPreference',
  'setPreferences',
  'openSettings',
  'closeSettings',
  'showBanner',
] as const satisfies readonly (keyof PrivacyDesk)[];

/** What `useConsent()` returns. The functions can be handed to `onClick` as they are. */
export interface Consent extends Pick<PrivacyDesk, (typeof actions)[number] | 'receipt'> {
  /** Whether the site's config is known; before that (and for good if it cannot be loaded) everything is denied. */
  ready: boolean;
  /** Whether the visitor has decided on everything optional. A default is no decision. */
  decided: boolean;
  /** Whether the visitor has decided on that category, or on everything optional. */
  hasDecided: PrivacyDesk['hasDecided'];
  /** Every category, and whether it is allowed. */
  preferences: Record<string, boolean>;
}

/** Texts can be compared, which is what React does. */
const nothing = JSON.stringify([{}, false, []]);

/** What the visitor allows and has decided, now and after every change, and what they can do about it. */
export const useConsent = (): Consent => {
  const desk = useDesk();
  const state = useSyncExternalStore(
    subscribe,
    () => {
      const preferences = desk.getPreferences();
      const keys = Object.keys(preferences);
      return JSON.stringify([preferences, desk.hasDecided(), keys.filter((key) => desk.hasDecided(key))]);
    },
    () => nothing,
  );
  return useMemo(() => {
    const [preferences, decided, keys] = JSON.parse(state) as [Record<string, boolean>, boolean, string[]];
    // Looked up when called: those of a stub lead nowhere once the client has taken it over. A stub returns promises,
    // which effects must not.
    const act =
      (name: (typeof actions)[number]) =>
      (...args: unknown[]): void =>
        // What a button's `onClick` passes is no category.
        void (desk[name] as (...args: unknown[]) => void)(...args.filter((arg) => !(arg as Event | null)?.target));
    return {
      ...(Object.fromEntries(actions.map((name) => [name, act(name)])) as Pick<Consent, (typeof actions)[number]>),
      receipt: () => desk.receipt(),
      ready: Object.keys(preferences).length > 0,
      decided,
      hasDecided: (category) => (category ? keys.includes(category) : decided),
      preferences,
    };
  }, [desk, state]);
};
