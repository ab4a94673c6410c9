/**
 * One thing a visitor decided, as it stands in the cookie: nothing is converted while a page loads.
 * `revision`: that of the category when it was decided on; an exception has one only where its category has no entry.
 * `decidedAt`: Unix time in seconds, base 36; of categories only.
 */
export type ChoiceEntry = [granted: '0' | '1', revision?: string, decidedAt?: string];

export const isGranted = ([granted]: ChoiceEntry): boolean => granted === '1';

/** When a category was decided on, in seconds of Unix time; undefined for what has no such time. */
export const decidedAt = (entry: ChoiceEntry | undefined): number | undefined =>
  entry?.[2] === undefined ? undefined : parseInt(entry[2], 36);

/** A visitor's decisions, as the choice cookie keeps them. */
export interface Choice {
  /** Decided while the browser sent Global Privacy Control. */
  underGpc: boolean;
  /** 128 random bits in base64url, minted at the first grant; `-` for visitors who only ever refused. */
  subject: string;
  /** By category key (`STATISTICS`), and by `@<item-key>` for items that are an exception from their category. */
  entries: Record<string, ChoiceEntry>;
}

/** The cookie's value must leave room for its name and attributes within the 4,096 bytes that browsers keep. */
export const MAX_CHOICE_BYTES = 3500;

/** The value of the choice cookie: `1.<flags>.<subject>.<entries>`, only characters that RFC 6265 allows. */
export const encodeChoice = ({ underGpc, subject, entries }: Choice): string =>
  // Entries and their parts are joined by commas first, as arrays are.
  `1.${+underGpc}.${subject}.${Object.entries(entries).join('~').replace(/,/g, ':')}`;

const format = /^1\.(\w+)\.([\w-]+)\.(((\w+:[01]:\d+:\w+|@[\w-]+:[01](:\d+)?)(~(?!$)|$))+)$/;

/**
 * Reads the choice cookie; without entries for anything that is not wholly well-formed, which means undecided.
 *
 * @param values of all cookies of the name, joined as cookies are: of the host and of a parent domain can both arrive,
 *   and nothing tells whose is whose. Where they (or entries of one) contradict each other, the refusal counts.
 */
export const parseChoice = (values: string): Choice => {
  // Without a prototype: a key such as `constructor` must be as unknown as any other.
  const entries = { __proto__: null } as unknown as Choice['entries'];
  const choice: Choice = { underGpc: true, subject: '-', entries };
  for (const value of values.split('; ')) {
    const [, flags, subject, list] = format.exec(value) ?? [];
    if (!list) continue;
    choice.underGpc &&= parseInt(flags!, 36) % 2 > 0;
    if (choice.subject === '-') choice.subject = subject!;
    for (const entry of list.split('~')) {
      const [key, ...state] = entry.split(':') as [string, ...ChoiceEntry];
      if (entries[key]?.[0] !== '0') entries[key] = state;
    }
  }
  return choice;
};

/** The choice of a visitor who has not decided. */
export const noChoice = (): Choice => parseChoice('');
