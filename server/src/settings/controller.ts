import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { DeskSettings } from '../../../contract';
import { pluginConfig } from '../config';
import { getService } from '../get-service';

/** Answers what the server was started with; no secret is among it. */
export default ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /privacy-desk/settings` */
  async find(ctx: Context) {
    const { cache, consents, keys, geo, redis, pollIntervalSeconds } = pluginConfig(strapi);
    const { keys: signing } = await getService('keyRing', { strapi }).jwks();
    const settings: DeskSettings = {
      cache,
      consents: {
        enabled: consents.enabled,
        rateLimit: process.env.RATE_LIMIT === 'off' ? null : consents.rateLimit,
        checkpointMinutes: consents.checkpointMinutes,
        ip: consents.personal.ip,
        userAgentFamily: consents.personal.userAgentFamily,
        country: consents.personal.countryHeader !== null,
      },
      keys: {
        previous: Boolean(process.env.PRIVACY_DESK_PREVIOUS_MASTER_KEY || keys.previous),
        signing: signing.map(({ kid }) => kid),
      },
      geo: {
        headers: geo.headers === null || typeof geo.headers === 'string' ? geo.headers : geo.headers.country,
        trustedProxies: geo.trustedProxies,
        database: geo.database !== null,
        knowsCountry: getService('geo', { strapi }).knowsCountry(),
      },
      redis: redis.url !== null,
      pollIntervalSeconds,
    };
    ctx.body = settings;
  },
});
