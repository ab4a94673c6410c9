import type { ServerResponse } from 'node:http';

const names: Record<number, string> = {
  400: 'ValidationError',
  401: 'UnauthorizedError',
  403: 'ForbiddenError',
  404: 'NotFoundError',
  405: 'MethodNotAllowedError',
  406: 'NotAcceptableError',
  408: 'RequestTimeoutError',
  409: 'ConflictError',
  413: 'PayloadTooLargeError',
  422: 'UnprocessableEntityError',
  429: 'RateLimitError',
  503: 'ServiceUnavailableError',
};

/** An answer other than success, in the shape of Strapi's own errors. */
export interface Failure {
  status: keyof typeof names;
  message: string;
  /** Where the request is at fault, for instance `['locale']`. */
  path?: string[];
  /** Where it is at fault in more than one place. */
  problems?: { path: string[]; message: string }[];
  headers?: Record<string, string>;
}

export const sendFailure = (response: ServerResponse, { status, message, path, problems, headers }: Failure): void => {
  const name = names[status]!;
  const errors = problems ?? (path && [{ path, message }]);
  const details = errors ? { errors: errors.map((problem) => ({ ...problem, name })) } : {};
  const body = Buffer.from(JSON.stringify({ data: null, error: { status, name, message, details } }));
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
    // Only a handful of headers is readable across origins by itself (Fetch standard), and this one is not among them.
    ...(headers?.['Retry-After'] && { 'Access-Control-Expose-Headers': 'Retry-After' }),
    ...headers,
  });
  response.end(body);
};
