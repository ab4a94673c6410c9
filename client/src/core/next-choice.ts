import type { Choice, ChoiceEntry } from '../../../contract/choice';
import { decidables, type DecisionConfig } from '../../../contract/preferences';

/** The choice after a visitor's decision: everything as before, but for what `preferences` names. */
export const nextChoice = (
  config: DecisionConfig,
  previous: Choice,
  preferences: Record<string, boolean>,
  underGpc: boolean,
): Choice => {
  const entries = { ...previous.entries };
  // The flag holds for the whole cookie: a grant that GPC overruled must not become one "decided while GPC was on".
  for (const id in entries) if (underGpc && !previous.underGpc && entries[id]![0] === '1') delete entries[id];
  for (const { key, revision, path, id } of decidables(config)) {
    const granted = preferences[path];
    if (granted !== undefined) {
      const state: ChoiceEntry = [`${+granted}` as '0', `${revision}`];
      entries[id] = state;
      if (path === key) state.push(Math.floor(Date.now() / 1000).toString(36));
      // Below a fresh entry, an exception is as fresh as that; elsewhere it says itself what it was made for.
      else if (Number(entries[key]?.[1]) === revision) state.length = 1;
    } else if (preferences[key] !== undefined) delete entries[id];
  }
  return { ...previous, underGpc, entries };
};
