import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '@strapi/strapi';
import { MAX_CONSENT_BYTES, type ConsentAnswer } from '../../../contract';
import { failureName } from '../failure-name';
import type { FirstHandler } from '../http/answer-first';
import { sendFailure, type Failure } from '../http/failure';
import { withinLimit, type LimitedRequests } from '../http/limited-requests';
import { createOutbox } from '../http/outbox';
import { readJsonBody } from '../http/read-body';
import type { KeyRing } from '../keys/service';
import { readConsent, type ReadConsent } from './consent-post';
import { readImpression } from './impression-query';
import { subjectHashOf, unavailable, type Ingest } from './ingest';
import type { Receipts } from './receipts';
import type { Choosable, SiteContext, SiteContexts } from './site-contexts';
import type { SubjectAccess } from './subject-access';
import { bearerToken, type Tokens, type TokenScope } from './token';

const METHODS = {
  consents: 'GET, POST, DELETE, OPTIONS',
  keys: 'GET, HEAD, OPTIONS',
  impressions: 'POST, OPTIONS',
};
type Resource = keyof typeof METHODS;
const isResource = (name: string): name is Resource => Object.hasOwn(METHODS, name);

/** A browser sends a few hundred bytes at once; who takes longer does not mean it. */
const BODY_TIMEOUT_MS = 5000;
const LIMITS = { maxBytes: MAX_CONSENT_BYTES, timeoutMs: BODY_TIMEOUT_MS };

/** All that the endpoints of a running ledger need. */
export interface LedgerParts extends LimitedRequests {
  contexts: SiteContexts;
  ingest: Ingest;
  access: SubjectAccess;
  receipts: Receipts;
  tokens: Tokens;
  hashKey: Buffer;
  /** null: banners are not counted. */
  impressions: { count: (site: string, version: string) => void; limiter: LimitedRequests['limiter'] } | null;
  personalParts: (request: IncomingMessage) => Record<string, string> | null;
  keyRing: KeyRing;
}

// Answers are readable for every website; they hold nothing that a browser would send along by itself.
const json = (length: number): string[] => [
  'Content-Type',
  'application/json; charset=utf-8',
  'Content-Length',
  String(length),
  'Cache-Control',
  'no-store',
  'Access-Control-Allow-Origin',
  '*',
  'Cross-Origin-Resource-Policy',
  'cross-origin',
  'X-Content-Type-Options',
  'nosniff',
];

/** Makes the answer, and returns what sends it. */
const prepare = (response: ServerResponse, status: number, value: unknown): (() => void) => {
  const body = JSON.stringify(value);
  return () => {
    response.writeHead(status, json(Buffer.byteLength(body)));
    response.end(body);
  };
};

const UNAUTHORIZED: Failure = {
  status: 401,
  message: 'A receipt token is needed: Authorization: Bearer <token>',
  headers: { 'WWW-Authenticate': 'Bearer' },
};

const NO_SUCH_VERSION: Failure = {
  status: 422,
  message: 'The site has no such config version',
  path: ['configVersion'],
};

/** What of the choices the visitor could not have decided, in that config version. */
const unknownChoice = ({ choices }: ReadConsent, { categories, items }: Choosable): Failure | null => {
  for (const key in choices) {
    const required = categories.get(key);
    if (required === false || (key.startsWith('item:') && items.has(key.slice(5)))) continue;
    const message = required ? `${key} is required and cannot be chosen` : `${key} is not part of this config version`;
    return { status: 422, message, path: ['choices', key] };
  }
  return null;
};

/**
 * `POST`, `GET`, `DELETE …/consents`, `POST …/impressions` and `GET …/keys` (public contract, section 6), in front of Koa.
 *
 * @param paths that the endpoints lie below, with a slash at the end
 * @param current null: the ledger is not running yet, or any more
 */
