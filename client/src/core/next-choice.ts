import type { Choice } from '../../../contract/choice';
import type { DecisionConfig } from '../../../contract/preferences';

/** 128 random bits in base64url. */
const mint = () =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
    .replace(/[+/]/g, (sign) => (sign === '+' ? '-' : '_'))
    .slice(0, 22);

/** What is stored after a visitor's decision: everything as before, but for what `preferences` names. */
export const nextChoice = (
  config: DecisionConfig,
  previous: Choice | null,
  preferences: Record<string, boolean>,
  underGpc: boolean,
): Choice => {
  const entries = Object.fromEntries(
    Object.entries({ ...previous?.entries }).filter(
      // The flag holds for the whole cookie: a grant that GPC overruled must not become one "decided while GPC was on".
      ([, { granted }]) => !granted || !underGpc || previous!.underGpc,
    ),
  );
  for (const { key, revision, items } of config.categories) {
    const granted = preferences[key];
    if (granted !== undefined) entries[key] = { granted, revision, decidedAt: Math.floor(Date.now() / 1000) };
    for (const item of items) {
      const wanted = preferences[`${key}/${item.key}`];
      const exception = `@${item.key}`;
      // A stale grant counts as no choice, and would make an exception from it as stale.
      if (wanted && entries[key]?.granted && entries[key].revision !== revision) delete entries[key];
      if (wanted !== undefined) entries[exception] = { granted: wanted, revision: entries[key] ? undefined : revision };
      else if (granted !== undefined) delete entries[exception];
    }
  }
  const subject = previous?.subject ?? (Object.values(entries).some(({ granted }) => granted) ? mint() : null);
  return { underGpc, subject, entries };
};
