import { allowed } from '../http/allowed';

/** Routes of the admin API (shapes: contract/settings.ts). */
export default [
  {
    method: 'GET',
    path: '/settings',
    handler: 'settings.find',
    config: allowed('plugin::privacy-desk.settings.read'),
  },
] as const;
