/**
 * The locales that may stand in for `wanted`, closest first: itself, its shorter forms (`de-CH` -> `de`),
 * others of the same language, the default locale. Compared without case (RFC 4647, lookup).
 *
 * @param available in their own spelling, which the answer keeps
 */
export const closestLocales = (wanted: string, available: readonly string[], defaultLocale: string): string[] => {
  const lower = wanted.toLowerCase();
  const parts = lower.split('-');
  const spelling = new Map(available.map((locale) => [locale.toLowerCase(), locale]));
  const candidates = [
    ...parts.map((_, index) => parts.slice(0, parts.length - index).join('-')),
    ...[...spelling.keys()].filter((locale) => locale.split('-')[0] === parts[0]).sort(),
    defaultLocale.toLowerCase(),
  ];
  return [...new Set(candidates)].flatMap((locale) => spelling.get(locale) ?? []);
};
