/**
 * What outlives the page, in local storage beside the choice; where that is forbidden, as long as the page.
 * It is written only after a decision, and a page reads it only when it has something to follow up on.
 */
const instead = new Map<string, string>();

/** What was kept under `key`; null without. */
export const recall = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return instead.get(key) ?? null;
  }
};

export const keep = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value);
  } catch {
    instead.set(key, value);
  }
};
