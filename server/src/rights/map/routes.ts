import { allowed } from '../../http/allowed';

const READ = allowed('plugin::privacy-desk.personal-data.read');
const WRITE = allowed('plugin::privacy-desk.personal-data.write');
const ONE = '/personal-data/map/:uid';

/** Routes of the admin API (shapes: contract/personal-data.ts). */
export default [
  { method: 'GET', path: '/personal-data/map', handler: 'personal-data.find', config: READ },
  { method: 'GET', path: ONE, handler: 'personal-data.findOne', config: READ },
  { method: 'PUT', path: ONE, handler: 'personal-data.save', config: WRITE },
  { method: 'DELETE', path: ONE, handler: 'personal-data.reset', config: WRITE },
] as const;
