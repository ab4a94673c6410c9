import { useCallback } from 'react';
import type { SiteSummary } from '../../../contract';
import { usePanel } from './usePanel';
import { useSearch } from './useSearch';

const REMEMBERED = 'privacy-desk.site';

const remembered = (): string | null => {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null; // storage is forbidden: the first site then
  }
};

export interface ChosenSite {
  /** null while there is none, or none with the key that the address names. */
  site: SiteSummary | null;
  sites: SiteSummary[];
  /** Key that the address names. */
  asked: string | null;
  choose: (key: string) => void;
}

/** The site that a page is about: `?site=` in the address, else the one chosen last, else `default`, else the first. */
export const useSite = (): ChosenSite => {
  const { sites } = usePanel();
  const { search, change } = useSearch();
  const asked = search.get('site');
  const withKey = (key: string | null) => sites.find((site) => site.key === key);

  const choose = useCallback(
    (key: string) => {
      try {
        localStorage.setItem(REMEMBERED, key);
      } catch {
        // The address knows it as well.
      }
      change({ site: key });
    },
    [change],
  );

  const site = asked ? withKey(asked) : (withKey(remembered()) ?? withKey('default') ?? sites[0]);
  return { site: site ?? null, sites, asked, choose };
};
