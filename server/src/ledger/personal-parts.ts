import type { IncomingMessage } from 'node:http';
import type { PluginConfig } from '../config';
import { truncatedAddress } from '../http/client-address';
import { keyedHash } from '../keys/keyed-hash';

// The first that fits: later names stand in the user agent of earlier ones.
const families: [name: string, pattern: RegExp][] = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\b(OPR|Opera)\b/],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|Chromium)\//],
  ['Safari', /\bSafari\//],
];

/** The browser's family, without version and system. */
export const userAgentFamily = (userAgent: string | undefined): string | null =>
  userAgent ? (families.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? 'other') : null;

/**
 * What is recorded of the visitor beyond the choice, as the administrator turned it on; nothing by default.
 *
 * @param addressOf the visitor's address
 * @returns null if nothing is to be recorded
 */
export const createPersonalParts = (
  { ip, userAgentFamily: withFamily, countryHeader }: PluginConfig['consents']['personal'],
  hashKey: Buffer,
  addressOf: (request: IncomingMessage) => string,
): ((request: IncomingMessage) => Record<string, string> | null) => {
  if (ip === 'off' && !withFamily && !countryHeader) return () => null;
  return (request) => {
    const parts: Record<string, string> = {};
    if (ip === 'truncated') parts.ip = truncatedAddress(addressOf(request));
    if (ip === 'hashed') parts.ipHash = keyedHash(hashKey, 'address', addressOf(request));
    const family = withFamily && userAgentFamily(request.headers['user-agent']);
    if (family) parts.userAgentFamily = family;
    const country = countryHeader && request.headers[countryHeader.toLowerCase()];
    if (typeof country === 'string' && /^[A-Z]{2}$/i.test(country)) parts.country = country.toUpperCase();
    return Object.keys(parts).length > 0 ? parts : null;
  };
};
