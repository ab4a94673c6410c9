import type { Core } from '@strapi/strapi';
import { browserFiles } from '../publishing/browser-files';

/** Where the public endpoints are reached from a browser. */
export interface PublicAddress {
  /** Strapi's `server.url`: absolute, a path, or empty. */
  serverUrl: string;
  /** Strapi's `api.rest.prefix`, for instance `/api`. */
  apiPrefix: string;
  /** Origin of the admin's own request, used when `serverUrl` is not absolute. */
  requestOrigin: string;
}

const trimSlashes = (part: string): string => part.replace(/^\/+|\/+$/g, '');

/** The absolute URL of `client.js`, as a website loads it. */
export const clientUrl = ({ serverUrl, apiPrefix, requestOrigin }: PublicAddress): string => {
  const base = /^https?:\/\//.test(serverUrl) ? [serverUrl] : [requestOrigin, serverUrl];
  return [...base, apiPrefix, 'privacy-desk/client.js'].map(trimSlashes).filter(Boolean).join('/');
};

/**
 * What an editor copies into a website's head: the stub, which answers "denied" until the client is there, and the client.
 *
 * @param stub text of the stub script
 * @param url of `client.js`
 */
export const scriptTag = (stub: string, url: string, site: string, locale: string): string => {
  const query = new URLSearchParams({ site, locale });
  return `<script>${stub.trim()}</script>\n<script src="${url}?${query}"></script>`;
};

/**
 * The script tag of a site in each language.
 *
 * @param requestOrigin origin of the admin's own request
 */
export const scriptTags = (
  strapi: Core.Strapi,
  requestOrigin: string,
  site: string,
  locales: readonly { code: string }[],
): Record<string, string> => {
  const url = clientUrl({
    serverUrl: strapi.config.get('server.url', ''),
    apiPrefix: strapi.config.get('api.rest.prefix', '/api'),
    requestOrigin,
  });
  return Object.fromEntries(locales.map(({ code }) => [code, scriptTag(browserFiles().stub, url, site, code)]));
};
