/** One thing a visitor decided. */
export interface ChoiceEntry {
  granted: boolean;
  /** The revision of the category that was decided on. An exception has it only where its category has no entry. */
  revision?: number;
  /** Unix time in seconds; of categories only. */
  decidedAt?: number;
}

/** A visitor's decisions, as the choice cookie keeps them. */
export interface Choice {
  /** Decided while the browser sent Global Privacy Control. */
  underGpc: boolean;
  /** 128 random bits in base64url, minted at the first grant; null for visitors who only ever refused. */
  subject: string | null;
  /** By category key (`STATISTICS`), and by `@<item-key>` for items that are an exception from their category. */
  entries: Record<string, ChoiceEntry>;
}

/** The cookie's value must leave room for its name and attributes within the 4,096 bytes that browsers keep. */
export const MAX_CHOICE_BYTES = 3500;

/** The value of the choice cookie: `1.<flags>.<subject>.<entries>`, only characters that RFC 6265 allows. */
export const encodeChoice = (choice: Choice): string =>
  `1.${+choice.underGpc}.${choice.subject ?? '-'}.${Object.entries(choice.entries)
    .map(([key, entry]) =>
      [key, +entry.granted, entry.revision, entry.decidedAt?.toString(36)].join(':').replace(/:+$/, ''),
    )
    .join('~')}`;

const format = /^1\.(\w+)\.(-|[\w-]{22})\.(((\w+:[01]:\d+:[\da-z]+|@[\w-]+:[01](:\d+)?)(~(?!$)|$))+)$/;

/**
 * Reads the choice cookie; null for anything that is not wholly well-formed, which means undecided.
 * Two cookies of the name can arrive, of the host and of a parent domain, and nothing tells whose is whose:
 * where they (or entries of one) contradict each other, the refusal counts.
 */
export const parseChoice = (...values: string[]): Choice | null => {
  let choice: Choice | null = null;
  for (const value of values) {
    const [, flags, subject, list] = format.exec(value) ?? [];
    if (!list) continue;
    // Without a prototype: a key such as `constructor` must be as unknown as any other.
    choice ??= { underGpc: true, subject: null, entries: Object.create(null) };
    choice.underGpc &&= parseInt(flags!, 36) % 2 > 0;
    if (subject !== '-') choice.subject ??= subject!;
    for (const entry of list.split('~')) {
      const [key, on, revision, decidedAt] = entry.split(':') as [
        string,
        string,
        (string & number)?,
        (string & number)?,
      ];
      if (choice.entries[key]?.granted !== false)
        choice.entries[key] = {
          granted: on === '1',
          revision: revision && +revision,
          decidedAt: decidedAt && parseInt(decidedAt, 36),
        };
    }
  }
  return choice;
};
