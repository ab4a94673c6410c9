'use strict';
module.exports = () => ({
  'users-permissions': { config: { jwtSecret: 'bench-jwt-secret' } },
  'privacy-desk': {
    enabled: true,
    resolve: process.env.PRIVACY_DESK_PLUGIN,
    config: { seed: false, ...JSON.parse(process.env.PRIVACY_DESK_CONFIG ?? '{}') },
  },
});
