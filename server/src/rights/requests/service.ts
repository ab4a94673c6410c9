import type { Core } from '@strapi/strapi';
import type {
  Actor,
  MailTemplate,
  RequestActions,
  RequestDetails,
  RequestMail,
  RequestSetup,
} from '../../../../contract';
import { pluginConfig } from '../../config';
import { leaseTables } from '../../database/lease';
import { createTables } from '../../database/own-tables';
import { getService } from '../../get-service';
import { answerFirst } from '../../http/answer-first';
import { createLimitedRequests } from '../../http/limited-requests';
import { publicPaths } from '../../http/public-paths';
import { keyedHash } from '../../keys/keyed-hash';
import { plainActions, type ActionContext, type PlainAction } from './actions';
import { createChallenges } from './challenges';
import { createMailWriter } from './compose-mail';
import { endOfPeriod, PERIOD_MONTHS } from './deadline';
import { requestEndpoints, type RequestEndpointParts } from './endpoints';
import { createRequestHousekeeping, type RequestHousekeeping } from './housekeeping';
import { createInbox, type Inbox } from './inbox';
import { createLinkPages } from './link-pages';
import { createLinks } from './links';
import { createMailer, type Mailer } from './mailer';
import type { RequestRow } from './row';
import { createRequestStore, type RequestChange, type RequestStore } from './store';
import { requestTables } from './tables';
import { createRequestTemplates, type TemplateStore } from './templates';

/** A mailbox gets no more mails than this for requests that nobody has confirmed yet. */
const MOST_UNCONFIRMED = 3;
/** What is only looked at is less work than a request, and a request needs a few of these. */
const READS_PER_REQUEST = 10;

interface Parts {
  store: RequestStore;
  inbox: Inbox;
  templates: TemplateStore;
  mailer: Mailer;
  housekeeping: ReturnType<typeof createRequestHousekeeping>;
  timeZone: string;
}

