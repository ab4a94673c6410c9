import type { CategoryMode, Lifetime, StorageEntry } from '../../../contract';

/** What of a storage entry a visitor decides on; its purpose and order are wording. */
export type StorageFact = Pick<StorageEntry, 'name' | 'match' | 'kind' | 'domain' | 'lifetime'>;

/** What of a tracking item a visitor decides on. */
export interface ItemFacts {
  /** Key of the category it is listed in. */
  category: string;
  provider?: string;
  storage: StorageFact[];
}

/** What a site's visitors decide on, by key. */
export interface SiteFacts {
  categories: ReadonlyMap<string, { mode: CategoryMode }>;
  items: ReadonlyMap<string, ItemFacts>;
}

/** The facts of the live version, with the revisions and times that were derived from them. */
export interface LiveFacts {
  /** A removed category stays known: its revision must not start again, or an old choice would seem fresh. */
  categories: ReadonlyMap<string, { mode: CategoryMode; revision: number; removed?: true }>;
  /** `changedAt`: Unix time in seconds. */
  items: ReadonlyMap<string, ItemFacts & { changedAt: number }>;
}

/** Session, then seconds, then persistent. An unknown lifetime may be any, so it counts as the longest. */
const rank = (lifetime: Lifetime | undefined): number =>
  lifetime === 'session' ? 0 : typeof lifetime === 'number' ? lifetime : Infinity;

const identity = ({ kind, match, name, domain }: StorageFact): string =>
  JSON.stringify([kind, match, name, domain ?? '']);

const longest = (storage: readonly StorageFact[]): Map<string, number> => {
  const lifetimes = new Map<string, number>();
  for (const entry of storage) {
    const key = identity(entry);
    lifetimes.set(key, Math.max(lifetimes.get(key) ?? 0, rank(entry.lifetime)));
  }
  return lifetimes;
};

/** Spelling is wording: only another name is another provider. */
const sameProvider = (a: string, b: string): boolean =>
  a.trim().replace(/\s+/g, ' ').toLowerCase() === b.trim().replace(/\s+/g, ' ').toLowerCase();

/** Whether `after` asks more of a visitor than `before`, which they may have agreed to. */
export const widens = (before: ItemFacts | undefined, after: ItemFacts): boolean => {
  if (!before || before.category !== after.category) return true;
  if (after.provider && !sameProvider(before.provider ?? '', after.provider)) return true;
  const known = longest(before.storage);
  return [...longest(after.storage)].some(([key, lifetime]) => lifetime > (known.get(key) ?? -1));
};

/**
 * The revisions and times of change that follow from the live ones: raised where what a visitor decides on got wider
 * (public contract, section 3), by one at most, however much changed.
 *
 * @param now Unix time in seconds
 * @param askAgain keys of categories that an admin wants to be asked again
 */
export const advanceRevisions = (
  live: LiveFacts | null,
  facts: SiteFacts,
  now: number,
  askAgain: ReadonlySet<string> = new Set(),
): LiveFacts => {
  const wider = new Set(askAgain);
  const items = new Map<string, ItemFacts & { changedAt: number }>();
  for (const [key, item] of facts.items) {
    const before = live?.items.get(key);
    const changed = widens(before, item);
    if (changed) wider.add(item.category);
    items.set(key, { ...item, changedAt: changed || !before ? now : before.changedAt });
  }
  const categories = new Map<string, { mode: CategoryMode; revision: number; removed?: true }>();
  for (const [key, { mode }] of facts.categories) {
    const before = live?.categories.get(key);
    const raised = !!before && (wider.has(key) || before.mode !== mode || !!before.removed);
    categories.set(key, { mode, revision: (before?.revision ?? 1) + (raised ? 1 : 0) });
  }
  for (const [key, before] of live?.categories ?? [])
    if (!categories.has(key)) categories.set(key, { ...before, removed: true });
  return { categories, items };
};
