import { allowedAny } from '../http/allowed';

/** Routes that every page of the admin panel needs (shapes: contract/admin-api.ts). */
export default [
  { method: 'GET', path: '/panel', handler: 'panel.find', config: allowedAny() },
  { method: 'GET', path: '/attention', handler: 'panel.attention', config: allowedAny() },
  { method: 'GET', path: '/entries/:type/:documentId', handler: 'panel.entry', config: allowedAny() },
] as const;
