import { allowed } from '../http/allowed';

/** Routes of the admin API (shapes: contract/install.ts). */
export default [
  { method: 'GET', path: '/install', handler: 'install.find', config: allowed('plugin::privacy-desk.install.read') },
] as const;
