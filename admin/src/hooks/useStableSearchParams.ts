import { useCallback, useEffect, useRef } from 'react';
import { useSearchParams, type SetURLSearchParams } from 'react-router-dom';

/** As `useSearchParams`, but the setter stays the same, so that what depends on it is not rendered with every change. */
export const useStableSearchParams = (): ReturnType<typeof useSearchParams> => {
  const [search, setSearch] = useSearchParams();
  const latest = useRef(setSearch);
  useEffect(() => {
    latest.current = setSearch;
  }, [setSearch]);
  const set = useCallback<SetURLSearchParams>((...change) => latest.current(...change), []);
  return [search, set];
};
