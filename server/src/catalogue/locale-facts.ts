/** What a locale's code says about how it is written. */
export interface LocaleFacts {
  /** BCP 47; languages that their readers take for one another have one name here. */
  language: string;
  /** ISO 15924, the likely one where the code has none: `Hant` for `zh-TW`. Absent for what is no locale. */
  script?: string;
  /** Only if the code has it. */
  region?: string;
}

/**
 * Languages by another name: bokmål is what readers of Norwegian, and of nynorsk, are closest to,
 * and written Cantonese is closest to Chinese. Names that were merely replaced (`iw`, `cmn`) are known to `Intl`.
 */
const aliases: Record<string, string> = { no: 'nb', nn: 'nb', yue: 'zh' };

const factsOf = (code: string): LocaleFacts => {
  try {
    const locale = new Intl.Locale(code);
    const { language, script } = locale.maximize();
    return { language: aliases[language] ?? language, script, region: locale.region };
  } catch {
    return { language: code.split('-')[0]!.toLowerCase() };
  }
};

/** Visitors name locales too, and may name any. */
const MAX_KNOWN = 1000;
const known = new Map<string, Readonly<LocaleFacts>>();

/** They are asked for with every text of every language, and `Intl` takes its time. */
export const localeFacts = (code: string): Readonly<LocaleFacts> => {
  const found = known.get(code);
  if (found) return found;
  if (known.size >= MAX_KNOWN) known.clear();
  const facts = factsOf(code);
  known.set(code, facts);
  return facts;
};
