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
  /** Whether the visitor is to be asked. */
  ask: boolean;
}

/**
 * The one place that turns config, choice and signals into booleans.
 * It fails closed: a stale grant, an unknown category and a contradiction are all "off". Truth table: public contract, section 3.
 */
export const decide = (config: DecisionConfig, choice: Choice | null, signals: Signals): Decision => {
  // Without a prototype: `constructor` is no key.
  const allowed = Object.create(null) as Record<string, boolean>;
  const undecided: string[] = [];
  const { regime } = config;
  for (const { key, mode, honoursGpc, revision, items } of config.categories) {
    const required = mode === 'required';
    const made = choice?.entries[key];
    const fresh = made?.revision === revision;
    const refused = made && !made.granted; // also when stale: a refusal does not wear off
    const gpc = signals.gpc && honoursGpc;
    const narrowed = gpc && !choice?.underGpc;
    const byDefault =
      key !== UNCLASSIFIED && !gpc && /^opt/.test(mode) && (regime === 'as-configured' ? mode : regime) === 'opt-out';
    const on = required || (!refused && (fresh ? !narrowed : byDefault));
    allowed[key] = on;
    if (!required && !fresh) undecided.push(key);
    for (const item of items) {
      const exception = required ? undefined : choice?.entries[`@${item.key}`];
      // An exception is as old as its category's choice, unless it carries the revision it was made for.
      const current = (exception?.revision ?? made?.revision ?? revision) === revision;
      allowed[`${key}/${item.key}`] = !exception ? on : exception.granted && (current ? !refused && !narrowed : on);
    }
  }
  return { allowed, undecided, ask: !!undecided[0] && !(regime === 'opt-out' && signals.gpc) };
};
