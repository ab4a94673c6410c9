import { useCallback, useMemo } from 'react';
import { useStableSearchParams } from './useStableSearchParams';

export interface Address<Name extends string> {
  /** What the address says; empty values are not there. */
  values: Partial<Record<Name, string>>;
  /** From 1. */
  page: number;
  /** Changes some values, and goes to the first page. */
  set: (changes: Partial<Record<Name, string | undefined>>) => void;
  setPage: (page: number) => void;
}

/** Values that narrow a list, kept in the address: it can be bookmarked, shared, and gone back to. */
export const useAddress = <Name extends string>(names: readonly Name[]): Address<Name> => {
  const [search, setSearch] = useStableSearchParams();
  const change = useCallback(
    (changes: Record<string, string | undefined>) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes))
            if (value) next.set(name, value);
            else next.delete(name);
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  const text = search.toString();
  const set = useCallback<Address<Name>['set']>(
    (changes) => change({ ...(changes as Record<string, string | undefined>), page: undefined }),
    [change],
  );
  const setPage = useCallback((page: number) => change({ page: page > 1 ? String(page) : undefined }), [change]);
  return useMemo(() => {
    const address = new URLSearchParams(text);
    const values = Object.fromEntries(names.flatMap((name) => (address.get(name) ? [[name, address.get(name)]] : [])));
    return {
      values: values as Partial<Record<Name, string>>,
      page: Math.max(1, Number(address.get('page')) || 1),
      set,
      setPage,
    };
  }, [text, set, setPage, names]);
};
