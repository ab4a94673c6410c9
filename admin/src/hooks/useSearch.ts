import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useLocation, useNavigate, type Location } from 'react-router-dom';
import { isAnythingUnsaved } from './unsaved';

export type SearchChanges = Readonly<Record<string, string | null | undefined>>;

export interface Search {
  /** What follows the `?` of the address. */
  search: URLSearchParams;
  /**
   * Changes some values of it; empty ones are taken away. "Back" undoes it, unless it is to replace what there is.
   * Stays the same, so that what depends on it is not rendered with every change.
   */
  change: (changes: SearchChanges, options?: { replace?: boolean }) => void;
}

/** What the address says since the router last looked at it. */
const written = new WeakMap<Location, string>();
const listeners = new Set<() => void>();

const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

const searchOf = (location: Location): string => written.get(location) ?? location.search;

/**
 * The part of the address that pages keep their state in: it can be bookmarked, shared, and gone back to.
 *
 * The router renders all of Strapi with every address, about 90 ms while somebody types. So what replaces the address is
 * written past it, and only those who read it here are rendered. The router finds it in the address when it next looks there.
 */
export const useSearch = (): Search => {
  const location = useLocation();
  const navigate = useNavigate();
  const text = useSyncExternalStore(listen, () => searchOf(location));
  const latest = useRef({ location, navigate });
  useEffect(() => {
    latest.current = { location, navigate };
  }, [location, navigate]);

  const change = useCallback<Search['change']>((changes, { replace = false } = {}) => {
    const { location: current, navigate: go } = latest.current;
    const before = searchOf(current);
    const next = new URLSearchParams(before);
    for (const [name, value] of Object.entries(changes))
      if (value) next.set(name, value);
      else next.delete(name);
    const search = `${next}` && `?${next}`;
    if (search === before) return;
    // Whether what is unsaved may be lost is asked by the router.
    if (!replace || isAnythingUnsaved()) return go({ search, hash: current.hash }, { replace });
    // Its own state of this entry of the history stays with it.
    window.history.replaceState(window.history.state, '', `${window.location.pathname}${search}${current.hash}`);
    written.set(current, search);
    for (const listener of listeners) listener();
  }, []);

  return { search: useMemo(() => new URLSearchParams(text), [text]), change };
};
