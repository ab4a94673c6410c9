import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { EventActor, EventRequest } from './event';

interface AuthState {
  strategy?: { name?: string };
  credentials?: { id?: number | string; name?: string } | null;
}

interface User {
  id: number | string;
  documentId?: string;
  firstname?: string | null;
  lastname?: string | null;
  username?: string | null;
  email?: string | null;
}

const nameOf = ({ firstname, lastname, username, email }: User): string | undefined =>
  [firstname, lastname].filter(Boolean).join(' ') || username || email || undefined;

/** Who is behind a request, by how Strapi authenticated it. */
export const actorOfContext = (ctx: Pick<Context, 'state'>): EventActor => {
  const { auth, user } = ctx.state as { auth?: AuthState; user?: User };
  switch (auth?.strategy?.name) {
    case 'admin':
      return user ? { type: 'admin', id: user.id, name: nameOf(user) } : { type: 'admin' };
    // A token of an admin user acts for that user; what it is called tells which program it was.
    case 'admin-token':
    case 'content-api-token':
    case 'api-token':
    case 'data-transfer':
      return { type: 'api-token', id: auth.credentials?.id, name: auth.credentials?.name };
    default:
      return user ? { type: 'user', id: user.documentId ?? user.id, name: nameOf(user) } : { type: 'visitor' };
  }
};

const requestIds = new WeakMap<object, string>();

/** One for all that a request does; the one of a proxy or logger in front, where there is one. */
const requestId = (ctx: Context): string => {
  let id = requestIds.get(ctx.req);
  if (!id) {
    const given = ctx.get('x-request-id');
    id = /^[\w.:-]{8,64}$/.test(given) ? given : randomBytes(16).toString('base64url');
    requestIds.set(ctx.req, id);
  }
  return id;
};

/** What is told of a request. */
export const requestOfContext = (ctx: Context): EventRequest => ({
  method: ctx.method,
  route: String((ctx as Context & { _matchedRoute?: unknown })._matchedRoute ?? ''),
  id: requestId(ctx),
  address: ctx.ip,
});

/** The request that is being answered, if one is. */
export const currentContext = (strapi: Core.Strapi): Context | undefined =>
  strapi.requestContext.get() as Context | undefined;
