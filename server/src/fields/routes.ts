import { allowed } from '../http/allowed';

/** Routes of the admin API (shapes: contract/encrypted-fields.ts). */
export const adminRoutes = [
  {
    method: 'POST',
    path: '/fields/reveal',
    handler: 'fields.revealValue',
    config: allowed('plugin::privacy-desk.fields.reveal'),
  },
] as const;

/** The action that makes a role or an API token of the content API see plain values; its route says whether it does. */
export const contentApiRoutes = [{ method: 'GET', path: '/fields/reveal', handler: 'fields.reveal' }] as const;
