import type { IncomingMessage } from 'node:http';
import type { Regime } from '../../../contract';
import type { Whereabouts } from '../geo/service';
import type { FirstHandler } from '../http/answer-first';
import { sendFailure, type Failure } from '../http/failure';
import type { Prepared } from '../http/prepared';
import { parsePublicQuery } from './public-request';
import { inLocale, type Published, type PublishedLocales } from './published';

const METHODS = 'GET, HEAD, OPTIONS';
const RETRY_SECONDS = '5';

/** URLs whose answer is remembered, and how long they may be: strangers must not fill the memory. */
const REMEMBERED_URLS = 1000;
const REMEMBERED_URL_LENGTH = 300;

/** What is sent for a URL. */
type Answer = Pick<Prepared, 'send'>;
interface Remembered {
  answer: Answer;
  /** Key of the site whose script or config it is. */
  site: string | null;
}
type Locate = (request: IncomingMessage) => Whereabouts;

const siteResources = ['config', 'client.js', 'gpc.json'] as const;
type SiteResource = (typeof siteResources)[number];
const isSiteResource = (resource: string): resource is SiteResource =>
  (siteResources as readonly string[]).includes(resource);

const unavailable = (message: string): Failure => ({ status: 503, message, headers: { 'Retry-After': RETRY_SECONDS } });

const resolveAsset = (file: string, published: Published): Prepared | Failure => {
  const name = /^([a-z][\w-]*)\.[\w-]+\.js$/i.exec(file)?.[1];
  const current = name && published.chunks.get(name);
  // A cached script or an instance of another release asks for the chunk by an older hash: it gets what there is.
  const asset = published.assets.get(file) ?? (current && published.outdated.get(current));
  return asset || { status: 404, message: 'There is no such file' };
};

const resolveSite = (resource: SiteResource, query: string, published: Published, locate: Locate): Answer | Failure => {
  const parameters = parsePublicQuery(query);
  if ('status' in parameters) return parameters;
  const { site: key = 'default', locale, compat = '', regime } = parameters;
  const site = published.sites.get(key);
  if (!site) {
    return !published.waiting || published.waiting.has(key)
      ? unavailable('The consent config of this site is not published yet')
      : { status: 404, message: 'There is no such site', path: ['site'] };
  }
  if (resource === 'gpc.json') return site.gpc;
  const pick = (locales: PublishedLocales): Prepared | undefined => {
    const answers = inLocale(locales, site.defaultLocale, locale);
    return resource === 'config' ? answers?.config : answers?.client.get(compat);
  };
  const strictest = pick(site.locales);
  if (!strictest) return unavailable('The client script is not built');
  const { byCountry } = site;
  if (!byCountry) return strictest;
  const picked = (wanted: Regime): Prepared => {
    const locales = byCountry.regimes.get(wanted);
    // An edge or a cached page that still knows a regime of former rules is served by the strictest one.
    return (locales && pick(locales)) ?? strictest;
  };
  if (regime) return picked(regime as Regime); // parsing let nothing else through
  return {
    send: (request, response) => picked(byCountry.regimeOf(locate(request))).sendPrivately(request, response),
  };
};

/** The site whose script or config is asked for by what was answered. */
const siteOf = (resource: string, query: string): string | null => {
  if (resource !== 'config' && resource !== 'client.js') return null;
  const parameters = parsePublicQuery(query);
  return 'status' in parameters ? null : (parameters.site ?? 'default');
};

/**
 * `GET …/config`, `…/client.js`, `…/gpc.json` and `…/assets/<name>.<hash>.js`, answered from prepared bytes:
 * no database, no parsing of a URL seen before, no work that grows with the catalogue. Only a site with country rules
 * that is asked without `regime` looks at more of a request than its URL.
 *
 * @param paths that the endpoints lie below, with a slash at the end
 * @param current what is published at the moment
 * @param locate where the visitor is
 * @param note told of each answer for a site, after it was sent; called very often
 */
export const publicEndpoints = (
  paths: readonly string[],
  current: () => Published,
  locate: Locate,
  note: (site: string, request: IncomingMessage) => void = () => {},
): FirstHandler => {
  let known: Published | undefined;
  let remembered = new Map<string, Remembered>();

  const resolve = (resource: string, query: string, published: Published): Answer | Failure =>
    isSiteResource(resource)
      ? resolveSite(resource, query, published, locate)
      : resolveAsset(resource.slice('assets/'.length), published);

  return (request, response) => {
    const published = current();
    if (published !== known) {
      known = published;
      remembered = new Map();
    }
    const { url = '/', method } = request;
    const hot = remembered.get(url);
    if (hot && (method === 'GET' || method === 'HEAD')) {
      hot.answer.send(request, response);
      if (hot.site !== null) note(hot.site, request);
      return true;
    }
    const path = paths.find((candidate) => url.startsWith(candidate));
    if (!path) return false;
    const end = url.indexOf('?');
    const resource = url.slice(path.length, end < 0 ? undefined : end);
    if (!isSiteResource(resource) && !resource.startsWith('assets/')) return false;
    if (method === 'OPTIONS') {
      response.writeHead(204, {
        Allow: METHODS,
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': METHODS,
        'Access-Control-Allow-Headers': '*',
        'Access-Control-Max-Age': '86400',
      });
      response.end();
      return true;
    }
    if (method !== 'GET' && method !== 'HEAD') {
      sendFailure(response, { status: 405, message: `Allowed are ${METHODS}`, headers: { Allow: METHODS } });
      return true;
    }
    const query = end < 0 ? '' : url.slice(end + 1);
    const answer = resolve(resource, query, published);
    if ('status' in answer) sendFailure(response, answer);
    else {
      if (remembered.size >= REMEMBERED_URLS) remembered.clear();
      const site = siteOf(resource, query);
      if (url.length <= REMEMBERED_URL_LENGTH) remembered.set(url, { answer, site });
      answer.send(request, response);
      if (site !== null) note(site, request);
    }
    return true;
  };
};