export const ledgerEndpoints = (
  strapi: Core.Strapi,
  paths: readonly string[],
  current: () => LedgerParts | null,
): FirstHandler => {
  const outbox = createOutbox();
  const preflight = (resource: Resource, response: ServerResponse): void => {
    response.writeHead(204, {
      Allow: METHODS[resource],
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': METHODS[resource],
      // `*` does not cover Authorization (Fetch standard, CORS-preflight fetch).
      'Access-Control-Allow-Headers': 'authorization, content-type',
      'Access-Control-Max-Age': '86400',
      'Cache-Control': 'public, max-age=86400',
    });
    response.end();
  };

  const fail = (response: ServerResponse, error: unknown): void => {
    strapi.log.error(`Privacy Desk cannot read consents: ${failureName(error)}`);
    sendFailure(response, unavailable('Consents cannot be read at the moment'));
  };

  const scopeOf = (request: IncomingMessage, { tokens }: LedgerParts): TokenScope | null => {
    const token = bearerToken(request.headers.authorization);
    return token === null ? null : tokens.read(token);
  };

  const record = (
    consent: ReadConsent,
    request: IncomingMessage,
    response: ServerResponse,
    parts: LedgerParts,
  ): void => {
    const subjectHash = consent.subject === null ? null : subjectHashOf(parts.hashKey, consent.subject);
    const scope = request.headers.authorization === undefined ? null : scopeOf(request, parts);
    const taken = parts.ingest.add(
      {
        consent,
        subjectHash,
        gpc: consent.gpc ?? request.headers['sec-gpc'] === '1',
        provesHistory: !!scope?.history && scope.subjectHash === subjectHash,
        personal: parts.personalParts(request),
      },
      (outcome) => {
        if ('failure' in outcome) return sendFailure(response, outcome.failure);
        const { recordedAtMs, repeated, history } = outcome;
        const { id, decidedAtMs } = consent;
        const answer: ConsentAnswer = {
          id,
          recordedAt: new Date(recordedAtMs).toISOString(),
          token: parts.tokens.write({ history, id, decidedAtMs, subjectHash }),
        };
        outbox(prepare(response, repeated ? 200 : 201, answer));
      },
    );
    if (!taken) sendFailure(response, unavailable('Too many consents are waiting to be recorded'));
  };

  /** The site that is meant, if this website may post for it. */
  const contextOf = (site: string, request: IncomingMessage, parts: LedgerParts): SiteContext | Failure => {
    const context = parts.contexts.site(site);
    if (context === undefined) return { status: 404, message: 'There is no such site', path: ['site'] };
    if (!context?.origins) return unavailable();
    const { origin } = request.headers;
    if (context.origins.size === 0 || context.origins.has(origin ?? '')) return context;
    return {
      status: 403,
      message: `The origin ${origin ?? '(none)'} is not among those of the site`.slice(0, 300),
      path: ['origin'],
    };
  };

  const post = (request: IncomingMessage, response: ServerResponse, parts: LedgerParts): void =>
    readJsonBody(request, LIMITS, (body) => {
      if (!body) return;
      if ('failure' in body) return sendFailure(response, body.failure);
      const read = readConsent(body.value, Date.now());
      if ('problems' in read) {
        const message = read.problems.map((problem) => problem.message).join('\n');
        return sendFailure(response, { status: 400, message, problems: read.problems });
      }
      const { consent } = read;
      const context = contextOf(consent.site, request, parts);
      if ('status' in context) return sendFailure(response, context);

      const choosable = parts.contexts.choosable(context, consent.configVersion);
      const check = (found: Choosable | null): Failure | null =>
        found?.site === consent.site ? unknownChoice(consent, found) : NO_SUCH_VERSION;
      if (!(choosable instanceof Promise)) {
        const failure = check(choosable);
        if (failure) return sendFailure(response, failure);
        return withinLimit(parts, request, response, () => record(consent, request, response, parts));
      }
      // Looking in the database comes after the limit, or strangers could keep it busy.
      withinLimit(parts, request, response, () => {
        choosable.then(
          (found) => {
            const failure = check(found);
            if (failure) sendFailure(response, failure);
            else record(consent, request, response, parts);
          },
          () => sendFailure(response, unavailable()),
        );
      });
    });

  const read = async (response: ServerResponse, parts: LedgerParts, scope: TokenScope): Promise<void> => {
    const rows = await parts.access.read(scope);
    const receipts = [];
    for (const row of rows) receipts.push(await parts.receipts.make(row));
    prepare(response, 200, { receipts })();
  };

  const erase = async (response: ServerResponse, parts: LedgerParts, scope: TokenScope): Promise<void> => {
    await parts.access.erase(scope);
    response.writeHead(204, { 'Cache-Control': 'no-store', 'Access-Control-Allow-Origin': '*' });
    response.end();
  };

  const impression = (request: IncomingMessage, response: ServerResponse, parts: LedgerParts): void => {
    // Whatever was sent along is not looked at.
    request.resume();
    const { impressions, addressOf, contexts } = parts;
    if (!impressions) return sendFailure(response, { status: 404, message: 'Banners are not counted' });
    const read = readImpression(request.url!);
    if ('status' in read) return sendFailure(response, read);
    const { site, version } = read;
    const context = contextOf(site, request, parts);
    if ('status' in context) return sendFailure(response, context);
    withinLimit({ limiter: impressions.limiter, addressOf }, request, response, () => {
      void Promise.resolve(contexts.choosable(context, version)).then(
        (found) => {
          if (found?.site !== site) return sendFailure(response, NO_SUCH_VERSION);
          impressions.count(site, version);
          response.writeHead(204, { 'Cache-Control': 'no-store', 'Access-Control-Allow-Origin': '*' });
          response.end();
        },
        () => sendFailure(response, unavailable()),
      );
    });
  };

  const keys = async (request: IncomingMessage, response: ServerResponse, parts: LedgerParts): Promise<void> => {
    const body = JSON.stringify(await parts.keyRing.jwks());
    response.writeHead(200, {
      ...pairs(json(Buffer.byteLength(body))),
      'Content-Type': 'application/jwk-set+json',
      'Cache-Control': 'public, max-age=300',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };

  const handle = (resource: Resource, request: IncomingMessage, response: ServerResponse, parts: LedgerParts): void => {
    const { method } = request;
    if (resource === 'keys' && (method === 'GET' || method === 'HEAD'))
      return void keys(request, response, parts).catch((error) => fail(response, error));
    if (resource === 'impressions' && method === 'POST') return impression(request, response, parts);
    if (resource === 'consents' && method === 'POST') return post(request, response, parts);
    if (resource === 'consents' && (method === 'GET' || method === 'DELETE')) {
      const scope = scopeOf(request, parts);
      if (!scope) return sendFailure(response, UNAUTHORIZED);
      if (method === 'GET') return void read(response, parts, scope).catch((error) => fail(response, error));
      return withinLimit(
        parts,
        request,
        response,
        () => void erase(response, parts, scope).catch((error) => fail(response, error)),
      );
    }
    const allowed = METHODS[resource];
    sendFailure(response, { status: 405, message: `Allowed are ${allowed}`, headers: { Allow: allowed } });
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
    const parts = current();
    if (parts) handle(resource, request, response, parts);
    else sendFailure(response, unavailable());
    return true;
  };
};

const pairs = (list: string[]): Record<string, string> =>
  Object.fromEntries(list.flatMap((name, index) => (index % 2 ? [] : [[name, list[index + 1]!]])));
