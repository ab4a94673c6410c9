import type { CategoryMode } from './consent-config';

/** What a website states at `/.well-known/gpc.json` (W3C Global Privacy Control, "GPC Support Resource"). */
export interface GpcStatement {
  gpc: boolean;
  /** The day of the statement, `YYYY-MM-DD`. */
  lastUpdate: string;
}

/** What the statement depends on. */
export interface GpcCategory {
  mode: CategoryMode;
  honoursGpc: boolean;
  items: readonly { provider?: string | null }[];
}

/**
 * Whether a website may state that it honours Global Privacy Control: no optional category that ignores the signal
 * hands data to somebody else. What the controller runs itself is neither sold nor shared; an item that names no
 * provider is the website's own.
 */
export const honoursGpc = (categories: readonly GpcCategory[], controller: string | null | undefined): boolean => {
  const own = controller?.trim().toLowerCase();
  const isForeign = ({ provider }: GpcCategory['items'][number]) =>
    !!provider?.trim() && provider.trim().toLowerCase() !== own;
  return categories.every(
    ({ mode, honoursGpc: honours, items }) => mode === 'required' || honours || !items.some(isForeign),
  );
};

/** @param since when the website was published as it is, Unix time in milliseconds */
export const gpcStatement = (
  categories: readonly GpcCategory[],
  controller: string | null | undefined,
  since: number,
): GpcStatement => ({
  gpc: honoursGpc(categories, controller),
  lastUpdate: new Date(since).toISOString().slice(0, 10),
});
