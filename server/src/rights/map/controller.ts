import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { getService } from '../../get-service';
import { parseInput } from '../../http/parse-input';
import { answerStale } from '../../http/versions';
import { mapChangeSchema } from './validation';

/** Admin API of the personal-data map; shapes: contract/personal-data.ts. */
export default ({ strapi }: { strapi: Core.Strapi }) => {
  const map = () => getService('personalDataMap', { strapi });
  const uidOf = (ctx: Context): string => (ctx.params as { uid: string }).uid;
  const answer = async (ctx: Context): Promise<void> => {
    const found = await map().findOne(uidOf(ctx));
    if (!found) return ctx.notFound(`There is no content type ${uidOf(ctx)} that can be mapped`);
    ctx.body = found;
  };
  return {
    /** `GET /privacy-desk/personal-data/map` */
    async find(ctx: Context) {
      ctx.body = await map().find();
    },
    /** `GET /privacy-desk/personal-data/map/:uid` */
    findOne: answer,
    /** `PUT /privacy-desk/personal-data/map/:uid` */
    async save(ctx: Context) {
      const change = parseInput(strapi, mapChangeSchema, ctx.request.body);
      await answerStale(ctx, async () => {
        await map().save(uidOf(ctx), change);
        await answer(ctx);
      });
    },
    /** `DELETE /privacy-desk/personal-data/map/:uid` */
    async reset(ctx: Context) {
      await map().reset(uidOf(ctx));
      await answer(ctx);
    },
  };
};
