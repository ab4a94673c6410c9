import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { ExportTicket, PersonalExportRequest, PersonQuery } from '../../../contract';
import { getService } from '../get-service';
import { parseInput } from '../http/parse-input';
import { answerStale } from '../http/versions';
import { subjectIn } from '../ledger/records';
import { openTicket, sealTicket } from './export-tickets';
import { USER_UID } from './map/paths';
import { findPerson, type Person } from './person';
import { recordsCsv } from './records/csv';
import { activitySave, organisationSave } from './records/validation';
import { sendExport } from './send-export';
import { erasureSchema, exportSchema, findSchema, recordsSchema, ticketSchema } from './validation';

const namedBy = ({ user, email, subject }: PersonQuery): string => String(user ?? email ?? subject);

/** As an erasure knows the person, so that it is forgotten with them. */
const knownAs = ({ email, subject, ...query }: PersonQuery): string =>
  email?.toLowerCase() ?? (subject && subjectIn(subject)) ?? namedBy(query);

/** Admin API for the rights of persons; shapes: contract/rights.ts. */
export default ({ strapi }: { strapi: Core.Strapi }) => {
  const rights = () => getService('rights', { strapi });
  const body = (ctx: Context): unknown => (ctx.request as { body?: unknown }).body;
  /** As the audit trail names a person: a user by the account, others by what was asked for. */
  const targetOf = (query: PersonQuery, { users: [user] }: Person) =>
    user
      ? { type: USER_UID, id: user.documentId, label: user.email }
      : { type: 'person', id: knownAs(query), label: namedBy(query) };
  const adminOf = (ctx: Context): number => (ctx.state.user as { id: number }).id;
  const sendExportOf = async (ctx: Context, wanted: PersonalExportRequest): Promise<void> => {
    const { person: query, format, files = true, locale } = wanted;
    const person = await findPerson(strapi, query);
    const made =
      files || format === 'csv'
        ? await rights().access.archive(person, format, locale ?? 'en')
        : await rights().access.document(person, format);
    await getService('audit', { strapi }).record({
      action: 'subject.export',
      target: targetOf(query, person),
      detail: { format },
    });
    sendExport(ctx, made);
  };

  return {
    /** `POST /privacy-desk/personal-data/find` */
    async find(ctx: Context) {
      const { person: query } = parseInput(strapi, findSchema, body(ctx));
      const person = await findPerson(strapi, query);
      await getService('audit', { strapi }).record({ action: 'subject.find', target: targetOf(query, person) });
      ctx.body = await rights().erasures.plan(person);
    },

    /** `POST /privacy-desk/personal-data/export` */
    async export(ctx: Context) {
      await sendExportOf(ctx, parseInput(strapi, exportSchema, body(ctx)));
    },

    /** `POST /privacy-desk/personal-data/export-tickets` */
    exportTicket(ctx: Context) {
      const wanted = parseInput(strapi, exportSchema, body(ctx));
      ctx.body = { ticket: sealTicket(strapi, wanted, adminOf(ctx)) } satisfies ExportTicket;
    },

    /** `GET /privacy-desk/personal-data/export?ticket=` */
    async download(ctx: Context) {
      const { ticket } = parseInput(strapi, ticketSchema, { ...ctx.query });
      const wanted = openTicket(strapi, ticket, adminOf(ctx));
      if (!wanted) return ctx.badRequest('ticket: is not yours, or not good any more');
      await sendExportOf(ctx, wanted);
    },

    /** `POST /privacy-desk/personal-data/erasures` */
    async erase(ctx: Context) {
      const { person: query, dryRun, confirm } = parseInput(strapi, erasureSchema, body(ctx));
      const person = await findPerson(strapi, query);
      if (dryRun) {
        await getService('audit', { strapi }).record({ action: 'subject.find', target: targetOf(query, person) });
        ctx.body = await rights().erasures.plan(person);
        return;
      }
      if (confirm?.trim().toLowerCase() !== namedBy(query).trim().toLowerCase())
        return ctx.badRequest('confirm: must repeat who is to be erased', {
          errors: [{ path: ['confirm'], message: 'must repeat who is to be erased', name: 'ValidationError' }],
        });
      const erasure = await rights().erasures.erase(person, 'admin');
      if (erasure.state !== 'done') ctx.status = 202;
      ctx.body = erasure;
    },

    /** `GET /privacy-desk/personal-data/records[?format=csv]` */
    async records(ctx: Context) {
      const { format } = parseInput(strapi, recordsSchema, { ...ctx.query });
      const found = await getService('processingRecords', { strapi }).find();
      if (format === 'json') {
        ctx.body = found;
        return;
      }
      ctx.set('Content-Type', 'text/csv; charset=utf-8; header=present');
      ctx.set(
        'Content-Disposition',
        `attachment; filename="records-of-processing-${found.createdAt.slice(0, 10)}.csv"`,
      );
      ctx.body = recordsCsv(found);
    },

    /** `PUT /privacy-desk/personal-data/records/organisation` */
    async saveOrganisation(ctx: Context) {
      const save = parseInput(strapi, organisationSave, body(ctx));
      await answerStale(ctx, async () => {
        ctx.body = await getService('processingRecords', { strapi }).saveOrganisation(save);
      });
    },

    /** `PUT /privacy-desk/personal-data/records/activities/:key` */
    async saveActivity(ctx: Context) {
      const { key } = ctx.params as { key: string };
      const save = parseInput(strapi, activitySave, body(ctx));
      await answerStale(ctx, async () => {
        const saved = await getService('processingRecords', { strapi }).saveActivity(key, save);
        if (!saved) return ctx.notFound(`There is no record ${key}`);
        ctx.body = saved;
      });
    },

    /** `GET /privacy-desk/personal-data/erasures` */
    async erasures(ctx: Context) {
      ctx.body = { erasures: await rights().erasures.list() };
    },
  };
};
