import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FirstHandler } from '../http/answer-first';
import { sendFailure, type Failure } from '../http/failure';
import { withinLimit, type LimitedRequests } from '../http/limited-requests';
import { readJsonBody } from '../http/read-body';
import type { Published } from '../publishing/published';
import { readChoice } from './choice-post';
import { sameOrigin } from './same-origin';
import { setCookie } from './set-cookie';

const METHODS = 'POST, OPTIONS';
const LIMITS = { maxBytes: 8192, timeoutMs: 5000 };

const FORBIDDEN: Failure = {
  status: 403,
  message: 'Only a page of the website’s own origin may have its cookie set: serve this path there, by a reverse proxy',
  path: ['origin'],
};

const answer = (request: IncomingMessage, body: unknown, { sites, waiting }: Published): Failure | string => {
  const read = readChoice(body);
  if ('problems' in read) {
    const message = read.problems.map((problem) => problem.message).join('\n');
    return { status: 400, message, problems: read.problems };
  }
  const { choice } = read;
  const site = sites.get(choice.site);
  if (!site)
    return !waiting || waiting.has(choice.site)
      ? { status: 503, message: 'The site is not published yet', headers: { 'Retry-After': '5' } }
      : { status: 404, message: 'There is no such site', path: ['site'] };
  const origin = sameOrigin(request.headers, site.origins ?? []);
  if (!origin) return FORBIDDEN;
  if (choice.decidedAtSeconds === null)
    return { status: 422, message: 'The choice does not say when it was made', path: ['value'] };
  const { maxAgeSeconds } = site.choice;
  // A clock that is ahead must not make the choice last longer.
  const left = Math.min(maxAgeSeconds, choice.decidedAtSeconds + maxAgeSeconds - Math.floor(Date.now() / 1000));
  if (left <= 0) return { status: 422, message: 'The choice is older than the site keeps choices', path: ['value'] };
  return setCookie(site.choice, choice.value, left, origin);
};

/**
 * `POST …/choice` (contract: `ChoiceStorage.renewEndpoint`), in front of Koa: answers with a `Set-Cookie` of the choice it
 * was sent, for as long as is left of it.
 *
 * @param paths that the endpoint lies below, with a slash at the end
 * @param limit null: not running (yet)
 */
export const choiceEndpoint = (
  paths: readonly string[],
  current: () => Published,
  limit: () => LimitedRequests | null,
): FirstHandler => {
  const addresses = paths.map((path) => `${path}choice`);

  const post = (request: IncomingMessage, response: ServerResponse): void =>
    readJsonBody(request, LIMITS, (body) => {
      if (!body) return;
      if ('failure' in body) return sendFailure(response, body.failure);
      const found = answer(request, body.value, current());
      if (typeof found !== 'string') return sendFailure(response, found);
      const limited = limit();
      if (!limited) return sendFailure(response, { status: 503, message: 'Not now', headers: { 'Retry-After': '5' } });
      withinLimit(limited, request, response, () => {
        response.writeHead(204, { 'Set-Cookie': found, 'Cache-Control': 'no-store' });
        response.end();
      });
    });

  return (request, response) => {
    const { url = '/', method } = request;
    const end = url.indexOf('?');
    if (!addresses.includes(end < 0 ? url : url.slice(0, end))) return false;
    if (method === 'POST') post(request, response);
    // Without CORS headers: no other origin may ask.
    else if (method === 'OPTIONS') response.writeHead(204, { Allow: METHODS }).end();
    else sendFailure(response, { status: 405, message: `Allowed are ${METHODS}`, headers: { Allow: METHODS } });
    return true;
  };
};
