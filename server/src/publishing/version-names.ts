import type { Regime } from '../../../contract';

/**
 * The name under which a version of a site is stored and noted: its locale, and for all but the first of the regimes
 * of a site that goes by country `<locale>;<regime>`.
 */
export const versionName = (locale: string, regime: Regime, regimes: readonly Regime[]): string =>
  regime === regimes[0] ? locale : `${locale};${regime}`;

export const localeOf = (name: string): string => name.split(';')[0]!;

/** The locales of stored versions, each once. */
export const localesOf = (versions: Record<string, string>): string[] => [
  ...new Set(Object.keys(versions).map(localeOf)),
];
