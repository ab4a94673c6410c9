import type { AskReason, CategoryMode, Lifetime, RegimeRules, StorageEntry } from '../../../contract';

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
  /** Of a site that goes by country. */
  regimeRules?: RegimeRules;
}

/** The facts of the live version, with the revisions and times that were derived from them. */
export interface LiveFacts {
  /** A removed category stays known: its revision must not start again, or an old choice would seem fresh. */
  categories: ReadonlyMap<string, { mode: CategoryMode; revision: number; removed?: true }>;
  /** `changedAt`: Unix time in seconds. */
  items: ReadonlyMap<string, ItemFacts & { changedAt: number }>;
  /** With what is live, so that it can be answered again. */
  regimeRules?: RegimeRules;
}

/** Session, then seconds, then persistent. An unknown lifetime may be any, so it counts as the longest. */
const rank = (lifetime: Lifetime | undefined): number =>
  lifetime === 'session' ? 0 : typeof lifetime === 'number' ? lifetime : Infinity;

const rankOf = ({ lifetime }: StorageFact): number => rank(lifetime);

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

/** What `widens` sees, told one by one. */
export const whyWider = (key: string, before: ItemFacts | undefined, after: ItemFacts): AskReason[] => {
  if (!before) return [{ kind: 'new-item', item: key }];
  const reasons: AskReason[] = [];
  if (before.category !== after.category) reasons.push({ kind: 'moved-item', item: key, from: before.category });
  if (after.provider && !sameProvider(before.provider ?? '', after.provider))
    reasons.push({ kind: 'provider', item: key, before: before.provider ?? null, after: after.provider });
  const known = longest(before.storage);
  const lifetimeOf = (rank: number | undefined, { storage }: ItemFacts, id: string): Lifetime | null =>
    storage.find((entry) => identity(entry) === id && rankOf(entry) === rank)?.lifetime ?? null;
  for (const [id, rank] of longest(after.storage)) {
    const { name } = after.storage.find((entry) => identity(entry) === id)!;
    const was = known.get(id);
    if (was === undefined) reasons.push({ kind: 'new-storage', item: key, storage: name });
    else if (rank > was)
      reasons.push({
        kind: 'lifetime',
        item: key,
        storage: name,
        before: lifetimeOf(was, before, id),
        after: lifetimeOf(rank, after, id),
      });
  }
  return reasons;
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
  return { categories, items, ...(facts.regimeRules && { regimeRules: facts.regimeRules }) };
};

/** The categories whose visitors are asked again, with their new revision. */
export const raisedRevisions = (before: LiveFacts | null, after: LiveFacts): Record<string, number> =>
  Object.fromEntries(
    [...after.categories].flatMap(([key, { revision, removed }]) => {
      const known = before?.categories.get(key);
      return known && !removed && revision > known.revision ? [[key, revision]] : [];
    }),
  );
