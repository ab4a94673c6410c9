/** What a visitor decided about one category. */
export interface CategoryChoice {
  granted: boolean;
  /** The revision of the category that was decided on. */
  revision: number;
  /** Unix time in seconds. */
  decidedAt: number;
}

/** A visitor's decisions, as the choice cookie keeps them. */
export interface Choice {
  /** Decided while the browser sent Global Privacy Control. */
  underGpc: boolean;
  /** 128 random bits in base64url, minted at the first grant; null for visitors who only ever refused. */
  subject: string | null;
  categories: Record<string, CategoryChoice>;
  /** Exceptions from the category, by item key. `revision` is that of the category, and only known where the category itself is undecided. */
  items: Record<string, { granted: boolean; revision?: number }>;
}

/** The cookie's value must leave room for its name and attributes within the 4,096 bytes that browsers keep. */
export const MAX_CHOICE_BYTES = 3500;

const bit = (granted: boolean) => (granted ? 1 : 0);

/**
 * The value of the choice cookie: `1.<flags>.<subject>.<entries>`, only characters that RFC 6265 allows.
 * Item exceptions that would make it too long are dropped towards "off": granting ones are left out first,
 * and where the refusing ones still have no room, their categories (given by `categoryOf`) are refused.
 */
export const encodeChoice = (
  choice: Choice,
  categoryOf: (itemKey: string) => string | undefined = () => undefined,
): string => {
  const { categories, items } = choice;
  const build = (exceptions: [string, Choice['items'][string]][]) =>
    `1.${bit(choice.underGpc)}.${choice.subject ?? '-'}.` +
    [
      ...Object.entries(categories).map(
        ([key, { granted, revision, decidedAt }]) => `${key}:${bit(granted)}:${revision}:${decidedAt.toString(36)}`,
      ),
      ...exceptions.map(([key, { granted, revision }]) => `@${key}:${bit(granted)}${revision ? `:${revision}` : ''}`),
    ].join('~');
  const all = Object.entries(items);
  const value = build(all);
  if (value.length <= MAX_CHOICE_BYTES) return value;
  const refusing = all.filter(([, { granted }]) => !granted);
  const shorter = build(refusing);
  if (shorter.length <= MAX_CHOICE_BYTES) return shorter;
  const refused = { ...categories };
  for (const [key] of refusing) {
    const category = categoryOf(key);
    // Revision 0 never was: the refusal holds, and the visitor is asked again.
    if (category) refused[category] = { revision: 0, decidedAt: 0, ...refused[category], granted: false };
  }
  return encodeChoice({ ...choice, categories: refused, items: {} });
};

/** Reads the value of the choice cookie; null for anything that is not wholly well-formed, which means undecided. */
export const parseChoice = (value: string): Choice | null => {
  const head = /^1\.([\da-z]{1,6})\.(-|[\w-]{22})\.([\w:~@-]*)$/.exec(value);
  if (!head) return null;
  const choice: Choice = {
    underGpc: (parseInt(head[1]!, 36) & 1) === 1,
    subject: head[2] === '-' ? null : head[2]!,
    // Without a prototype: a key such as `constructor` must be as unknown as any other.
    categories: Object.create(null) as Choice['categories'],
    items: Object.create(null) as Choice['items'],
  };
  for (const entry of head[3] ? head[3].split('~') : []) {
    const parts = /^(@?)([\w-]+):([01])(?::(\d{1,9})(?::([\da-z]{1,9}))?)?$/.exec(entry);
    if (!parts) return null;
    const [, isItem, key, on, revision, decidedAt] = parts as unknown as [
      string,
      string,
      string,
      string,
      string?,
      string?,
    ];
    // A category has both numbers, an exception at most the first; and nothing is said twice.
    if (isItem ? decidedAt : !decidedAt) return null;
    if (key in (isItem ? choice.items : choice.categories)) return null;
    const granted = on === '1';
    if (isItem) choice.items[key] = { granted, ...(revision && { revision: +revision }) };
    else choice.categories[key] = { granted, revision: +revision!, decidedAt: parseInt(decidedAt!, 36) };
  }
  return choice;
};

/** What several say alike: every refusal, but only those grants that all share. */
const agreed = <T extends { granted: boolean; revision?: number }>(records: Record<string, T>[]): Record<string, T> => {
  const result = Object.create(null) as Record<string, T>;
  for (const record of records)
    for (const [key, entry] of Object.entries(record))
      if (
        !entry.granted ||
        (!(key in result) && records.every((other) => other[key]?.granted && other[key].revision === entry.revision))
      )
        result[key] = entry;
  return result;
};

/**
 * Reads all cookies of the choice's name. Two can arrive, of the host and of a parent domain, and nothing tells whose is whose:
 * refusals count from any of them, grants only where all of them (an unreadable one grants nothing) say the same.
 */
export const parseChoices = (values: string[]): Choice | null => {
  const choices = values.map(parseChoice);
  const first = choices.find((choice) => choice);
  return first
    ? {
        underGpc: choices.every((choice) => choice?.underGpc),
        subject: first.subject,
        categories: agreed(choices.map((choice) => choice?.categories ?? {})),
        items: agreed(choices.map((choice) => choice?.items ?? {})),
      }
    : null;
};
