import { allowed } from '../http/allowed';

const reading = allowed('plugin::privacy-desk.translations.read');
const writing = allowed('plugin::privacy-desk.translations.write');

/** Routes of the admin API (shapes: contract/translations.ts). */
export default [
  { method: 'GET', path: '/translations', handler: 'translations.matrix', config: reading },
  { method: 'GET', path: '/translations/progress', handler: 'translations.progress', config: reading },
  { method: 'GET', path: '/translations/:locale', handler: 'translations.find', config: reading },
  { method: 'PUT', path: '/translations/:locale', handler: 'translations.save', config: writing },
  { method: 'GET', path: '/translations/:locale/export', handler: 'translations.export', config: reading },
  { method: 'POST', path: '/translations/:locale/import', handler: 'translations.preview', config: writing },
] as const;