/** Requests of persons for their rights (GDPR, articles 12 and 15 to 21): received, identified, handled in time. */
export const createDataRequestsService = ({ strapi }: { strapi: Core.Strapi }) => {
  let parts: Parts | null = null;
  let endpointParts: RequestEndpointParts | null = null;
  let off = (): void => {};
  const config = () => pluginConfig(strapi).requests;

  const running = (): Parts => {
    if (!parts) throw new Error('Data requests are not running: Strapi is starting or stopping');
    return parts;
  };

  /** Where the public endpoints are, for links in mails: never taken from a request, whose `Host` anybody can write. */
  const publicUrl = (): string => {
    const base =
      config().publicUrl ??
      `${strapi.config.get<string>('server.absoluteUrl', '').replace(/\/+$/, '')}/${strapi.config.get<string>('api.rest.prefix', '/api').replace(/^\/+|\/+$/g, '')}/privacy-desk`;
    return base.replace(/\/+$/, '');
  };

  const change = async (id: string, wanted: RequestChange, now?: number): Promise<RequestRow | null> => {
    const { store, mailer } = running();
    const row = await store.change(id, wanted, now);
    mailer.kick();
    return row;
  };

  return {
    /** Puts the endpoints in front of Koa; for `register()`. Before `start` they answer 503. */
    answer(): void {
      if (!config().enabled) return;
      const { current } = getService('publishing', { strapi });
      const handler = requestEndpoints(strapi, publicPaths(strapi), current, () => endpointParts);
      off = answerFirst(strapi.server.httpServer, handler);
    },

    /** Creates the tables and begins. The key ring has to be open, and the audit trail running. */
    async start(): Promise<void> {
      const settings = config();
      const keyRing = getService('keyRing', { strapi });
      await createTables(strapi, (dialect) => [...requestTables(dialect), ...leaseTables()]);
      const key = await keyRing.secret('data-requests');
      const timeZone = settings.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
      const hashOf = (email: string): string => keyedHash(key, 'address of a data request', email.trim().toLowerCase());
      const links = createLinks(await keyRing.secret('data-request-links'));
      const store = createRequestStore(strapi, keyRing, getService('audit', { strapi }));
      const templates = createRequestTemplates(strapi);
      const write = createMailWriter(strapi, settings, { store, templates, links, timeZone, publicUrl: publicUrl() });
      const mailer = createMailer(strapi, settings, store, write);
      keyRing.addSealedValues(store.sealedKeys);
      parts = {
        store,
        inbox: createInbox(strapi, { store, hashOf, timeZone, reminderDays: settings.reminderDays }),
        templates,
        mailer,
        housekeeping: createRequestHousekeeping(strapi, settings, store, () => mailer.kick()),
        timeZone,
      };
      parts.housekeeping.schedule();
      mailer.start();
      if (!settings.enabled) return;

      const limited = (purpose: string, times: number) =>
        createLimitedRequests(strapi, (address) => keyedHash(key, purpose, address), {
          ...settings.rateLimit,
          max: settings.rateLimit.max * times,
        });
      endpointParts = {
        challenges: createChallenges(key.toString('hex'), settings.proofOfWorkTries),
        limited: limited('rate limit of requests', 1),
        limitedReads: limited('rate limit around requests', READS_PER_REQUEST),
        async receive({ type, email, message, site, locale }, challenge) {
          const receivedAtMs = Date.now();
          const added = await store.add({
            type,
            email,
            message,
            site,
            locale,
            challenge,
            receivedAtMs,
            dueAtMs: endOfPeriod(receivedAtMs, PERIOD_MONTHS, timeZone),
            emailHash: hashOf(email),
            mostUnconfirmed: MOST_UNCONFIRMED,
          });
          if (added === 'used') return null;
          mailer.kick();
          return added;
        },
        linkPages: createLinkPages({ store, links, timeZone, confirmed: () => mailer.kick(), download: null }),
      };
    },

    /** What the admin panel reads. */
    inbox: (): Inbox => running().inbox,

    /**
     * Does what an admin user has decided.
     *
     * @param version of the request that it was decided on
     * @returns null if there is no such request
     * @throws RequestConflict if it was changed meanwhile, or is in another state
     */
    async act<Name extends PlainAction>(
      name: Name,
      id: string,
      { version, ...input }: RequestActions[Name] & { version: number },
      actor: Actor,
    ): Promise<RequestDetails | null> {
      const { store, inbox, timeZone } = running();
      const row = await store.find(id);
      if (!row) return null;
      const assignee = 'assignee' in input ? (input.assignee as string | null) : null;
      const known = assignee === null ? null : (await inbox.assignees()).find((admin) => String(admin.id) === assignee);
      const now = Date.now();
      const context: ActionContext = {
        actor,
        now,
        timeZone,
        receivedAtMs: row.received_at_ms,
        assigneeName: known?.name ?? null,
      };
      const action = plainActions[name] as (input: object, context: ActionContext) => RequestChange;
      await change(id, { ...action(input, context), version }, now);
      return inbox.details(id);
    },

    templates: (): TemplateStore => running().templates,

    /** Records in the audit trail that a template was changed. */
    async saveTemplate(kind: RequestMail, locale: string, template: MailTemplate | null): Promise<void> {
      const { templates } = running();
      await getService('audit', { strapi }).record({
        action: template ? 'request.template-change' : 'request.template-reset',
        target: { type: 'request-template', label: `${kind} ${locale}` },
      });
      if (template) await templates.save(kind, locale, template);
      else await templates.reset(kind, locale);
    },

    /** What an admin user should know before the first request comes. */
    async setup(): Promise<RequestSetup> {
      const { enabled, reminderDays, publicUrl: configured } = config();
      const absolute = /^https?:\/\//.test(strapi.config.get<string>('server.url', ''));
      return {
        enabled,
        emailProvider: strapi.plugin('email') ? strapi.config.get<string>('plugin::email.provider', 'sendmail') : null,
        publicUrl: publicUrl(),
        publicUrlGuessed: configured === null && !absolute,
        assignees: await running().inbox.assignees(),
        reminderDays,
      };
    },

    /** Expires, reminds and removes, now. null: another instance is at it. */
    keepHouse: (now?: number): Promise<RequestHousekeeping | null> => running().housekeeping.run(now),

    /** Sends the mails that wait, now. */
    sendMails: (): Promise<void> => running().mailer.flush(),

    /** Answers what is under way, and stops. */
    async stop(): Promise<void> {
      off();
      endpointParts = null;
      const { mailer, housekeeping } = parts ?? {};
      await Promise.all([mailer?.stop(), housekeeping?.stop()]);
      parts = null;
    },
  };
};

export type DataRequestsService = ReturnType<typeof createDataRequestsService>;
