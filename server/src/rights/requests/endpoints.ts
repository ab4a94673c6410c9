import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '@strapi/strapi';
import { MAX_REQUEST_BYTES, type RequestAnswer, type RequestForm } from '../../../../contract';
import { builtInTexts } from '../../catalogue/texts';
import { failureName } from '../../failure-name';
import type { FirstHandler } from '../../http/answer-first';
import { sendFailure, type Failure } from '../../http/failure';
import { withinLimit, type LimitedRequests } from '../../http/limited-requests';
import { readJsonBody } from '../../http/read-body';
import { parsePublicQuery } from '../../publishing/public-request';
import type { Published, PublishedSite } from '../../publishing/published';
import type { Challenges, Solved } from './challenges';
import type { LinkPages } from './link-pages';
import { sendPageCss } from './pages';
import { readRequest, type ReadRequest } from './request-post';

const METHODS = {
  requests: 'POST, OPTIONS',
  'requests/challenge': 'GET, OPTIONS',
  'requests/form': 'GET, OPTIONS',
  'requests/confirm': 'GET, HEAD, POST, OPTIONS',
  'requests/download': 'GET, HEAD, POST, OPTIONS',
  'requests/page.css': 'GET, HEAD, OPTIONS',
};
type Resource = keyof typeof METHODS;
const isResource = (name: string): name is Resource => Object.hasOwn(METHODS, name);

const LIMITS = { maxBytes: MAX_REQUEST_BYTES, timeoutMs: 10_000 };

const UNAVAILABLE: Failure = { status: 503, message: 'Not at the moment', headers: { 'Retry-After': '5' } };

/** All that the endpoints of data requests need. */
export interface RequestEndpointParts {
  challenges: Challenges;
  /** Requests by address. */
  limited: LimitedRequests;
  /** Whatever else is asked for, by address. */
  limitedReads: LimitedRequests;
  /** @returns null: the challenge was solved for another request */
  receive(request: ReadRequest & { locale: string }, solved: Solved): Promise<RequestAnswer | null>;
  linkPages: LinkPages;
}

const sendJson = (response: ServerResponse, status: number, value: unknown, cacheControl = 'no-store'): void => {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': cacheControl,
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
};

/**
 * `POST …/requests`, what its form needs, and the pages that links in mails lead to; in front of Koa.
 *
 * @param paths that the endpoints lie below, with a slash at the end
 * @param parts null: not running (yet, or any more)
 */
export const requestEndpoints = (
  strapi: Core.Strapi,
  paths: readonly string[],
  current: () => Published,
  parts: () => RequestEndpointParts | null,
): FirstHandler => {
  const preflight = (resource: Resource, response: ServerResponse): void => {
    response.writeHead(204, {
      Allow: METHODS[resource],
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': METHODS[resource],
      'Access-Control-Allow-Headers': 'content-type',
      'Access-Control-Max-Age': '86400',
      'Cache-Control': 'public, max-age=86400',
    });
    response.end();
  };

  const fail = (response: ServerResponse, error: unknown): void => {
    strapi.log.error(`Privacy Desk cannot take data requests: ${failureName(error)}`);
    if (response.headersSent) response.destroy();
    else sendFailure(response, UNAVAILABLE);
  };

  const siteOf = (key: string): PublishedSite | Failure => {
    const { sites, waiting } = current();
    const site = sites.get(key);
    if (site) return site;
    if (!waiting || waiting.has(key)) return UNAVAILABLE;
    return { status: 404, message: 'There is no such site', path: ['site'] };
  };

  const mayPost = ({ origins }: PublishedSite, { headers: { origin } }: IncomingMessage): Failure | null => {
    if (!origins) return UNAVAILABLE;
    if (origins.length === 0 || origins.includes(origin ?? '')) return null;
    const message = `The origin ${origin ?? '(none)'} is not among those of the site`.slice(0, 300);
    return { status: 403, message, path: ['origin'] };
  };

  const WRONG = {
    invalid: 'altcha must be a challenge of this server, solved',
    expired: 'altcha has expired: a new challenge is needed',
    used: 'altcha was used already: a new challenge is needed',
  };
  const wrongChallenge = (what: keyof typeof WRONG): Failure => ({
    status: 400,
    message: WRONG[what],
    path: ['altcha'],
  });

  const post = (
    request: IncomingMessage,
    response: ServerResponse,
    { challenges, limited, receive }: RequestEndpointParts,
  ) =>
    readJsonBody(request, LIMITS, (body) => {
      if (!body) return;
      if ('failure' in body) return sendFailure(response, body.failure);
      const read = readRequest(body.value);
      if ('problems' in read) {
        const message = read.problems.map((problem) => problem.message).join('\n');
        return sendFailure(response, { status: 400, message, problems: read.problems });
      }
      const site = siteOf(read.request.site);
      if ('status' in site) return sendFailure(response, site);
      const forbidden = mayPost(site, request);
      if (forbidden) return sendFailure(response, forbidden);
      withinLimit(limited, request, response, () => {
        const take = async (): Promise<void> => {
          const solved = await challenges.check(read.request.altcha);
          if (typeof solved === 'string') return sendFailure(response, wrongChallenge(solved));
          const locale = read.request.locale ?? site.defaultLocale;
          const answer = await receive({ ...read.request, locale }, solved);
          if (answer) sendJson(response, 202, answer);
          else sendFailure(response, wrongChallenge('used'));
        };
        take().catch((error: unknown) => fail(response, error));
      });
    });

  const form = (url: string, response: ServerResponse): void => {
    const query = parsePublicQuery(url.split('?')[1] ?? '');
    if ('status' in query) return sendFailure(response, query);
    const site = siteOf(query.site ?? 'default');
    if ('status' in site) return sendFailure(response, site);
    const { locale, dir, requestForm: texts } = builtInTexts(query.locale ?? site.defaultLocale);
    sendJson(response, 200, { locale, dir, texts } satisfies RequestForm, 'public, max-age=300');
  };

  const handle = (
    resource: Resource,
    request: IncomingMessage,
    response: ServerResponse,
    running: RequestEndpointParts,
  ): void => {
    const { method, url = '/' } = request;
    if (!METHODS[resource].split(', ').includes(method ?? '')) {
      const allowed = METHODS[resource];
      return sendFailure(response, { status: 405, message: `Allowed are ${allowed}`, headers: { Allow: allowed } });
    }
    if (resource === 'requests') return post(request, response, running);
    // Whatever was sent along is not looked at.
    request.resume();
    if (resource === 'requests/page.css') return sendPageCss(response);
    if (resource === 'requests/form') return form(url, response);
    const answer = (): Promise<void> => {
      if (resource === 'requests/challenge')
        return running.challenges.make().then((challenge) => sendJson(response, 200, challenge));
      const purpose = resource === 'requests/confirm' ? 'confirm' : 'download';
      return running.linkPages.answer(purpose, url, method === 'POST', response);
    };
    withinLimit(running.limitedReads, request, response, () => {
      answer().catch((error: unknown) => fail(response, error));
    });
  };

  return (request, response) => {
    const { url = '/' } = request;
    const path = paths.find((candidate) => url.startsWith(candidate));
    if (!path) return false;
    const end = url.indexOf('?', path.length);
    const resource = url.slice(path.length, end < 0 ? undefined : end);
    if (!isResource(resource)) return false;
    if (request.method === 'OPTIONS') {
      preflight(resource, response);
      return true;
    }
    const running = parts();
    if (running) handle(resource, request, response, running);
    else sendFailure(response, UNAVAILABLE);
    return true;
  };
};
