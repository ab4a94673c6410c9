import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { REQUEST_MAILS, type RequestActions, type RequestDetails, type RequestMail } from '../../../../contract';
import { getService } from '../../get-service';
import { parseInput } from '../../http/parse-input';
import { actorOf } from '../../http/actor';
import { isLanguageTag } from '../../publishing/public-request';
import type { PlainAction } from './actions';
import { RequestConflict } from './store';
import { actionInputs, requestQuery, templateChange } from './validation';

const NO_REQUEST = 'There is no such request (any more)';

/** Answers the admin panel's page of data requests (shapes: contract/data-requests.ts). */
export default ({ strapi }: { strapi: Core.Strapi }) => {
  const requests = () => getService('dataRequests', { strapi });
  const body = (ctx: Context): unknown => (ctx.request as { body?: unknown }).body;
  const idOf = (ctx: Context): string => String((ctx.params as { id: string }).id).toLowerCase();

  /** A request that is in another state, or was changed meanwhile, is answered with 409 and as it is now. */
  const answerConflict = async (ctx: Context, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof RequestConflict)) throw error;
      ctx.conflict(error.message, { state: error.state });
    }
  };

  const action =
    <Name extends PlainAction>(name: Name) =>
    (ctx: Context) =>
      answerConflict(ctx, async () => {
        const input = parseInput(strapi, actionInputs[name], body(ctx)) as unknown as RequestActions[Name] & {
          version: number;
        };
        const details = await requests().act(name, idOf(ctx), input, actorOf(ctx.state.user));
        if (!details) return ctx.notFound(NO_REQUEST);
        ctx.body = details;
      });

  const templateOf = (ctx: Context): { kind: RequestMail; locale: string } | null => {
    const { kind, locale } = ctx.params as { kind: string; locale: string };
    const known = (REQUEST_MAILS as readonly string[]).includes(kind) && isLanguageTag(locale);
    return known ? { kind: kind as RequestMail, locale } : null;
  };

  /** Who looks at what is stored of a person is recorded. */
  const recordLook = (action: string, { id, reference, site }: RequestDetails): Promise<void> =>
    getService('audit', { strapi }).record({ action, target: { type: 'data-request', id, label: reference }, site });

  return {
    /** `POST /privacy-desk/requests/search` (body: `RequestQuery`) */
    async search(ctx: Context) {
      ctx.body = await requests()
        .inbox()
        .search(parseInput(strapi, requestQuery, body(ctx)));
    },
    /** `GET /privacy-desk/requests/counts` */
    async counts(ctx: Context) {
      ctx.body = await requests().inbox().counts();
    },
    /** `GET /privacy-desk/requests/statistics` */
    async statistics(ctx: Context) {
      ctx.body = await requests().inbox().statistics();
    },
    /** `GET /privacy-desk/requests/setup` */
    async setup(ctx: Context) {
      ctx.body = await requests().setup(actorOf(ctx.state.user));
    },
    /** `GET /privacy-desk/requests/:id` */
    async findOne(ctx: Context) {
      const details = await requests().inbox().details(idOf(ctx));
      if (!details) return ctx.notFound(NO_REQUEST);
      await recordLook('request.read', details);
      ctx.body = details;
    },

    /** `POST /privacy-desk/requests/:id/<action>` */
    assign: action('assign'),
    note: action('note'),
    confirm: action('confirm'),
    resend: action('resend'),
    retry: action('retry'),
    begin: action('start'),
    extend: action('extend'),
    reply: action('answer'),
    refuse: action('refuse'),
    withdraw: action('withdraw'),
    export: action('export'),

    /** `GET /privacy-desk/requests/:id/erasure` */
    erasure: (ctx: Context) =>
      answerConflict(ctx, async () => {
        const details = await requests().inbox().details(idOf(ctx));
        const plan = details && (await requests().erasurePlan(details.id));
        if (!plan) return ctx.notFound(NO_REQUEST);
        await recordLook('subject.find', details);
        ctx.body = plan;
      }),
    /** `POST /privacy-desk/requests/:id/erase` */
    erase: (ctx: Context) =>
      answerConflict(ctx, async () => {
        const input = parseInput(strapi, actionInputs.erase, body(ctx));
        const done = await requests().erase(idOf(ctx), input, actorOf(ctx.state.user));
        if (!done) return ctx.notFound(NO_REQUEST);
        if (done.erasure.state !== 'done') ctx.status = 202;
        ctx.body = done.details;
      }),

    /** `GET /privacy-desk/request-templates` */
    async templates(ctx: Context) {
      ctx.body = await requests().templates().all();
    },
    /** `PUT /privacy-desk/request-templates/:kind/:locale` */
    async saveTemplate(ctx: Context) {
      const template = templateOf(ctx);
      if (!template) return ctx.notFound('There is no such mail');
      const change = parseInput(strapi, templateChange(template.kind), body(ctx));
      await requests().saveTemplate(template.kind, template.locale, change);
      ctx.body = await requests().templates().all();
    },
    /** `DELETE /privacy-desk/request-templates/:kind/:locale` */
    async resetTemplate(ctx: Context) {
      const template = templateOf(ctx);
      if (!template) return ctx.notFound('There is no such mail');
      await requests().saveTemplate(template.kind, template.locale, null);
      ctx.body = await requests().templates().all();
    },
  };
};
