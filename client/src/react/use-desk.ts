import { createContext, useContext } from 'react';
import type { PrivacyDesk } from '../core/api';
import { createStub } from '../stub';

/** The desk of the closest provider. */
export const DeskContext = createContext<PrivacyDesk | null>(null);

/**
 * The desk of the page's script tag. Where the script is not there yet and the page has no stub, it finds ours, and does
 * what was asked of it; on a server there is nothing but the stub.
 */
export const pageDesk = (): PrivacyDesk =>
  typeof document === 'undefined'
    ? createStub()
    : ((window as { privacyDesk?: PrivacyDesk }).privacyDesk ??= createStub());

export const useDesk = (): PrivacyDesk => useContext(DeskContext) ?? pageDesk();

const events = ['privacy-desk:ready', 'privacy-desk:change'];

/** For `useSyncExternalStore`: whatever any desk answers changes with these events only. */
export const subscribe = (listener: () => void): (() => void) => {
  for (const event of events) document.addEventListener(event, listener);
  return () => {
    for (const event of events) document.removeEventListener(event, listener);
  };
};
