import { useCallback, useMemo } from 'react';
import type { InventoryQuery } from '../../../../contract';
import { useAddress } from '../../hooks/useAddress';

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

/** The filters of the list. */
export const useFilters = (): Filters => {
  const { values, page, set, setPage } = useAddress(names);
  const setOne = useCallback<Filters['set']>((name, value) => set({ [name]: value }), [set]);
  return useMemo(
    () => ({
      query: { ...values, ...(page > 1 && { page }) } as InventoryQuery,
      filtered: names.some((name) => name !== 'category' && values[name]),
      set: setOne,
      setPage,
      clear: () => set({ site: undefined, state: undefined, missing: undefined, search: undefined }),
    }),
    [values, page, set, setOne, setPage],
  );
};
