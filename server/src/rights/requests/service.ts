import type { Core } from '@strapi/strapi';
import {
  DUE_STATES,
  isDue,
  type Actor,
  type Erasure,
  type ErasurePlan,
  type MailTemplate,
  type RequestActions,
  type RequestDetails,
  type RequestMail,
  type RequestSetup,
} from '../../../../contract';
import { pluginConfig } from '../../config';
import { leaseTables } from '../../database/lease';
import { createTables } from '../../database/own-tables';
import { validationError } from '../../errors';
import { failureName } from '../../failure-name';
import { getService } from '../../get-service';
import { answerFirst } from '../../http/answer-first';
import { createLimitedRequests } from '../../http/limited-requests';
import { publicPaths } from '../../http/public-paths';
import { keyedHash } from '../../keys/keyed-hash';
import type { FollowUp } from '../erasure/service';
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
import { createPersonData, requestsSource, type PersonData } from './person-data';
import type { RequestRow } from './row';
import { createRequestStore, RequestConflict, type RequestChange, type RequestStore } from './store';
import { requestTables } from './tables';
import { createRequestTemplates, type TemplateStore } from './templates';

/** Only of somebody who proved who they are, and whose request is open. */
const identified = (row: RequestRow): RequestRow => {
  if (!isDue(row.state) || row.sealed_key === null) throw new RequestConflict(row.state);
  return row;
};

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
  personData: PersonData;
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

  /** What follows a confirmation: the answer at once, where the site wants that. */
  const confirmed = (row: RequestRow): void => {
    const automatic = (config().automatic as readonly string[]).includes(row.type);
    const answered = automatic
      ? change(row.id, plainActions.export({}, contextOf(row, undefined)))
      : Promise.resolve(running().mailer.kick());
    answered.catch((error: unknown) => {
      strapi.log.error(`Privacy Desk cannot answer ${row.reference} by itself: ${failureName(error)}`);
    });
  };

  /** Tells the person that everything is erased: once, and not before the last file and the last other system. */
  const erased = async (erasure: string, { request, actor, message }: FollowUp): Promise<void> => {
    try {
      await change(request, {
        from: ['in-progress'],
        set: { state: 'answered', closed_at_ms: Date.now() },
        event: { kind: 'erased', actor, text: erasure },
        mails: [{ kind: 'erased', parts: message === null ? {} : { message } }],
      });
    } catch (error) {
      // Somebody answered it meanwhile, or this was told before a crash.
      if (!(error instanceof RequestConflict)) throw error;
    }
  };

  const contextOf = (row: RequestRow, actor: Actor | undefined, assigneeName: string | null = null): ActionContext => ({
    actor,
    now: Date.now(),
    timeZone: running().timeZone,
    receivedAtMs: row.received_at_ms,
    assigneeName,
  });

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
      const personData = createPersonData(strapi, store);
      keyRing.addSealedValues(store.sealedKeys);
      parts = {
        store,
        inbox: createInbox(strapi, { store, hashOf, timeZone, reminderDays: settings.reminderDays }),
        templates,
        mailer,
        housekeeping: createRequestHousekeeping(strapi, settings, store, () => mailer.kick()),
        personData,
        timeZone,
      };
      getService('rights', { strapi }).erasures.onDone(erased);
      getService('rights', { strapi }).addSource(requestsSource(store, hashOf, settings.retention.contentDays));
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
        linkPages: createLinkPages({ store, links, timeZone, confirmed, download: personData.download }),
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
      const { store, inbox } = running();
      const row = await store.find(id);
      if (!row) return null;
      const assignee = 'assignee' in input ? (input.assignee as string | null) : null;
      const known = assignee === null ? null : (await inbox.assignees()).find((admin) => String(admin.id) === assignee);
      if (known === undefined)
        throw validationError(strapi, [
          { path: ['assignee'], message: 'must be an admin user who may handle data requests' },
        ]);
      const context = contextOf(row, actor, known?.name);
      const action = plainActions[name] as (input: object, context: ActionContext) => RequestChange;
      await change(id, { ...action(input, context), version }, context.now);
      return inbox.details(id);
    },

    /** What erasure would do to the data of who asks; null if there is no such request. */
    async erasurePlan(id: string): Promise<ErasurePlan | null> {
      const { store, personData } = running();
      const row = await store.find(id);
      return row && (await personData.plan(identified(row)));
    },

    /**
     * Erases the data of who asks, and tells so. It can be repeated after a failure.
     *
     * @returns null if there is no such request
     * @throws RequestConflict as `act`
     */
    async erase(
      id: string,
      { version, message }: RequestActions['erase'] & { version: number },
      actor: Actor,
    ): Promise<{ details: RequestDetails; erasure: Erasure } | null> {
      const { store, inbox, personData } = running();
      const found = await store.find(id);
      if (!found) return null;
      identified(found);
      const begun = found.state === 'in-progress';
      // Whoever decides something else at the same moment is told; nothing is erased that was just refused.
      const row = await store.change(id, {
        from: DUE_STATES,
        version,
        set: { state: 'in-progress' },
        event: begun ? null : { kind: 'started', actor },
      });
      // One that is not done goes on by itself, and answers the request at its end.
      const erasure = await personData.erase(row!, { request: id, actor, message: message ?? null });
      return { details: (await inbox.details(id))!, erasure };
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
    async setup(me: Actor): Promise<RequestSetup> {
      const { enabled, reminderDays, publicUrl: configured } = config();
      const absolute = /^https?:\/\//.test(strapi.config.get<string>('server.url', ''));
      return {
        enabled,
        emailProvider: strapi.plugin('email') ? strapi.config.get<string>('plugin::email.provider', 'sendmail') : null,
        publicUrl: publicUrl(),
        publicUrlGuessed: configured === null && !absolute,
        assignees: await running().inbox.assignees(),
        me,
        reminderDays,
        timeZone: running().timeZone,
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
