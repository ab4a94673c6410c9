import { encodeChoice } from '../../../contract/choice';
import type { Desk } from '../core/desk';
import { keep, recall } from './memory';

const DAY_MS = 86_400_000;

/**
 * Has the cookie set once more by `Set-Cookie`, for Safari forgets after seven days what a script has set.
 * Of use only on the website's own origin: elsewhere it would be the cookie of another website.
 * Where that fails, a later page tries again, once a day.
 *
 * @param decided whether the visitor decided just now
 * @returns whether there is nothing left to do
 */
export const renewChoice = async (desk: Desk, decided: boolean): Promise<boolean> => {
  const { cookie, renewEndpoint } = desk.config.choice;
  if (!renewEndpoint) return true;
  const url = new URL(renewEndpoint, desk.url);
  if (url.origin !== location.origin) return true;
  const value = encodeChoice(desk.choice());
  // What was sent last: the value if it was set, else when that was tried.
  const key = `${cookie}.renewed`;
  const last = recall(key);
  if (last === value) return true;
  if (!decided && Date.now() - Number(last) < DAY_MS) return false;
  try {
    const { ok } = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      keepalive: true,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ site: desk.config.site, value }),
    });
    keep(key, ok ? value : `${Date.now()}`);
    return ok;
  } catch {
    keep(key, `${Date.now()}`);
    return false;
  }
};
