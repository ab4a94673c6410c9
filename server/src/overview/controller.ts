import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { Overview } from '../../../contract';
import type { Action } from '../constants';
import { getService } from '../get-service';
import { actorOf } from '../http/actor';
import { scriptTags } from './script-tag';

const ASK_AGAIN: Action = 'plugin::privacy-desk.overview.ask-again';

/** Answers the admin panel's Overview page. */
export default ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /privacy-desk/overview?site=` */
  async find(ctx: Context) {
    const { site } = ctx.query;
    if (site !== undefined && (typeof site !== 'string' || site === ''))
      return ctx.badRequest('site must be the key of one site', { field: 'site' });
    const overview = await getService('overview', { strapi }).find(site);
    if (!overview) return ctx.notFound(`There is no site with the key "${site}"`);

    const key = overview.site?.key;
    const answer: Overview = {
      ...overview,
      scriptTags: key ? scriptTags(strapi, ctx.request.origin, key, overview.locales) : {},
      canAskAgain: ctx.state.userAbility.can(ASK_AGAIN),
    };
    ctx.body = answer;
  },

  /** `POST /privacy-desk/sites/:site/categories/:category/ask-again` */
  async askAgain(ctx: Context) {
    const { site, category } = ctx.params;
    const publishing = getService('publishing', { strapi });
    const published = await publishing.status(site);
    if (!published) return ctx.notFound(`There is no site with the key "${site}"`);
    if (!Object.hasOwn(published.revisions, category))
      return ctx.notFound(`Nothing is published of a category with the key "${category}"`);
    await publishing.askAgain(site, category, [actorOf(ctx.state.user)]);
    ctx.status = 204;
  },
});
