import type { RequestFormTexts } from '../../../../contract/data-requests';
import type { Texts } from '../../../../contract/texts';
import { localeFacts } from '../locale-facts';
import ar from './ar.json';
import bg from './bg.json';
import cs from './cs.json';
import da from './da.json';
import de from './de.json';
import el from './el.json';
import en from './en.json';
import es from './es.json';
import et from './et.json';
import fi from './fi.json';
import fr from './fr.json';
import ga from './ga.json';
import he from './he.json';
import hi from './hi.json';
import hr from './hr.json';
import hu from './hu.json';
import is from './is.json';
import it from './it.json';
import ja from './ja.json';
import ko from './ko.json';
import lt from './lt.json';
import lv from './lv.json';
import mt from './mt.json';
import nb from './nb.json';
import nl from './nl.json';
import pl from './pl.json';
import pt from './pt.json';
import ptBR from './pt-BR.json';
import ro from './ro.json';
import ru from './ru.json';
import sk from './sk.json';
import sl from './sl.json';
import sv from './sv.json';
import tr from './tr.json';
import uk from './uk.json';
import zhHans from './zh-Hans.json';
import zhHant from './zh-Hant.json';

/** The three categories every installation starts with. */
export type SeededCategory = 'ESSENTIALS' | 'STATISTICS' | 'MARKETING';

/** What we ship in one language: the words of the UI, and the seeded categories as name and paragraphs. */
export interface LanguageTexts {
  ui: Texts;
  categories: Record<SeededCategory, { name: string; description: string[] }>;
  /** Where items without a category are listed. */
  unclassified: { name: string; description: string[] };
  /** The form for requests about one's data. */
  requestForm: RequestFormTexts;
}

const languages: Record<string, LanguageTexts> = {
  ar,
  bg,
  cs,
  da,
  de,
  el,
  en,
  es,
  et,
  fi,
  fr,
  ga,
  he,
  hi,
  hr,
  hu,
  is,
  it,
  ja,
  ko,
  lt,
  lv,
  mt,
  nb,
  nl,
  pl,
  pt,
  'pt-BR': ptBR,
  ro,
  ru,
  sk,
  sl,
  sv,
  tr,
  uk,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
};

/** Scripts that are written from right to left. `Intl.Locale` knows the direction too, but not under one name in every Node. */
const rtlScripts = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg']);

/** BCP 47 codes of the languages we have texts in. */
export const textLocales: string[] = Object.keys(languages);

/** The closest language we have texts in; undefined if there is none. */
const closestTexts = (locale: string): string | undefined => {
  const { language, script, region } = localeFacts(locale);
  return [`${language}-${region}`, `${language}-${script}`, language].find((name) => Object.hasOwn(languages, name));
};

/** Whether there are texts for a locale, so that visitors do not get English ones. */
export const hasBuiltInTexts = (locale: string): boolean => closestTexts(locale) !== undefined;

/**
 * The texts of the closest language we have, English if there is none: `de-AT` gets `de`, `nn` gets `nb`, `zh-HK` gets `zh-Hant`.
 * `locale` in the answer is the language of the texts; `dir` is the writing direction of the locale that was asked for.
 */
export const builtInTexts = (locale: string): LanguageTexts & { locale: string; dir: 'ltr' | 'rtl' } => {
  const { script } = localeFacts(locale);
  const found = closestTexts(locale) ?? 'en';
  return { locale: found, dir: rtlScripts.has(script ?? '') ? 'rtl' : 'ltr', ...languages[found]! };
};
