import type { PrivacyDesk } from './core/api';

/** What answers until the client is there, or for good if it never comes: denied. */
export interface Stub extends PrivacyDesk {
  /** Calls that wait for the client; gone when it is there. */
  q: [name: keyof PrivacyDesk, args: unknown[], resolve: (result: unknown) => void][];
}

/** Makes a stub. It must stay tiny: pages carry it inline. */
export const createStub = (): Stub => {
  const q: unknown[] = [];
  const wait =
    (name: string) =>
    (...args: unknown[]) =>
      new Promise((resolve) => q.push([name, args, resolve]));
  const no = () => !1;
  const stub: Record<string, unknown> = {
    q,
    getPreference: no,
    hasDecided: no,
    getPreferences: () => ({}),
    ready: wait('ready')(),
    onChange: (listener: (change: unknown) => void, on = true) => {
      void wait('onChange')((change: unknown) => on && listener(change));
      return () => (on = false);
    },
  };
  for (const name of 'setPreference,setPreferences,acceptAll,rejectAll,withdraw,openSettings,closeSettings,showBanner,whenAllowed,receipt'.split(
    ',',
  ))
    stub[name] = wait(name);
  return stub as unknown as Stub;
};
