import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { CategoryForm, EntrySave, ItemForm } from '../../../contract';
import { CATEGORY_UID, TRACKING_ITEM_UID } from '../constants';
import { getService } from '../get-service';
import { parseInput } from '../http/parse-input';
import { answerStale } from '../http/versions';
import { AlreadyAdded } from './presets';
import {
  bulkChange,
  categoryCreation,
  categoryOrder,
  categorySave,
  inventoryQuery,
  itemCreation,
  itemMove,
  itemSave,
  presetsQuery,
} from './validation';

const types = {
  items: { uid: TRACKING_ITEM_UID, save: itemSave, creation: itemCreation },
  categories: { uid: CATEGORY_UID, save: categorySave, creation: categoryCreation },
} as const;

/** Answers the admin panel's Inventory page (shapes: contract/inventory.ts). */
export default ({ strapi }: { strapi: Core.Strapi }) => {
  const inventory = () => getService('inventory', { strapi });
  const body = (ctx: Context): unknown => (ctx.request as { body?: unknown }).body;

  const entry = (type: keyof typeof types) => async (ctx: Context) => {
    const found = await inventory().entry(types[type].uid, ctx.params.documentId);
    if (!found) return ctx.notFound('There is no such entry (any more)');
    ctx.body = found;
  };
  const create = (type: keyof typeof types) => async (ctx: Context) => {
    const { uid, creation } = types[type];
    const { form } = parseInput(strapi, creation, body(ctx));
    const documentId = await inventory().create(uid, form as Partial<ItemForm & CategoryForm>);
    ctx.status = 201;
    ctx.body = await inventory().entry(uid, documentId);
  };
  const save = (type: keyof typeof types) => (ctx: Context) =>
    answerStale(ctx, async () => {
      const { uid, save: schema } = types[type];
      const { documentId } = ctx.params;
      const given = parseInput(strapi, schema, body(ctx)) as EntrySave<ItemForm & CategoryForm>;
      if (!(await inventory().save(uid, documentId, given))) return ctx.notFound('There is no such entry (any more)');
      ctx.body = await inventory().entry(uid, documentId);
    });

  return {
    /** `GET /privacy-desk/inventory` */
    async find(ctx: Context) {
      ctx.body = await inventory().find(parseInput(strapi, inventoryQuery, ctx.query));
    },

    /** `GET /privacy-desk/inventory/items/:documentId`, `…/categories/:documentId` */
    item: entry('items'),
    category: entry('categories'),

    /** `POST /privacy-desk/inventory/items`, `…/categories` */
    createItem: create('items'),
    createCategory: create('categories'),

    /** `PUT /privacy-desk/inventory/items/:documentId`, `…/categories/:documentId` */
    saveItem: save('items'),
    saveCategory: save('categories'),

    /** `POST /privacy-desk/inventory/bulk` */
    async bulk(ctx: Context) {
      ctx.body = { changed: await inventory().bulk(parseInput(strapi, bulkChange, body(ctx))) };
    },

    /** `POST /privacy-desk/inventory/move` */
    async move(ctx: Context) {
      ctx.body = { changed: await inventory().move(parseInput(strapi, itemMove, body(ctx))) };
    },

    /** `POST /privacy-desk/inventory/categories/order` */
    async orderCategories(ctx: Context) {
      await inventory().orderCategories(parseInput(strapi, categoryOrder, body(ctx)).categories);
      ctx.status = 204;
    },

    /** `GET /privacy-desk/inventory/presets?language=` */
    async presets(ctx: Context) {
      const { language = 'en' } = parseInput(strapi, presetsQuery, ctx.query);
      ctx.body = { presets: await getService('presets', { strapi }).find(language) };
    },

    /** `POST /privacy-desk/inventory/presets/:key` */
    async addPreset(ctx: Context) {
      const { key } = ctx.params;
      try {
        const added = await getService('presets', { strapi }).add(key);
        if (!added) return ctx.notFound(`The library has no service with the key "${key}"`);
        ctx.status = 201;
        ctx.body = added;
      } catch (error) {
        if (!(error instanceof AlreadyAdded)) throw error;
        ctx.conflict(error.message, { documentId: error.documentId });
      }
    },
  };
};
