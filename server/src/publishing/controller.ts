import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { PublishingState } from '../../../contract';
import type { Action } from '../constants';
import { validationError } from '../errors';
import { getService } from '../get-service';
import { actorOf } from '../http/actor';
import { isKnownSite } from './known-site';
import { StaleDraft } from './service';
import { parseBody } from './validation';

const PUBLISH: Action = 'plugin::privacy-desk.publishing.publish';
const ROLL_BACK: Action = 'plugin::privacy-desk.publishing.roll-back';

/** Answers the admin panel's Publishing page. */
export default ({ strapi }: { strapi: Core.Strapi }) => {
  const releases = () => getService('releases', { strapi });
  const publishing = () => getService('publishing', { strapi });

  /** The site of the request, if there is or was one; else it is answered with 404. */
  const siteOf = async (ctx: Context): Promise<string | null> => {
    const { site } = ctx.params as { site: string };
    if (await isKnownSite(strapi, site)) return site;
    ctx.notFound(`There is no site with the key "${site}"`);
    return null;
  };

  const body = <Name extends Parameters<typeof parseBody>[0]>(name: Name, ctx: Context) => {
    const { value, problems } = parseBody(name, ctx.request.body);
    if (!value) throw validationError(strapi, problems);
    return value;
  };

  const stateOf = async (ctx: Context, site: string): Promise<PublishingState> => {
    const { userAbility } = ctx.state;
    return {
      site,
      mode: (await publishing().isManual(site)) ? 'manual' : 'auto',
      live: await releases().live(site),
      canPublish: userAbility.can(PUBLISH),
      canRollBack: userAbility.can(ROLL_BACK),
    };
  };

  /** Does something that somebody decided on, and answers with the new state; 409 if it is no longer what they saw. */
  const decided = async <Result>(ctx: Context, site: string, act: () => Promise<Result>): Promise<Result | void> => {
    try {
      const result = await act();
      ctx.body = await stateOf(ctx, site);
      return result;
    } catch (error) {
      if (!(error instanceof StaleDraft)) throw error;
      ctx.conflict('Something changed since you looked: look again before you decide');
    }
  };

  return {
    /** `GET /privacy-desk/sites/:site/publishing` */
    async find(ctx: Context) {
      const site = await siteOf(ctx);
      if (site) ctx.body = await stateOf(ctx, site);
    },

    /** `GET /privacy-desk/sites/:site/publishing/draft` */
    async draft(ctx: Context) {
      const site = await siteOf(ctx);
      if (!site) return;
      const draft = await releases().review(site);
      if (!draft) return ctx.notFound(`The catalogue has no site with the key "${site}"`);
      ctx.body = draft;
    },

    /** `GET /privacy-desk/sites/:site/publishing/draft/config?locale=`: as it would be published now; default: the default locale. */
    async draftConfig(ctx: Context) {
      const site = await siteOf(ctx);
      if (!site) return;
      const { locale } = ctx.query;
      if (locale !== undefined && typeof locale !== 'string')
        return ctx.badRequest('locale must be one locale', { field: 'locale' });
      const config = await releases().draftConfig(site, locale);
      if (!config) return ctx.notFound('There is no draft in this language that could be published');
      ctx.body = config;
    },

    /** `GET /privacy-desk/versions/:version`: what visitors were told. */
    async version(ctx: Context) {
      const { version } = ctx.params as { version: string };
      const config = /^[\w-]{1,64}$/.test(version) ? await publishing().readConfig(version) : null;
      if (!config) return ctx.notFound(`There is no config version "${version}"`);
      ctx.body = config;
    },

    /** `GET /privacy-desk/sites/:site/publishing/history?page=` */
    async history(ctx: Context) {
      const site = await siteOf(ctx);
      if (!site) return;
      const { page = '1' } = ctx.query;
      if (typeof page !== 'string' || !/^[1-9]\d{0,5}$/.test(page))
        return ctx.badRequest('page must be a number from 1', { field: 'page' });
      ctx.body = await releases().history(site, Number(page));
    },

    /** `GET /privacy-desk/sites/:site/publishing/history/:number` */
    async publication(ctx: Context) {
      const site = await siteOf(ctx);
      if (!site) return;
      const { number } = ctx.params as { number: string };
      const details = /^[1-9]\d{0,8}$/.test(number) ? await releases().details(site, Number(number)) : null;
      if (!details) return ctx.notFound(`There is no publication ${number} of "${site}"`);
      ctx.body = details;
    },

    /** `PUT /privacy-desk/sites/:site/publishing/mode` `{mode}` */
    async setMode(ctx: Context) {
      const site = await siteOf(ctx);
      if (!site) return;
      const { mode } = body('mode', ctx);
      await decided(ctx, site, () => releases().setMode(site, mode));
    },

    /** `POST /privacy-desk/sites/:site/publishing/publish` (body: `PublishRequest`) */
    async publish(ctx: Context) {
      const site = await siteOf(ctx);
      if (!site) return;
      const request = body('publish', ctx);
      await decided(ctx, site, () => releases().publish(site, request, actorOf(ctx.state.user)));
    },

    /** `POST /privacy-desk/sites/:site/publishing/roll-back` (body: `RollBackRequest`) */
    async rollBack(ctx: Context) {
      const site = await siteOf(ctx);
      if (!site) return;
      const request = body('rollBack', ctx);
      const found = await decided(ctx, site, () => releases().rollBack(site, request, actorOf(ctx.state.user)));
      if (found === false) ctx.notFound(`There is no publication ${request.number} of "${site}" to go back to`);
    },
  };
};
