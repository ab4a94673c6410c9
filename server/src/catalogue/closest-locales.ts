import { localeFacts } from './locale-facts';

/**
 * The locales that may stand in for `wanted`, closest first: itself, its shorter forms (`de-CH` -> `de`),
 * others of the same language, the default locale. Compared without case (RFC 4647, lookup), with one difference:
 * of the same language, those in its script come first (`zh-TW` -> `zh-Hant` before `zh`, which is simplified).
 *
 * @param available in their own spelling, which the answer keeps
 */
export const closestLocales = (wanted: string, available: readonly string[], defaultLocale: string): string[] => {
  const lower = wanted.toLowerCase();
  const parts = lower.split('-');
  const spelling = new Map(available.map((locale) => [locale.toLowerCase(), locale]));
  const { language, script } = localeFacts(wanted);
  const shorter = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
  const related = [...spelling.keys()].filter((locale) => localeFacts(locale).language === language).sort();
  const close = [...new Set([...shorter, ...related])].filter((locale) => spelling.has(locale));
  const isLegible = (locale: string): boolean => localeFacts(locale).script === script;
  const candidates = [
    lower,
    ...close.filter(isLegible),
    ...close.filter((locale) => !isLegible(locale)),
    defaultLocale.toLowerCase(),
  ];
  return [...new Set(candidates)].flatMap((locale) => spelling.get(locale) ?? []);
};
