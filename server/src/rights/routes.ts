import { allowed, allowedAny } from '../http/allowed';

const EXPORT = 'plugin::privacy-desk.personal-data.export';
const WRITE = allowed('plugin::privacy-desk.personal-data.write');
const ERASE = 'plugin::privacy-desk.personal-data.erase';

/** Routes of the admin API (shapes: contract/rights.ts). Who is meant stands in the body, so that no log of addresses names people. */
export default [
  { method: 'POST', path: '/personal-data/find', handler: 'rights.find', config: allowedAny(EXPORT, ERASE) },
  { method: 'POST', path: '/personal-data/export', handler: 'rights.export', config: allowed(EXPORT) },
  { method: 'POST', path: '/personal-data/export-tickets', handler: 'rights.exportTicket', config: allowed(EXPORT) },
  { method: 'GET', path: '/personal-data/export', handler: 'rights.download', config: allowed(EXPORT) },
  { method: 'POST', path: '/personal-data/erasures', handler: 'rights.erase', config: allowed(ERASE) },
  { method: 'GET', path: '/personal-data/erasures', handler: 'rights.erasures', config: allowed(ERASE) },
  {
    method: 'GET',
    path: '/personal-data/records',
    handler: 'rights.records',
    config: allowed('plugin::privacy-desk.personal-data.read'),
  },
  { method: 'PUT', path: '/personal-data/records/organisation', handler: 'rights.saveOrganisation', config: WRITE },
  { method: 'PUT', path: '/personal-data/records/activities/:key', handler: 'rights.saveActivity', config: WRITE },
] as const;
