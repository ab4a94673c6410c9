'use strict';
module.exports = {
  routes: [{ method: 'POST', path: '/bench-consents', handler: 'bench-consent.create', config: { auth: false } }],
};
