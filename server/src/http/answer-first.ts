import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';

/** Answers a request at once and returns true, or leaves it alone and returns false. It must not throw. */
export type FirstHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Lets `handler` see requests before the server's own listener, which is Koa with Strapi's middlewares:
 * these cost more than a hundred times the answer itself.
 *
 * @returns what takes it away again
 */
export const answerFirst = (server: Server, handler: FirstHandler): (() => void) => {
  const others = server.listeners('request') as RequestListener[];
  let active = true;
  const listener: RequestListener = (request, response) => {
    if (active && handler(request, response)) return;
    for (const other of others) other.call(server, request, response);
  };
  server.removeAllListeners('request');
  server.on('request', listener);
  return () => {
    // Another library may have wrapped this listener in the same way: then it stays, and only passes on.
    active = false;
    if (!server.listeners('request').includes(listener)) return;
    server.removeListener('request', listener);
    for (const other of others) server.on('request', other);
  };
};
