import type { Choice } from '../../../contract/choice';
import type { DecisionConfig } from '../../../contract/preferences';
import type { Selection } from './desk';

const named = (selection: Record<string, boolean>, key: string): boolean | undefined =>
  Object.hasOwn(selection, key) ? selection[key] : undefined;

/** A copy without a prototype, where `constructor` is a key like any other. */
const copy = <T>(record?: Record<string, T>): Record<string, T> =>
  Object.assign(Object.create(null) as Record<string, T>, record);

/**
 * What is stored after a visitor's decision: everything as before, but for what the selection names.
 * `now`: Unix time in seconds; `mint` makes the subject, at the first grant.
 */
export const nextChoice = (
  config: DecisionConfig,
  previous: Choice | null,
  selection: Selection,
  gpc: boolean,
  now: number,
  mint: () => string,
): Choice => {
  const categories = copy(previous?.categories);
  const items = copy(previous?.items);
  // The flag holds for the whole cookie: a grant that GPC overruled must not become one "decided while GPC was on".
  if (gpc && previous && !previous.underGpc) {
    const spared = config.categories.filter(({ honoursGpc }) => !honoursGpc);
    for (const key in categories)
      if (categories[key]!.granted && !spared.some((category) => category.key === key)) delete categories[key];
    for (const key in items)
      if (items[key]!.granted && !spared.some((category) => category.items.some((item) => item.key === key)))
        delete items[key];
  }
  for (const { key, mode, revision, items: own } of config.categories) {
    if (mode === 'required') continue;
    const granted = named(selection.categories, key);
    if (granted !== undefined) {
      categories[key] = { granted, revision, decidedAt: now };
      for (const item of own) delete items[item.key];
    }
    for (const item of own) {
      const wanted = named(selection.items, item.key);
      if (wanted === undefined) continue;
      const entry = categories[key];
      // A stale grant counts as no choice, and would make the exception stale as well.
      if (wanted && entry?.granted && entry.revision !== revision) delete categories[key];
      const current = categories[key];
      if (current && (wanted || !current.granted)) delete items[item.key];
      else items[item.key] = { granted: wanted, ...(!current && { revision }) };
    }
  }
  const grants = [...Object.values(categories), ...Object.values(items)].some(({ granted }) => granted);
  return { underGpc: gpc, subject: previous?.subject ?? (grants ? mint() : null), categories, items };
};
