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
 * Item exceptions that would make it too long are dropped towards "off": a granting one is left out,
 * and where a refusing one has no room, its category (given by `categoryOf`) is refused.
 */
export const encodeChoice = (choice: Choice, categoryOf: (itemKey: string) => string | undefined = () => undefined): string => {
  const build = (categories: Choice['categories'], items: Choice['items']) =>
    `1.${bit(choice.underGpc)}.${choice.subject ?? '-'}.` +
    [
      ...Object.entries(categories).map(
        ([key, c]) => `${key}:${bit(c.granted)}:${c.revision}:${c.decidedAt.toString(36)}`,
      ),
      ...Object.entries(items).map(
        ([key, item]) => `@${key}:${bit(item.granted)}${item.revision ? `:${item.revision}` : ''}`,
      ),
    ].join('~');
  const value = build(choice.categories, choice.items);
  if (value.length <= MAX_CHOICE_BYTES) return value;
  const categories = { ...choice.categories };
  for (const [key, item] of Object.entries(choice.items)) {
    const category = categoryOf(key);
    if (!item.granted && category && categories[category]) categories[category] = { ...categories[category], granted: false };
  }
  return build(categories, {});
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
    const category = /^([A-Z][A-Z\d_]*):([01]):(\d{1,9}):([\da-z]{1,9})$/.exec(entry);
    const item = category ? null : /^@([a-z\d]+(?:-[a-z\d]+)*):([01])(?::(\d{1,9}))?$/.exec(entry);
    const key = (category ?? item)?.[1];
    if (!key || key in (category ? choice.categories : choice.items)) return null;
    if (category)
      choice.categories[key] = { granted: category[2] === '1', revision: +category[3]!, decidedAt: parseInt(category[4]!, 36) };
    else choice.items[key] = { granted: item![2] === '1', ...(item![3] && { revision: +item![3] }) };
  }
  return choice;
};
