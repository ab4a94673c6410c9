import type { RegimeRules } from '../../../contract';
import { contentHash } from './content-hash';
import type { LiveRow } from './live-store';

/**
 * Names a draft and what it was compared with, so that nothing else is published than what was reviewed.
 *
 * @param row what is live
 * @param versions by locale, built as if at the time 0, as the time of publishing is not known yet
 */
export const draftToken = (
  row: LiveRow | undefined,
  defaultLocale: string,
  versions: ReadonlyMap<string, string>,
  regimeRules?: RegimeRules,
): string => contentHash(JSON.stringify([row?.versions ?? {}, defaultLocale, [...versions], regimeRules]));
