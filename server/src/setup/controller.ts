import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { Setup } from '../../../contract';
import { getService } from '../get-service';
import { parseInput } from '../http/parse-input';
import { answerStale } from '../http/versions';
import { scriptTags } from '../overview/script-tag';
import { setupAnswer } from './validation';

/** What Strapi itself asks for before somebody adds a language. */
const ADD_LOCALE = 'plugin::i18n.locale.create';

/** Answers the admin panel's assistant (shapes: contract/setup.ts). */
export default ({ strapi }: { strapi: Core.Strapi }) => {
  const setup = () => getService('setup', { strapi });
  const noSite = (ctx: Context) => ctx.notFound(`There is no site with the key "${ctx.params.site}"`);
  const mayAddLocales = (ctx: Context): boolean => ctx.state.userAbility.can(ADD_LOCALE);

  const send = async (ctx: Context) => {
    const { site } = ctx.params as { site: string };
    const found = await setup().find(site);
    if (!found) return noSite(ctx);
    const answer: Setup = {
      ...found,
      addable: mayAddLocales(ctx) ? found.addable : [],
      scriptTags: scriptTags(strapi, ctx.request.origin, site, found.locales),
    };
    ctx.body = answer;
  };

  return {
    /** `GET /privacy-desk/sites/:site/setup` */
    find: send,

    /** `PUT /privacy-desk/sites/:site/setup` */
    async take(ctx: Context) {
      const answer = parseInput(strapi, setupAnswer, (ctx.request as { body?: unknown }).body);
      if (answer.step === 'languages' && answer.add.length > 0 && !mayAddLocales(ctx))
        return ctx.forbidden('Your role may not add languages to Strapi');
      await answerStale(ctx, async () => {
        if (!(await setup().take(ctx.params.site, answer))) return noSite(ctx);
        await send(ctx);
      });
    },
  };
};
