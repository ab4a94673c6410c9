/** What is kept at most, in characters of plain and sealed text, per generation. */
const MOST_CHARACTERS = 4_000_000;
/** Longer texts cost little beside what is read of them from the database. */
const LONGEST = 20_000;
const GENERATION_MS = 60_000;

/**
 * Plain texts that were opened a moment ago, by the sealed text: lists are read again and again, and opening costs more than
 * all that Strapi does beside it. A sealed text is never written twice, so what it says does not change. Nothing is kept for
 * longer than two generations after it was last asked for.
 */
export const createRecentlyOpened = () => {
  let young = new Map<string, string>();
  let old = new Map<string, string>();
  let characters = 0;
  let timer: NodeJS.Timeout | undefined;

  const age = (): void => {
    old = young;
    young = new Map();
    characters = 0;
    clearTimeout(timer);
    timer = old.size > 0 ? setTimeout(age, GENERATION_MS).unref() : undefined;
  };

  const keep = (sealed: string, plain: string): void => {
    const length = sealed.length + plain.length;
    if (length > LONGEST) return;
    if (characters + length > MOST_CHARACTERS) age();
    characters += length;
    young.set(sealed, plain);
    timer ??= setTimeout(age, GENERATION_MS).unref();
  };

  return {
    keep,

    get(sealed: string): string | undefined {
      const plain = young.get(sealed);
      if (plain !== undefined) return plain;
      const older = old.get(sealed);
      if (older !== undefined) keep(sealed, older);
      return older;
    },
  };
};

export type RecentlyOpened = ReturnType<typeof createRecentlyOpened>;
