import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { InventoryQuery } from '../../../../contract';

const names = ['category', 'site', 'state', 'missing', 'search'] as const;
export type FilterName = (typeof names)[number];

export interface Filters {
  query: InventoryQuery;
  /** Whether anything but the category narrows the list. */
  filtered: boolean;
  set: (name: FilterName, value: string | undefined) => void;
  setPage: (page: number) => void;
  clear: () => void;
}

/** The filters of the list, kept in the address: it can be bookmarked, shared, and gone back to. */
export const useFilters = (): Filters => {
  const [search, setSearch] = useSearchParams();
  const change = useCallback(
    (changed: Record<string, string | undefined>) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changed))
            if (value) next.set(name, value);
            else next.delete(name);
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  const text = search.toString();
  return useMemo(() => {
    const address = new URLSearchParams(text);
    const query: InventoryQuery = Object.fromEntries(
      names.flatMap((name) => (address.get(name) ? [[name, address.get(name)]] : [])),
    );
    const page = Number(address.get('page'));
    return {
      query: { ...query, ...(page > 1 && { page }) },
      filtered: names.some((name) => name !== 'category' && address.has(name)),
      set: (name, value) => change({ [name]: value, page: undefined }),
      setPage: (next) => change({ page: next > 1 ? String(next) : undefined }),
      clear: () =>
        change({ site: undefined, state: undefined, missing: undefined, search: undefined, page: undefined }),
    };
  }, [text, change]);
};
