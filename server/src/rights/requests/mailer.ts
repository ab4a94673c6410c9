import type { Core } from '@strapi/strapi';
import type { RequestMail } from '../../../../contract';
import { REQUEST_STATES } from '../../../../contract';
import type { PluginConfig } from '../../config';
import { failureName } from '../../failure-name';
import type { ComposedMail, MailWriter } from './compose-mail';
import { RequestConflict, type RequestStore } from './store';
import { MAIL_CLAIM_MS, REQUEST_MAILS } from './tables';

interface MailRow {
  id: string;
  request_id: string;
  kind: RequestMail;
  sealed_parts: string | null;
  next_at_ms: number | string;
  attempts: number;
}

const TIMEOUT_MS = 60_000;
const BATCH = 20;
const MINUTE_MS = 60_000;
/** How long to wait after the n-th vain attempt, in minutes; then it is given up: after four days and a half. */
const PAUSES = [1, 5, 15, 60, 180, 360, 720, 1440, 1440, 1440];
const LOOK_MS = 30_000;

type EmailPlugin = { service(name: 'email'): { send(options: object): Promise<unknown> } };

/**
 * Sends the mails that were ordered with a change, which lie in the database until they are sent: a crash loses none. If it
 * comes between the sending and its record, the mail goes out twice; its links are the same request's, and work once.
 */
export const createMailer = (
  strapi: Core.Strapi,
  config: PluginConfig['requests'],
  store: RequestStore,
  write: MailWriter,
) => {
  const table = () => strapi.db.getConnection(REQUEST_MAILS);
  let underway: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const send = async ({ to, subject, text, html }: ComposedMail): Promise<void> => {
    const plugin = strapi.plugin('email') as unknown as EmailPlugin | undefined;
    if (!plugin) throw new Error('Strapi has no e-mail plugin');
    const { from, replyTo } = config;
    let timeout: NodeJS.Timeout | undefined;
    const slow = new Promise<never>((_resolve, reject) => {
      timeout = setTimeout(() => reject(new Error('The e-mail provider did not answer in time')), TIMEOUT_MS);
    });
    const sending = plugin.service('email').send({
      to: to.join(', '),
      ...(from && { from }),
      ...(replyTo && { replyTo }),
      subject,
      text,
      html,
      // Nobody's holiday notice is to answer it (RFC 3834).
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    await Promise.race([sending, slow]).finally(() => clearTimeout(timeout));
  };

  /** Whether the mail is this process's to send now. */
  const claim = async ({ id, next_at_ms, attempts }: MailRow): Promise<boolean> => {
    const claimed = await table()
      .where({ id, next_at_ms, attempts })
      .whereNull('sent_at_ms')
      .update({ next_at_ms: Date.now() + MAIL_CLAIM_MS, attempts: attempts + 1 });
    return Number(claimed) > 0;
  };

  const note = (
    id: string,
    kind: 'mail-sent' | 'mail-failed',
    mail: RequestMail,
    set: { link_until_ms?: number } = {},
  ) => store.change(id, { from: REQUEST_STATES, set, event: { kind, text: mail } });

  const deliver = async (mail: MailRow): Promise<void> => {
    const row = await store.find(mail.request_id);
    // A request that was confirmed or withdrawn meanwhile needs no link any more.
    if (!row || (mail.kind === 'confirm' && row.state !== 'received'))
      return void (await table().where({ id: mail.id }).delete());
    let composed: ComposedMail | null;
    try {
      composed = await write(row, mail.kind, store.mailParts(row, mail));
      // Whoever it was for is gone, or nobody is to be notified.
      if (!composed) return void (await table().where({ id: mail.id }).delete());
      await send(composed);
    } catch (error) {
      const pause = PAUSES[mail.attempts];
      strapi.log.error(`Privacy Desk cannot send the mail "${mail.kind}" of ${row.reference}: ${nameOnly(error)}`);
      await table()
        .where({ id: mail.id })
        .update(pause === undefined ? { failed_at_ms: Date.now() } : { next_at_ms: Date.now() + pause * MINUTE_MS });
      if (pause === undefined) await note(row.id, 'mail-failed', mail.kind);
      return;
    }
    await table().where({ id: mail.id }).update({ sent_at_ms: Date.now() });
    await note(
      row.id,
      'mail-sent',
      mail.kind,
      mail.kind === 'confirm' && composed.linkUntilMs !== null ? { link_until_ms: composed.linkUntilMs } : {},
    );
  };

  const work = async (): Promise<void> => {
    for (;;) {
      const rows: MailRow[] = await table()
        .whereNull('sent_at_ms')
        .whereNull('failed_at_ms')
        .where('next_at_ms', '<=', Date.now())
        .orderBy('next_at_ms')
        .limit(BATCH)
        .select('id', 'request_id', 'kind', 'sealed_parts', 'next_at_ms', 'attempts');
      for (const row of rows) {
        if (stopped) return;
        if (await claim(row)) await deliver(row);
      }
      if (rows.length < BATCH) return;
    }
  };

  const run = async (): Promise<void> => {
    do {
      again = false;
      await work();
    } while (again && !stopped);
  };

  return {
    /** Sends what waits, soon; never throws. */
    kick(): void {
      if (stopped) return;
      if (underway) again = true;
      else
        underway = run()
          .catch((error: unknown) => {
            if (!stopped && !(error instanceof RequestConflict))
              strapi.log.error(`Privacy Desk cannot send mails of data requests: ${failureName(error)}`);
          })
          .finally(() => {
            underway = null;
          });
    },

    /** Sends what waits, and comes back when it is sent. */
    async flush(): Promise<void> {
      this.kick();
      while (underway) await underway;
    },

    start(): void {
      timer = setInterval(() => this.kick(), LOOK_MS).unref();
      this.kick();
    },

    async stop(): Promise<void> {
      stopped = true;
      clearInterval(timer);
      await underway;
    },
  };
};

/** Mail servers repeat the address in their messages. */
const nameOnly = (error: unknown): string => failureName(error).replace(/[^\s<>@]+@[^\s<>@]+/g, '…');

export type Mailer = ReturnType<typeof createMailer>;
