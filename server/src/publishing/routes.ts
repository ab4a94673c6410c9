import { allowed, allowedAny } from '../http/allowed';

const read = allowed('plugin::privacy-desk.publishing.read');
const publish = allowed('plugin::privacy-desk.publishing.publish');
const rollBack = allowed('plugin::privacy-desk.publishing.roll-back');
const path = '/sites/:site/publishing';

/** Routes of the admin API (shapes: contract/publishing-api.ts). */
export default [
  { method: 'GET', path, handler: 'publishing.find', config: read },
  { method: 'GET', path: `${path}/draft`, handler: 'publishing.draft', config: read },
  { method: 'GET', path: `${path}/draft/config`, handler: 'publishing.draftConfig', config: read },
  { method: 'GET', path: `${path}/history`, handler: 'publishing.history', config: read },
  { method: 'GET', path: `${path}/history/:number`, handler: 'publishing.publication', config: read },
  // What visitors saw is part of their records, too.
  {
    method: 'GET',
    path: '/versions/:version',
    handler: 'publishing.version',
    config: allowedAny('plugin::privacy-desk.publishing.read', 'plugin::privacy-desk.ledger.records'),
  },
  { method: 'PUT', path: `${path}/mode`, handler: 'publishing.setMode', config: publish },
  { method: 'POST', path: `${path}/publish`, handler: 'publishing.publish', config: publish },
  { method: 'POST', path: `${path}/roll-back`, handler: 'publishing.rollBack', config: rollBack },
] as const;
