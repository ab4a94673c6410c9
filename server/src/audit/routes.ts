import { allowed } from '../http/allowed';

const reading = allowed('plugin::privacy-desk.audit.read');
const exporting = allowed('plugin::privacy-desk.audit.export');

/** Routes of the admin API (shapes: contract/audit-api.ts). */
export default [
  { method: 'GET', path: '/audit/filters', handler: 'audit.filters', config: reading },
  { method: 'POST', path: '/audit/search', handler: 'audit.search', config: reading },
  { method: 'GET', path: '/audit/entries/:id', handler: 'audit.entry', config: reading },
  { method: 'GET', path: '/audit/verification', handler: 'audit.verification', config: reading },
  { method: 'POST', path: '/audit/verification', handler: 'audit.verify', config: reading },
  { method: 'POST', path: '/audit/export', handler: 'audit.prepareExport', config: exporting },
  { method: 'GET', path: '/audit/export', handler: 'audit.export', config: exporting },
  { method: 'GET', path: '/audit/checkpoints', handler: 'audit.checkpoints', config: exporting },
] as const;
