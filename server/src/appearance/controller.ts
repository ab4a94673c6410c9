import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { getService } from '../get-service';
import { parseInput } from '../http/parse-input';
import { answerStale } from '../http/versions';
import { appearanceSave, previewQuery } from './validation';

/** Answers the admin panel's Appearance page (shapes: contract/appearance.ts). */
export default ({ strapi }: { strapi: Core.Strapi }) => {
  const appearance = () => getService('appearance', { strapi });
  const noSite = (ctx: Context) => ctx.notFound(`There is no site with the key "${ctx.params.site}"`);

  return {
    /** `GET /privacy-desk/sites/:site/appearance` */
    async find(ctx: Context) {
      const found = await appearance().find(ctx.params.site);
      if (!found) return noSite(ctx);
      ctx.body = found;
    },

    /** `PUT /privacy-desk/sites/:site/appearance` */
    async save(ctx: Context) {
      const save = parseInput(strapi, appearanceSave, (ctx.request as { body?: unknown }).body);
      const { site } = ctx.params as { site: string };
      await answerStale(ctx, async () => {
        if (!(await appearance().save(site, save))) return noSite(ctx);
        ctx.body = await appearance().find(site);
      });
    },

    /** `GET /privacy-desk/sites/:site/appearance/preview?locale=&regime=` */
    async preview(ctx: Context) {
      const { locale, regime } = parseInput(strapi, previewQuery, ctx.query);
      const found = await getService('publishing', { strapi }).preview(ctx.params.site, locale, regime);
      if (!found) return ctx.notFound('There is no such site or language');
      if (Array.isArray(found))
        return ctx.unprocessableEntity('The catalogue has problems, so there is nothing to show', { problems: found });
      ctx.body = found;
    },
  };
};
