import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';
import type { RevealRequest } from '../../../contract';
import { getService } from '../get-service';
import { parseInput } from '../http/parse-input';

const text = z.string('must be a text').min(1, 'must not be empty').max(500, 'must not be longer than 500 characters');

const revealRequest = z.strictObject(
  {
    uid: text,
    documentId: text,
    locale: text.nullable(),
    status: z.enum(['draft', 'published'], 'must be draft or published'),
    path: text,
  },
  'must be an object',
) satisfies z.ZodType<RevealRequest>;

/** Shows encrypted values (shapes: contract/encrypted-fields.ts). */
export default ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `POST /privacy-desk/fields/reveal` */
  async revealValue(ctx: Context) {
    const request = parseInput(strapi, revealRequest, (ctx.request as { body?: unknown }).body);
    const answer = await getService('fields', { strapi }).reveal(request, ctx);
    if (!answer) return ctx.notFound('There is no such encrypted field');
    ctx.set('Cache-Control', 'no-store');
    ctx.body = answer;
  },

  /** `GET /api/privacy-desk/fields/reveal`: Strapi has answered 403 already where it is not so. */
  reveal(ctx: Context) {
    ctx.body = { data: { reveal: true } };
  },
});
