import type { IncomingHttpHeaders } from 'node:http';

const parse = (origin: string | undefined): URL | null => {
  const url = origin !== undefined && URL.canParse(origin) ? new URL(origin) : null;
  return url && /^https?:$/.test(url.protocol) ? url : null;
};

/**
 * The website whose own page has sent a request; null for requests of other websites, and of what is no browser: nobody
 * else may set a visitor's choice.
 *
 * `Sec-Fetch-Site` is the browser's own word, whatever proxies do to the host (Fetch Metadata; Safari has it since 16.4).
 * Without it the origin must be the host that was asked, or one that the site names.
 */
export const sameOrigin = (headers: IncomingHttpHeaders, origins: readonly string[]): URL | null => {
  const { origin, host } = headers;
  const url = parse(origin);
  const site = headers['sec-fetch-site'];
  const same = site === undefined ? url?.host === host || origins.includes(origin!) : site === 'same-origin';
  return same ? url : null;
};
