import { allowed } from '../http/allowed';

const statistics = allowed('plugin::privacy-desk.ledger.statistics');
const records = allowed('plugin::privacy-desk.ledger.records');
const exporting = allowed('plugin::privacy-desk.ledger.export');

/** Routes of the admin API (shapes: contract/ledger-api.ts). */
export default [
  { method: 'GET', path: '/ledger/statistics', handler: 'ledger.statistics', config: statistics },
  { method: 'POST', path: '/ledger/records/search', handler: 'ledger.search', config: records },
  { method: 'GET', path: '/ledger/records/:id', handler: 'ledger.record', config: records },
  { method: 'GET', path: '/ledger/verification', handler: 'ledger.verification', config: records },
  { method: 'POST', path: '/ledger/verification', handler: 'ledger.verify', config: records },
  { method: 'GET', path: '/ledger/export', handler: 'ledger.export', config: exporting },
  { method: 'GET', path: '/ledger/checkpoints', handler: 'ledger.checkpoints', config: exporting },
] as const;
