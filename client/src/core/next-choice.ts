import type { Choice } from '../../../contract/choice';
import type { DecisionConfig } from '../../../contract/preferences';

/** 22 random characters of base64url: more than 128 bits, although two of its 64 characters are left out. */
const mint = () =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
    .replace(/\W/g, '')
    .slice(0, 22);

/**
 * What is stored after a visitor's decision: everything as before, but for what `preferences` names.
 * `narrow`: without exceptions, for want of room; a category below which one refuses is refused then.
 */
export const nextChoice = (
  config: DecisionConfig,
  previous: Choice | null,
  preferences: Record<string, boolean>,
  underGpc: boolean,
  narrow?: boolean,
): Choice => {
  const entries = { ...previous?.entries };
  // The flag holds for the whole cookie: a grant that GPC overruled must not become one "decided while GPC was on".
  for (const key in entries) if (underGpc && !previous!.underGpc && entries[key]!.granted) delete entries[key];
  for (const { key, revision, items } of config.categories) {
    const granted = preferences[key];
    if (granted !== undefined) entries[key] = { granted, revision, decidedAt: Math.floor(Date.now() / 1000) };
    for (const item of items) {
      const wanted = preferences[`${key}/${item.key}`];
      const exception = `@${item.key}`;
      // Below a fresh entry, an exception is as fresh as that; elsewhere it says itself what it was made for.
      if (wanted !== undefined)
        entries[exception] = { granted: wanted, revision: entries[key]?.revision === revision ? undefined : revision };
      else if (granted !== undefined) delete entries[exception];
      if (narrow && entries[exception]) {
        // Revision 0 never was: where there is no other, the refusal holds, and the visitor is asked again.
        if (!entries[exception].granted) entries[key] = { revision: 0, decidedAt: 0, ...entries[key], granted: false };
        delete entries[exception];
      }
    }
  }
  return {
    underGpc,
    subject: previous?.subject ?? (Object.values(entries).some((entry) => entry.granted) ? mint() : null),
    entries,
  };
};
