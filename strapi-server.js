'use strict';
// For hosts that ignore the exports map of package.json; Strapi 5 itself uses exports['./strapi-server'].
module.exports = require('./dist/server');
