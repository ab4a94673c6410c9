import { allowed } from '../http/allowed';

/** Routes of the admin API (shapes: contract/admin-api.ts). */
export default [
  {
    method: 'GET',
    path: '/overview',
    handler: 'overview.find',
    config: allowed('plugin::privacy-desk.overview.read'),
  },
  {
    method: 'POST',
    path: '/sites/:site/categories/:category/ask-again',
    handler: 'overview.askAgain',
    config: allowed('plugin::privacy-desk.overview.ask-again'),
  },
] as const;
