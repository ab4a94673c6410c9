import { regimes } from '../../../contract';
import type { Failure } from '../http/failure';

/** The parameters that the public endpoints know. */
export interface PublicParameters {
  site?: string;
  locale?: string;
  compat?: string;
  regime?: string;
}

/** The same few are asked for with every consent. */
const knownTags = new Set<string>();
const REMEMBERED_TAGS = 200;

/** Whether it may be a locale (BCP 47). */
export const isLanguageTag = (value: string): boolean => {
  if (knownTags.has(value)) return true;
  try {
    if (value.length > 35 || Intl.getCanonicalLocales(value).length !== 1) return false;
  } catch {
    return false;
  }
  if (knownTags.size < REMEMBERED_TAGS) knownTags.add(value);
  return true;
};

/** Whether it may be the key of a site. */
export const isSiteKey = (value: string): boolean => /^[a-z\d][\w.-]{0,63}$/i.test(value);

const rules: Record<keyof PublicParameters, { holds: (value: string) => boolean; message: string }> = {
  site: { holds: isSiteKey, message: 'site must be the key of a site' },
  locale: { holds: isLanguageTag, message: 'locale must be a language tag (BCP 47), for instance de or de-CH' },
  compat: { holds: (value) => value === 'django', message: 'compat must be django' },
  regime: {
    holds: (value) => (regimes as readonly string[]).includes(value),
    message: `regime must be one of ${regimes.join(', ')}`,
  },
};

/** null for what is no valid percent-encoding. */
const decode = (text: string): string | null => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
};

/**
 * Reads the query string of a public endpoint. Each parameter it knows is one plain value: `locale[$ne]=x`, which a
 * parser for nested objects would turn into a database operator, is an error. Unknown parameters are ignored.
 */
export const parsePublicQuery = (query: string): PublicParameters | Failure => {
  const parameters: PublicParameters = {};
  for (const pair of query.split('&')) {
    const [, rawName, rawValue = ''] = /^([^=]*)=?(.*)$/s.exec(pair)!;
    const name = decode(rawName!);
    const base = name?.split('[')[0];
    if (!name || !base || !Object.hasOwn(rules, base)) continue;
    const field = base as keyof PublicParameters;
    const failure = (message: string): Failure => ({ status: 400, message, path: [field] });
    if (name !== field) return failure(`${field} must be a plain value`);
    if (parameters[field] !== undefined) return failure(`${field} must be given once`);
    const value = decode(rawValue);
    if (value === null || !rules[field].holds(value)) return failure(rules[field].message);
    parameters[field] = value;
  }
  return parameters;
};
