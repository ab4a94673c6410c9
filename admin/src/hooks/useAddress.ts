import { useCallback, useMemo } from 'react';
import { useSearch } from './useSearch';

export interface Address<Name extends string> {
  /** What the address says; empty values are not there. */
  values: Partial<Record<Name, string>>;
  /** From 1. */
  page: number;
  /** Changes some values, and goes to the first page. */
  set: (changes: Partial<Record<Name, string | undefined>>) => void;
  setPage: (page: number) => void;
}

/** Values that narrow a list, kept in the address. */
export const useAddress = <Name extends string>(names: readonly Name[]): Address<Name> => {
  const { search, change } = useSearch();
  const set = useCallback<Address<Name>['set']>(
    (changes) => change({ ...changes, page: undefined }, { replace: true }),
    [change],
  );
  const setPage = useCallback(
    (page: number) => change({ page: page > 1 ? String(page) : undefined }, { replace: true }),
    [change],
  );
  return useMemo(() => {
    const values = Object.fromEntries(names.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])));
    return {
      values: values as Partial<Record<Name, string>>,
      page: Math.max(1, Number(search.get('page')) || 1),
      set,
      setPage,
    };
  }, [search, set, setPage, names]);
};
