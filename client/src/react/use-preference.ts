import { useSyncExternalStore } from 'react';
import { subscribe, useDesk } from './use-desk';

const denied = () => false;

/**
 * Whether a category (`'STATISTICS'`) or an item of one (`'STATISTICS/matomo'`) is allowed, now and after every change.
 * On a server and while hydrating: false, so that both make the same markup.
 */
export const usePreference = (key: string): boolean => {
  const desk = useDesk();
  return useSyncExternalStore(subscribe, () => desk.getPreference(key), denied);
};
