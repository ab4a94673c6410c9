import type { PrivacyDesk } from './core/api';

/** What answers until the client is there, or for good if it never comes: denied. */
export interface Stub extends PrivacyDesk {
  /** Calls that wait for the client. */
  q: [name: keyof PrivacyDesk, args: unknown[], resolve: (result: unknown) => void][];
}

/** Makes a stub. It must stay tiny: pages carry it inline. */
export const createStub = (): Stub => {
  const q: Stub['q'] = [];
  const wait =
    (name: keyof PrivacyDesk) =>
    (...args: unknown[]) =>
      new Promise<unknown>((resolve) => q.push([name, args, resolve]));
  const stub = {
    q,
    getPreference: () => false,
    getPreferences: () => ({}),
    hasDecided: () => false,
    ready: wait('ready')(),
    onChange(listener: (change: unknown) => void) {
      let on = true;
      void wait('onChange')((change: unknown) => on && listener(change));
      return () => {
        on = false;
      };
    },
  } as unknown as Stub;
  for (const name of 'setPreference setPreferences acceptAll rejectAll withdraw openSettings closeSettings showBanner whenAllowed receipt'.split(
    ' ',
  ) as (keyof PrivacyDesk)[])
    Object.assign(stub, { [name]: wait(name) });
  return stub;
};
