import type { Choice } from './choice';
import { UNCLASSIFIED, type CategoryMode, type Regime } from './consent-config';

/** What a decision needs to know of a consent config; the full and the slim one both have it. */
export interface DecisionConfig {
  regime: Regime;
  categories: readonly {
    key: string;
    mode: CategoryMode;
    honoursGpc: boolean;
    revision: number;
    items: readonly { key: string }[];
  }[];
}

/** One thing a visitor can decide on: a category, or an item of one. It has all that its category has. */
export type Decidable = DecisionConfig['categories'][number] & {
  /** `CATEGORY` or `CATEGORY/item-key`: how pages name it. */
  path: string;
  /** `CATEGORY` or `@item-key`: how the choice names it. */
  id: string;
};

/** All that a visitor can decide on, each category before its items. */
export const decidables = ({ categories }: DecisionConfig): Decidable[] =>
  categories.flatMap((category) => [
    { ...category, path: category.key, id: category.key },
    ...category.items.map(({ key }) => ({ ...category, path: `${category.key}/${key}`, id: `@${key}` })),
  ]);

/** What the browser tells us. */
export interface Signals {
  /** Global Privacy Control. */
  gpc: boolean;
}

export interface Decision {
  /** `CATEGORY` and `CATEGORY/item-key` to allowed or not; a key that is not in here is not allowed. */
  allowed: Record<string, boolean>;
  /** Keys of the optional categories without a fresh choice. */
  undecided: string[];
}

/**
 * The one place that turns config, choice and signals into booleans.
 * It fails closed: a stale grant, an unknown category and a contradiction are all "off". Truth table: public contract, section 3.
 */
export const decide = (config: DecisionConfig, { underGpc, entries }: Choice, signals: Signals): Decision => {
  // Without a prototype: `constructor` is no key.
  const allowed = { __proto__: null } as unknown as Record<string, boolean>;
  const undecided: string[] = [];
  for (const { key, mode, honoursGpc, revision, path, id } of decidables(config)) {
    const entry = entries[id];
    const made = entries[key];
    const required = mode === 'required';
    const gpc = signals.gpc && honoursGpc;
    const otherwise =
      path === key
        ? key !== UNCLASSIFIED && !gpc && /^(opt-out,opt|as-configured,opt-out)/.test(`${config.regime},${mode}`)
        : allowed[key]!;
    allowed[path] =
      required ||
      // A refusal holds also when it is stale; a stale grant counts as no choice.
      (entry?.[0] !== '0' &&
        // An exception is as old as its category's choice, unless it carries the revision it was made for.
        (entry && Number(entry[1] ?? made?.[1] ?? revision) === revision
          ? made?.[0] !== '0' && (!gpc || underGpc)
          : otherwise));
    if (path === key && !required && Number(made?.[1]) !== revision) undecided.push(key);
  }
  return { allowed, undecided };
};

/** Whether an undecided visitor is to be asked; otherwise their Global Privacy Control is acknowledged. */
export const asks = ({ regime }: Pick<DecisionConfig, 'regime'>, { gpc }: Signals): boolean =>
  regime !== 'opt-out' || !gpc;
