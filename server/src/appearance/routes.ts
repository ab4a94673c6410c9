import { allowed, allowedAny } from '../http/allowed';

const path = '/sites/:site/appearance';

/** Routes of the admin API (shapes: contract/appearance.ts). */
export default [
  { method: 'GET', path, handler: 'appearance.find', config: allowed('plugin::privacy-desk.appearance.read') },
  { method: 'PUT', path, handler: 'appearance.save', config: allowed('plugin::privacy-desk.appearance.write') },
  {
    method: 'GET',
    path: `${path}/preview`,
    handler: 'appearance.preview',
    config: allowedAny('plugin::privacy-desk.appearance.read', 'plugin::privacy-desk.overview.set-up'),
  },
] as const;
