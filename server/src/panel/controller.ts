import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { Panel } from '../../../contract';
import { isCatalogueUid, PLUGIN_ID } from '../constants';
import { getService } from '../get-service';
import { actionsOf } from '../http/allowed';

/** Answers what every page of the admin panel needs. */
export default ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /privacy-desk/panel` */
  async find(ctx: Context) {
    const panel: Panel = { ...(await getService('panel', { strapi }).find()), actions: actionsOf(ctx) };
    ctx.body = panel;
  },

  /** `GET /privacy-desk/attention` */
  async attention(ctx: Context) {
    ctx.body = await getService('panel', { strapi }).attention(actionsOf(ctx));
  },

  /** `GET /privacy-desk/entries/:type/:documentId` */
  async entry(ctx: Context) {
    const { type, documentId } = ctx.params;
    const uid = `plugin::${PLUGIN_ID}.${type}`;
    if (!isCatalogueUid(uid)) return ctx.notFound(`There is no type "${type}"`);
    const state = await getService('panel', { strapi }).entry(uid, documentId);
    if (!state) return ctx.notFound('There is no such entry (any more)');
    ctx.body = state;
  },
});
