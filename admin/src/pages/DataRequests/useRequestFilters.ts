import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { DUE_STATES, type RequestQuery, type RequestState, type RequestType } from '../../../../contract';
import { useAddress } from '../../hooks/useAddress';
import { useSearch } from '../../hooks/useSearch';

const names = ['state', 'type', 'site', 'assignee', 'due', 'search'] as const;
type Name = (typeof names)[number];

export interface RequestFilters {
  /** What the address says. `state` may be `open`: whatever has to be answered; `due` is `overdue` or `soon`. */
  values: Partial<Record<Name, string>>;
  /** What is searched for: a reference, or an e-mail address. */
  searched: string;
  query: RequestQuery;
  page: number;
  filtered: boolean;
  set: (changes: Partial<Record<Name, string | undefined>>) => void;
  search: (value: string) => void;
  setPage: (page: number) => void;
  clear: () => void;
}

/** What is handed over with an address without being in it. */
export interface InboxState {
  /** Addresses of persons are personal data: they stay out of histories, bookmarks and logs. */
  email?: string;
}

/** What of the inbox is shown; kept in the address, so that "back" leads to the same list. */
export const useRequestFilters = (): RequestFilters => {
  const { values, page, set, setPage } = useAddress(names);
  const { search: address, change } = useSearch();
  const navigate = useNavigate();
  const email = (useLocation().state as InboxState | null)?.email;

  const search = useCallback(
    (value: string) => {
      const isEmail = value.includes('@');
      if (!isEmail && !email) return set({ search: value || undefined });
      const next = new URLSearchParams(address);
      next.delete('page');
      next.delete('search');
      if (value && !isEmail) next.set('search', value);
      navigate({ search: `${next}` }, { replace: true, state: isEmail ? { email: value } : null });
    },
    [address, email, navigate, set],
  );
  const clear = useCallback(() => {
    if (email) navigate({ search: '' }, { replace: true, state: null });
    else change({ ...Object.fromEntries(names.map((name) => [name, undefined])), page: undefined }, { replace: true });
  }, [change, email, navigate]);

  return useMemo(() => {
    const { state, type, site, assignee, due } = values;
    const searched = email ?? values.search ?? '';
    return {
      values,
      searched,
      query: {
        ...(state && { states: state === 'open' ? [...DUE_STATES] : [state as RequestState] }),
        ...(type && { types: [type as RequestType] }),
        ...(site && { site }),
        ...(assignee && { assignee }),
        ...(due && (due === 'overdue' ? { overdue: true } : { dueSoon: true })),
        ...(searched && { search: searched }),
        ...(page > 1 && { page }),
      },
      page,
      filtered: Object.keys(values).length > 0 || searched !== '',
      set,
      search,
      setPage,
      clear,
    };
  }, [values, page, email, set, search, setPage, clear]);
};
