import type { IncomingHttpHeaders } from 'node:http';
import type { Place } from '../../../contract';

/** Names of request headers in which a proxy tells where the visitor is. */
export interface CountryHeaders {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** ISO 3166-2, with or without the country before it. */
  subdivision?: string;
}

/** Akamai tells all in one header: `georegion=246,country_code=US,region_code=CA,…`. */
const EDGESCAPE = 'x-akamai-edgescape';

/**
 * What well-known edges call them, as their documentation says.
 * Cloudflare sends the region with the managed transform "Add visitor location headers"; CloudFront with an origin request
 * policy that names both; for Fastly these are the names of its tutorial on geofencing, set in VCL; Akamai sends its
 * header where EdgeScape is switched on.
 */
export const knownCountryHeaders = {
  cloudflare: { country: 'cf-ipcountry', subdivision: 'cf-region-code' },
  cloudfront: { country: 'cloudfront-viewer-country', subdivision: 'cloudfront-viewer-country-region' },
  vercel: { country: 'x-vercel-ip-country', subdivision: 'x-vercel-ip-country-region' },
  fastly: { country: 'client-geo-country', subdivision: 'client-geo-region' },
  akamai: { country: EDGESCAPE },
} as const satisfies Record<string, CountryHeaders>;
export type KnownEdge = keyof typeof knownCountryHeaders;

/** What stands for no country: Cloudflare's and others' "unknown", continents of old databases. */
const noCountries = new Set(['XX', 'ZZ', 'AP', 'EU']);

/** A place from codes as somebody else wrote them; null if the country is none. */
export const toPlace = (country: unknown, subdivision?: unknown): Place | null => {
  const code = String(country ?? '')
    .trim()
    .toUpperCase();
  if (!/^[A-Z]{2}$/.test(code) || noCountries.has(code)) return null;
  const part = String(subdivision ?? '')
    .trim()
    .toUpperCase()
    .replace(`${code}-`, '');
  return /^[A-Z\d]{1,3}$/.test(part) ? { country: code, subdivision: part } : { country: code };
};

/** Reads where the visitor is from the headers; null if they do not say. */
export const placeFromHeaders = (names: CountryHeaders, headers: IncomingHttpHeaders): Place | null => {
  const value = headers[names.country.toLowerCase()];
  // A header that came twice is joined by commas, and so no country; only Akamai's has commas of its own.
  if (names.country.toLowerCase() === EDGESCAPE) {
    const fields = new Map(
      String(value ?? '')
        .split(',')
        .map((pair) => pair.trim().split('=') as [string, string]),
    );
    return toPlace(fields.get('country_code'), fields.get('region_code'));
  }
  return toPlace(value, names.subdivision && headers[names.subdivision.toLowerCase()]);
};
