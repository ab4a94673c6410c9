import { allowed } from '../../http/allowed';

const READ = allowed('plugin::privacy-desk.requests.read');
const HANDLE = allowed('plugin::privacy-desk.requests.read', 'plugin::privacy-desk.requests.handle');
const TEMPLATES = allowed('plugin::privacy-desk.requests.templates');
const EXPORT = allowed('plugin::privacy-desk.requests.read', 'plugin::privacy-desk.requests.export');
const ERASE = allowed('plugin::privacy-desk.requests.read', 'plugin::privacy-desk.requests.erase');
const TEMPLATE = '/request-templates/:kind/:locale';

const action = (name: string, handler: string) =>
  ({ method: 'POST', path: `/requests/:id/${name}`, handler: `data-requests.${handler}`, config: HANDLE }) as const;

/** Routes of the admin API (shapes: contract/data-requests.ts). */
export default [
  { method: 'POST', path: '/requests/search', handler: 'data-requests.search', config: READ },
  { method: 'GET', path: '/requests/counts', handler: 'data-requests.counts', config: READ },
  { method: 'GET', path: '/requests/statistics', handler: 'data-requests.statistics', config: READ },
  { method: 'GET', path: '/requests/setup', handler: 'data-requests.setup', config: READ },
  { method: 'GET', path: '/requests/:id', handler: 'data-requests.findOne', config: READ },
  action('assign', 'assign'),
  action('note', 'note'),
  action('confirm', 'confirm'),
  action('resend', 'resend'),
  action('retry', 'retry'),
  action('start', 'begin'),
  action('extend', 'extend'),
  action('answer', 'reply'),
  action('refuse', 'refuse'),
  action('withdraw', 'withdraw'),
  { method: 'POST', path: '/requests/:id/export', handler: 'data-requests.export', config: EXPORT },
  { method: 'GET', path: '/requests/:id/erasure', handler: 'data-requests.erasure', config: ERASE },
  { method: 'POST', path: '/requests/:id/erase', handler: 'data-requests.erase', config: ERASE },
  { method: 'GET', path: '/request-templates', handler: 'data-requests.templates', config: TEMPLATES },
  { method: 'PUT', path: TEMPLATE, handler: 'data-requests.saveTemplate', config: TEMPLATES },
  { method: 'DELETE', path: TEMPLATE, handler: 'data-requests.resetTemplate', config: TEMPLATES },
] as const;
