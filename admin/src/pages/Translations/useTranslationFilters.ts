import { useMemo } from 'react';
import type { TranslationsQuery } from '../../../../contract';
import { useAddress, type Address } from '../../hooks/useAddress';

const names = ['locale', 'type', 'site', 'missing', 'search', 'at'] as const;
type Name = (typeof names)[number];

export interface TranslationFilters extends Pick<Address<Name>, 'set' | 'setPage'> {
  /** Code of the language that is translated into; undefined: all of them side by side. */
  locale: string | undefined;
  /** What narrows the list. */
  filters: Pick<TranslationsQuery, 'type' | 'site' | 'missing' | 'search'>;
  /** The same with the page. */
  query: TranslationsQuery;
  filtered: boolean;
}

/** What of the texts is shown. */
export const useTranslationFilters = (): TranslationFilters => {
  const { values, page, set, setPage } = useAddress(names);
  return useMemo(() => {
    const { locale, at, missing, ...more } = values;
    const filters = { ...more, ...(missing && { missing: true }) } as TranslationFilters['filters'];
    return {
      locale,
      filters,
      query: { ...filters, ...(at && page === 1 && { at }), ...(page > 1 && { page }) },
      filtered: Object.keys(filters).length > 0,
      set: (changes) => set({ at: undefined, ...changes }),
      setPage,
    };
  }, [values, page, set, setPage]);
};
