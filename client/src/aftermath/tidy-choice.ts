import { encodeChoice, isGranted, MAX_CHOICE_BYTES, type Choice } from '../../../contract/choice';
import { decidables, type DecisionConfig } from '../../../contract/preferences';
import { readCookies } from '../core/choice-cookie';
import type { Desk } from '../core/desk';
import { mint } from '../core/mint';
import { expireCookie } from './clear-storage';

/**
 * Takes the exceptions away from a choice that is too long for a cookie, towards "off":
 * a category below which one refuses is refused then.
 */
export const narrow = (config: DecisionConfig, choice: Choice): void => {
  if (encodeChoice(choice).length <= MAX_CHOICE_BYTES) return;
  const { entries } = choice;
  for (const { key, id } of decidables(config)) {
    const exception = id !== key && entries[id];
    if (!exception) continue;
    const [, revision = '0', decidedAt = '0'] = entries[key] ?? [];
    // Revision 0 never was: where there is no other, the refusal holds, and the visitor is asked again.
    if (!isGranted(exception)) entries[key] = ['0', revision, decidedAt];
    delete entries[id];
  }
};

/** Makes the cookie what it should be, where pages that only read it have not all it takes, and the only one of its name. */
export const tidyChoice = (desk: Desk): void => {
  const { choice: storage } = desk.config;
  const choice = desk.choice();
  // From now on decisions have it at once.
  desk.mint = mint;
  mint(choice);
  narrow(desk.config, choice);
  // A browser refuses the domain of another website; there the cookie is the host's own.
  if (storage.domain && !`.${location.hostname}`.endsWith(storage.domain)) storage.domain = undefined;
  const stored = readCookies(storage.cookie);
  if (stored === encodeChoice(choice)) return;
  if (stored.includes('; ')) expireCookie(storage.cookie);
  desk.store();
};
