import { createHash } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';
import type { Install } from '../../../contract';
import { getService } from '../get-service';
import { parseInput } from '../http/parse-input';
import { clientUrl } from '../overview/script-tag';
import { browserFiles } from '../publishing/browser-files';
import { readOrigins } from '../publishing/read-origins';

const installQuery = z.strictObject({ site: z.string('must be the key of a site').max(200) });

/** Answers the admin panel's Install page. */
export default ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /privacy-desk/install?site=` */
  async find(ctx: Context) {
    const { site } = parseInput(strapi, installQuery, ctx.query);
    const { sites } = await getService('panel', { strapi }).find();
    if (!sites.some(({ key }) => key === site)) return ctx.notFound(`There is no site with the key "${site}"`);
    const url = clientUrl({
      serverUrl: strapi.config.get('server.url', ''),
      apiPrefix: strapi.config.get('api.rest.prefix', '/api'),
      requestOrigin: ctx.request.origin,
    });
    const stub = browserFiles().stub.trim();
    const answer: Install = {
      site,
      clientUrl: url,
      endpoint: url.replace(/\/client\.js$/, ''),
      stub,
      stubHash: `'sha256-${createHash('sha256').update(stub).digest('base64')}'`,
      origins: (await readOrigins(strapi, site)) ?? [],
      seen: getService('install', { strapi }).of(site),
    };
    ctx.body = answer;
  },
});
