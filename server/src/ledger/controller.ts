import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { sendCheckpoints } from '../chain/send-checkpoints';
import type { Action } from '../constants';
import { getService } from '../get-service';
import { parseInput } from '../http/parse-input';
import { sendFile } from '../http/send-file';
import { actorOf } from '../http/actor';
import { isKnownSite } from '../publishing/known-site';
import { dayOf } from './counts';
import { exportConsents } from './export';
import { lastDays } from './statistics';
import { exportQuery, recordQuery, statisticsQuery } from './validation';

const READ_PERSONAL: Action = 'plugin::privacy-desk.ledger.personal';

/** Answers the admin panel's Ledger page. */
export default ({ strapi }: { strapi: Core.Strapi }) => {
  const ledger = () => getService('ledger', { strapi });

  /** Whether there is such a site; else it is answered with 404. */
  const isThere = async (ctx: Context, site: string): Promise<boolean> => {
    if (await isKnownSite(strapi, site)) return true;
    ctx.notFound(`There is no site with the key "${site}"`);
    return false;
  };

  return {
    /** `GET /privacy-desk/ledger/statistics` (query: `StatisticsQuery`) */
    async statistics(ctx: Context) {
      const { from, to, ...query } = parseInput(strapi, statisticsQuery, ctx.query);
      if (!(await isThere(ctx, query.site))) return;
      const last = lastDays(to === undefined ? undefined : dayOf(Date.parse(to)));
      ctx.body = await ledger()
        .stored()
        .statistics({ ...query, to: last.to, from: from === undefined ? last.from : dayOf(Date.parse(from)) });
    },

    /** `POST /privacy-desk/ledger/records/search` (body: `RecordQuery`) */
    async search(ctx: Context) {
      const query = parseInput(strapi, recordQuery, ctx.request.body);
      if (query.site !== undefined && !(await isThere(ctx, query.site))) return;
      ctx.body = await ledger().stored().records.search(query);
    },

    /** `GET /privacy-desk/ledger/records/:id` */
    async record(ctx: Context) {
      const { id } = ctx.params as { id: string };
      const permitted = ctx.state.userAbility.can(READ_PERSONAL);
      const record = /^[\da-f-]{36}$/i.test(id)
        ? await ledger().stored().records.find(id.toLowerCase(), permitted)
        : null;
      if (!record) return ctx.notFound('There is no such record (any more)');
      if (record.personal.state === 'readable')
        await getService('audit', { strapi }).record({
          action: 'consent.read',
          target: { type: 'consent', id: record.id },
          site: record.site,
        });
      ctx.body = record;
    },

    /** `GET /privacy-desk/ledger/verification` */
    async verification(ctx: Context) {
      ctx.body = await ledger().stored().verification.state();
    },

    /** `POST /privacy-desk/ledger/verification` */
    async verify(ctx: Context) {
      const { verification } = ledger().stored();
      if (!(await verification.start(actorOf(ctx.state.user))))
        return ctx.conflict('A verification is running already');
      ctx.status = 202;
      ctx.body = await verification.state();
    },

    /** `GET /privacy-desk/ledger/export` (query: `ExportQuery`) */
    async export(ctx: Context) {
      const query = parseInput(strapi, exportQuery, ctx.query);
      if (!(await isThere(ctx, query.site))) return;
      const { site, ...narrowed } = query;
      await getService('audit', { strapi }).record({ action: 'consent.export', site, detail: { ...narrowed } });
      const { type, fileName, stream } = exportConsents(strapi, query);
      sendFile(strapi, ctx, type, fileName, stream);
    },

    /** `GET /privacy-desk/ledger/checkpoints`: every checkpoint, then the public keys, one JSON per line. */
    async checkpoints(ctx: Context) {
      await sendCheckpoints(strapi, ctx, ledger().checkpoints(), 'checkpoints');
    },
  };
};
