'use strict';
/** What one writes without further thought: one row per request, through Strapi's query engine. */
module.exports = ({ strapi }) => ({
  async create(ctx) {
    const { id, site, locale, configVersion, subject, choices, source, decidedAt } = ctx.request.body;
    const row = await strapi.db.query('api::bench-consent.bench-consent').create({
      data: { consentId: id, site, consentLocale: locale, configVersion, subject, choices, source, decidedAt },
    });
    ctx.status = 201;
    ctx.body = { id: row.consentId };
  },
});
