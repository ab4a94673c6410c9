import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { AuditExportQuery, AuditExportTicket } from '../../../contract';
import { sendCheckpoints } from '../chain/send-checkpoints';
import { getService } from '../get-service';
import { parseInput } from '../http/parse-input';
import { sendFile } from '../http/send-file';
import { actorOf } from '../http/actor';
import { exportEntries } from './export';
import { auditExportQuery, auditQuery, exportTicket } from './validation';

const TICKET = 'ticket of an audit export';
const TICKET_MS = 5 * 60_000;

interface Ticket {
  query: AuditExportQuery;
  untilMs: number;
}

/** Answers the admin panel's Audit page. Who looks at persons through it, exports or verifies it is recorded in it. */
export default ({ strapi }: { strapi: Core.Strapi }) => {
  const audit = () => getService('audit', { strapi });
  const keyRing = () => getService('keyRing', { strapi });

  const readTicket = (text: string): AuditExportQuery | null => {
    try {
      const { query, untilMs } = JSON.parse(keyRing().open(text, TICKET).toString()) as Ticket;
      return untilMs > Date.now() ? query : null;
    } catch {
      return null;
    }
  };

  return {
    /** `GET /privacy-desk/audit/filters` */
    async filters(ctx: Context) {
      ctx.body = await audit().entries().filters();
    },

    /** `POST /privacy-desk/audit/search` (body: `AuditQuery`) */
    async search(ctx: Context) {
      ctx.body = await audit()
        .entries()
        .search(parseInput(strapi, auditQuery, ctx.request.body));
    },

    /** `GET /privacy-desk/audit/entries/:id` */
    async entry(ctx: Context) {
      const { id } = ctx.params as { id: string };
      const found = /^[\da-f-]{36}$/i.test(id) ? await audit().entries().find(id.toLowerCase()) : null;
      if (!found) return ctx.notFound('There is no such entry (any more)');
      if (found.recorded) await audit().record({ action: 'audit.read', target: { type: 'audit-entry', id: found.id } });
      ctx.set('Cache-Control', 'no-store');
      ctx.body = found;
    },

    /** `GET /privacy-desk/audit/verification` */
    async verification(ctx: Context) {
      ctx.body = await audit().verification().state();
    },

    /** `POST /privacy-desk/audit/verification` */
    async verify(ctx: Context) {
      if (!(await audit().verification().start(actorOf(ctx.state.user))))
        return ctx.conflict('A verification is running already');
      await audit().record({ action: 'audit.verify' });
      ctx.status = 202;
      ctx.body = await audit().verification().state();
    },

    /** `POST /privacy-desk/audit/export` (body: `AuditExportQuery`) */
    prepareExport(ctx: Context) {
      const query = parseInput(strapi, auditExportQuery, ctx.request.body);
      const ticket: Ticket = { query, untilMs: Date.now() + TICKET_MS };
      ctx.body = { ticket: keyRing().seal(JSON.stringify(ticket), TICKET) } satisfies AuditExportTicket;
    },

    /** `GET /privacy-desk/audit/export?ticket=` */
    async export(ctx: Context) {
      const query = readTicket(parseInput(strapi, exportTicket, ctx.query).ticket);
      if (!query) return ctx.badRequest('ticket: is none, or not good any more', { field: 'ticket' });
      const { format, target, actor, ...narrowed } = query;
      // Whom it was narrowed to is sealed, and forgotten with them.
      await audit().record({
        action: 'audit.export',
        ...(target !== undefined && { target: { type: 'person', id: target.toLowerCase(), label: target } }),
        detail: { format, ...narrowed, ...(actor !== undefined && { byActor: true }) },
      });
      const { type, fileName, stream } = exportEntries(audit().entries(), query);
      sendFile(strapi, ctx, type, fileName, stream);
    },

    /** `GET /privacy-desk/audit/checkpoints`: every checkpoint, then the public keys, one JSON per line. */
    async checkpoints(ctx: Context) {
      await sendCheckpoints(strapi, ctx, audit().checkpoints(), 'audit-checkpoints');
    },
  };
};
