import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { pluginConfig } from '../../config';
import { getService } from '../../get-service';
import { parseInput } from '../../http/parse-input';
import { subjectIn } from '../../ledger/records';
import { subjectHashOf } from '../../ledger/ingest';
import { linkSubject } from '../links';
import { USER_UID } from '../map/paths';
import { findPerson } from '../person';
import { sendExport } from '../send-export';
import { ownErasureSchema, ownExportSchema, ownSubjectSchema } from '../validation';
import { ownAccount, type OwnAccount } from './account';

/** Names under which somebody might ask for somebody else. */
const OTHERS = ['user', 'userId', 'id', 'email', 'subject', 'documentId'];

/** `/me`: a logged-in user's own data. */
export default ({ strapi }: { strapi: Core.Strapi }) => {
  const rights = () => getService('rights', { strapi });
  const audit = () => getService('audit', { strapi });
  /** Exports under way: one per user, since each reads everything. */
  const exporting = new Set<number>();

  const actorOf = ({ documentId, username }: OwnAccount) => ({ type: 'user', id: documentId, name: username }) as const;

  const account = async (ctx: Context): Promise<OwnAccount | null> => {
    ctx.set('Cache-Control', 'no-store');
    const own = await ownAccount(strapi, ctx);
    if (!own) {
      ctx.set('WWW-Authenticate', 'Bearer');
      ctx.unauthorized('A valid token of a user is needed: Authorization: Bearer <JWT>');
    }
    return own;
  };

  /** Refuses to speak of others, whether there are such people or not. */
  const refuseOthers = async (ctx: Context, own: OwnAccount, input: Record<string, unknown>): Promise<boolean> => {
    const asked = OTHERS.filter((name) => input[name] !== undefined);
    if (asked.length === 0) return false;
    await audit().record({
      action: 'subject.access',
      actor: actorOf(own),
      target: { type: USER_UID, id: own.documentId },
      outcome: 'refused',
      detail: { asked: asked.join(', ') },
    });
    ctx.forbidden('Only your own data are given to you');
    return true;
  };

  return {
    /** `GET …/me/export?format=json|csv|xml[&files=true][&locale=…]` */
    async export(ctx: Context) {
      const own = await account(ctx);
      if (!own || (await refuseOthers(ctx, own, ctx.query))) return;
      const { format, files, locale } = parseInput(strapi, ownExportSchema, { ...ctx.query });
      if (exporting.has(own.id)) {
        ctx.set('Retry-After', '10');
        ctx.status = 429;
        ctx.body = {
          data: null,
          error: { status: 429, name: 'RateLimitError', message: 'Another export of yours is under way', details: {} },
        };
        return;
      }
      exporting.add(own.id);
      const done = (): void => void exporting.delete(own.id);
      try {
        const person = await findPerson(strapi, { user: own.id });
        const archive = files === 'true' || format === 'csv';
        const made = archive
          ? await rights().access.archive(person, format, locale)
          : await rights().access.document(person, format as 'json' | 'xml');
        await audit().record({
          action: 'subject.export',
          actor: actorOf(own),
          target: { type: USER_UID, id: own.documentId },
          detail: { format, archive },
        });
        sendExport(ctx, made);
        made.stream.once('close', done);
      } catch (error) {
        done();
        throw error;
      }
    },

    /** `POST …/me/erasure` `{confirm: "<own e-mail>"}`; `{dryRun: true}` only says what would happen. */
    async erase(ctx: Context) {
      const own = await account(ctx);
      const body = ((ctx.request as { body?: unknown }).body ?? {}) as Record<string, unknown>;
      if (!own || (await refuseOthers(ctx, own, body))) return;
      if (!pluginConfig(strapi).rights.selfErasure)
        return ctx.forbidden('Accounts are not erased this way here: ask the site’s owner');
      const { confirm, dryRun } = parseInput(strapi, ownErasureSchema, body);
      const person = await findPerson(strapi, { user: own.id });
      if (dryRun) {
        ctx.body = await rights().erasures.plan(person);
        return;
      }
      if (confirm?.trim().toLowerCase() !== own.email.toLowerCase())
        return ctx.badRequest('confirm: must be your own e-mail address', {
          errors: [{ path: ['confirm'], message: 'must be your own e-mail address', name: 'ValidationError' }],
        });
      const erasure = await rights().erasures.erase(person, 'user');
      if (erasure.state !== 'done') ctx.status = 202;
      ctx.body = erasure;
    },

    /** `POST …/me/subjects` `{token, subject?}`: the consents that a receipt token opens belong to this user, too. */
    async link(ctx: Context) {
      const own = await account(ctx);
      if (!own) return;
      const { token, subject } = parseInput(strapi, ownSubjectSchema, (ctx.request as { body?: unknown }).body);
      const { tokens, hashKey } = getService('ledger', { strapi }).parts();
      const scope = tokens.read(token);
      if (!scope?.history || scope.subjectHash === null)
        return ctx.badRequest('token: must be a receipt token of a visitor’s whole history', {
          errors: [{ path: ['token'], message: 'must open a whole history', name: 'ValidationError' }],
        });
      const plain = subject === undefined ? null : subjectIn(subject);
      if (plain !== null && subjectHashOf(hashKey, plain) !== scope.subjectHash)
        return ctx.badRequest('subject: is not the one that the token is of', {
          errors: [{ path: ['subject'], message: 'is not the one that the token is of', name: 'ValidationError' }],
        });
      await linkSubject(strapi, own.id, scope.subjectHash, plain);
      await audit().record({
        action: 'subject.link',
        actor: actorOf(own),
        target: { type: USER_UID, id: own.documentId },
      });
      ctx.status = 204;
    },
  };
};
