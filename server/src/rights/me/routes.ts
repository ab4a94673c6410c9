import type { Core } from '@strapi/strapi';

// Not Strapi's own authentication: it would ask an admin to tick permissions first. The controller looks at the token.
const config = { auth: false as const };

/** `/me`: what a user of users-permissions does with their own data (public contract, section 6). */
export const meRoutes: Core.RouteInput[] = [
  { method: 'GET', path: '/me/export', handler: 'me.export', config },
  { method: 'POST', path: '/me/erasure', handler: 'me.erase', config },
  { method: 'POST', path: '/me/subjects', handler: 'me.link', config },
];
