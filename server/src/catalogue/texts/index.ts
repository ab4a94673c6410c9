import type { Texts } from '../../../../contract/texts';
import ar from './ar.json';
import cs from './cs.json';
import da from './da.json';
import de from './de.json';
import el from './el.json';
import en from './en.json';
import es from './es.json';
import fi from './fi.json';
import fr from './fr.json';
import hu from './hu.json';
import it from './it.json';
import ja from './ja.json';
import nb from './nb.json';
import nl from './nl.json';
import pl from './pl.json';
import pt from './pt.json';
import ro from './ro.json';
import sv from './sv.json';

/** The three categories every installation starts with. */
export type SeededCategory = 'ESSENTIALS' | 'STATISTICS' | 'MARKETING';

/** What we ship in one language: the words of the UI, and the seeded categories as name and paragraphs. */
export interface LanguageTexts {
  ui: Texts;
  categories: Record<SeededCategory, { name: string; description: string[] }>;
}

const languages: Record<string, LanguageTexts> = {
  ar,
  cs,
  da,
  de,
  el,
  en,
  es,
  fi,
  fr,
  hu,
  it,
  ja,
  nb,
  nl,
  pl,
  pt,
  ro,
  sv,
};

/** Languages by another name: bokmål is what readers of Norwegian, and of nynorsk, are closest to. */
const aliases: Record<string, string> = { no: 'nb', nn: 'nb' };

/** Scripts that are written from right to left. `Intl.Locale` knows the direction too, but not under one name in every Node. */
const rtlScripts = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg']);

/** BCP 47 codes of the languages we have texts in. */
export const textLocales: string[] = Object.keys(languages);

const parse = (locale: string): Intl.Locale | undefined => {
  try {
    return new Intl.Locale(locale);
  } catch {
    return undefined;
  }
};

/**
 * The texts of the closest language we have, English if there is none: `de-AT` gets `de`, `nn` gets `nb`.
 * `locale` in the answer is the language of the texts; `dir` is the writing direction of the locale that was asked for.
 */
export const builtInTexts = (locale: string): LanguageTexts & { locale: string; dir: 'ltr' | 'rtl' } => {
  const asked = parse(locale);
  const language = asked ? (aliases[asked.language] ?? asked.language) : 'en';
  const found = Object.hasOwn(languages, language) ? language : 'en';
  return {
    locale: found,
    dir: rtlScripts.has(asked?.maximize().script ?? '') ? 'rtl' : 'ltr',
    ...languages[found]!,
  };
};
