import { allowed } from '../http/allowed';

const config = allowed('plugin::privacy-desk.overview.set-up');

/** Routes of the admin API (shapes: contract/setup.ts). */
export default [
  { method: 'GET', path: '/sites/:site/setup', handler: 'setup.find', config },
  { method: 'PUT', path: '/sites/:site/setup', handler: 'setup.take', config },
] as const;
