import { randomInt, randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import {
  CLOSED_STATES,
  type Actor,
  type RequestEventKind,
  type RequestState,
  type RequestType,
} from '../../../../contract';
import { qualified } from '../../database/own-tables';
import { open, seal, type SealingKey } from '../../keys/seal';
import type { KeyRing, SealedValues } from '../../keys/service';
import type { AuditService } from '../../audit/service';
import {
  fromDatabase,
  type EventDetail,
  type MailOrder,
  type MailParts,
  type RequestContent,
  type RequestRow,
} from './row';
import { MAIL_CLAIM_MS, REQUEST_EVENTS, REQUEST_MAILS, REQUESTS, USED_CHALLENGES } from './tables';

const keyContext = (id: string): string => `data request ${id}`;

// Without letters and digits that are mistaken for others (Crockford's base 32), and without U.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What a person names a request by, for instance `7KQ2-M9XD`. */
export const newReference = (): string => {
  const characters = Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`;
};

/** A request that was changed by somebody else, or that is in another state. */
export class RequestConflict extends Error {
  constructor(readonly state: RequestState) {
    super('Somebody else has changed the request meanwhile, or it is in another state');
  }
}

/** What is to happen to a request, all or nothing. */
export interface RequestChange {
  /** In which states it may happen. */
  from: readonly RequestState[];
  /** Which version it was decided on; undefined: any. */
  version?: number;
  /** Further conditions. */
  where?: (query: Knex.QueryBuilder) => unknown;
  set?: Partial<Omit<RequestRow, 'id' | 'version' | 'sealed_key' | 'sealed_content'>>;
  /** null: nothing worth remembering. */
  event: {
    kind: RequestEventKind;
    /** null: the person; undefined: by itself. */
    actor?: Actor | null;
    text?: string;
  } | null;
  mails?: readonly MailOrder[];
  /** Mails that wait for another attempt, or were given up, are sent now. */
  retryMails?: boolean;
  /** Destroys the key, and with it everything personal. */
  forget?: boolean;
}

interface EventRow {
  number: number;
  at_ms: number;
  kind: RequestEventKind;
  actor: string | null;
  sealed_detail: string | null;
}

export interface NewRequest extends RequestContent {
  site: string;
  locale: string;
  type: RequestType;
  receivedAtMs: number;
  dueAtMs: number;
  emailHash: string;
  challenge: { id: string; expiresAtMs: number };
  /** At most this many unconfirmed requests of one address: beyond it nothing is stored, and nobody is told. */
  mostUnconfirmed: number;
}

const RESEAL_ROWS = 500;

/** What nobody did: not in the audit trail, and no reason to refuse what was decided before it. */
const BY_ITSELF: readonly RequestEventKind[] = ['mail-sent', 'mail-failed', 'reminded'];

/** The tables of data requests. Every change is one transaction: the request, what happened, and the mails that follow. */
export const createRequestStore = (strapi: Core.Strapi, keyRing: KeyRing, audit: Pick<AuditService, 'record'>) => {
  const { connection } = strapi.db;
  const named = (table: string): string => qualified(strapi, table);
  const requests = () => strapi.db.getConnection(REQUESTS);

  const keyOf = ({ id, sealed_key }: Pick<RequestRow, 'id' | 'sealed_key'>): SealingKey | null =>
    sealed_key === null ? null : keyRing.openKey(sealed_key, keyContext(id));

  const sealed = (key: SealingKey, id: string, what: string, value: object): string =>
    seal(key, JSON.stringify(value), `${keyContext(id)} ${what}`);
  const opened = <Value>(
    row: Pick<RequestRow, 'id' | 'sealed_key'>,
    what: string,
    text: string | null,
  ): Value | null => {
    const key = text === null ? null : keyOf(row);
    return key && (JSON.parse(open(key, text!, `${keyContext(row.id)} ${what}`).toString()) as Value);
  };

  const addMails = async (
    trx: Knex,
    { id }: Pick<RequestRow, 'id'>,
    key: SealingKey | null,
    mails: readonly MailOrder[],
    now: number,
  ): Promise<void> => {
    for (const { kind, parts } of mails) {
      const mail = randomUUID();
      await trx(named(REQUEST_MAILS)).insert({
        id: mail,
        request_id: id,
        kind,
        sealed_parts: parts && key ? sealed(key, id, `mail ${mail}`, parts) : null,
        created_at_ms: now,
        // Also when the clock of the caller is ahead.
        next_at_ms: Math.min(now, Date.now()),
        attempts: 0,
      });
    }
  };

  const retry = async (trx: Knex, { id }: Pick<RequestRow, 'id'>, now: number): Promise<void> => {
    await trx(named(REQUEST_MAILS))
      .where({ request_id: id })
      .whereNull('sent_at_ms')
      // Not one that is being sent at this moment.
      .where((waiting) => waiting.whereNotNull('failed_at_ms').orWhere('next_at_ms', '>', now + MAIL_CLAIM_MS))
      .update({ failed_at_ms: null, next_at_ms: Math.min(now, Date.now()), attempts: 0 });
  };

  const addEvent = async (
    trx: Knex.Transaction,
    row: Pick<RequestRow, 'id' | 'version' | 'site' | 'type' | 'reference'>,
    key: SealingKey | null,
    { kind, actor, text }: NonNullable<RequestChange['event']>,
    now: number,
  ): Promise<void> => {
    const detail: EventDetail = { ...(actor && { actor: actor.name }), ...(text && { text }) };
    await trx(named(REQUEST_EVENTS)).insert({
      request_id: row.id,
      number: row.version,
      at_ms: now,
      kind,
      actor: actor ? String(actor.id) : null,
      sealed_detail: key && Object.keys(detail).length > 0 ? sealed(key, row.id, `event ${row.version}`, detail) : null,
    });
    if (BY_ITSELF.includes(kind)) return;
    await audit.record(
      {
        action: `request.${kind}`,
        ...(actor !== undefined && { actor: actor ? { type: 'admin', ...actor } : { type: 'visitor' } }),
        target: { type: 'data-request', id: row.id, label: row.reference },
        site: row.site,
        detail: { type: row.type },
      },
      trx,
    );
  };

  /** Whether this is the first use; the row stays as long as the challenge could be used. */
  const useChallenge = async (
    trx: Knex,
    { id, expiresAtMs }: NewRequest['challenge'],
    by: string,
  ): Promise<boolean> => {
    await trx(named(USED_CHALLENGES)).insert({ id, used_by: by, expires_at_ms: expiresAtMs }).onConflict('id').ignore();
    const [row] = (await trx(named(USED_CHALLENGES)).where({ id }).select('used_by')) as { used_by: string }[];
    return row?.used_by === by;
  };

  /** How many of the steps since a version nobody did: if all of them, nobody has changed the request since. */
  const doneByItself = (trx: Knex, id: string, version: number): Knex.QueryBuilder =>
    trx(named(REQUEST_EVENTS))
      .where({ request_id: id })
      .where('number', '>', version)
      .whereIn('kind', BY_ITSELF)
      .count({ count: 'number' });

  const withContent = (query: Knex.QueryBuilder, hashes: string[]): Knex.QueryBuilder =>
    query.whereIn('email_hash', hashes).whereIn('state', CLOSED_STATES).whereNotNull('sealed_key');

  const forgetParts = async (trx: Knex, id: string): Promise<void> => {
    await trx(named(REQUESTS)).where({ id }).update({ sealed_key: null, sealed_content: null });
    await trx(named(REQUEST_EVENTS)).where({ request_id: id }).update({ sealed_detail: null });
    await trx(named(REQUEST_MAILS)).where({ request_id: id }).delete();
  };

  return {
    /**
     * Stores a request with its first mail.
     *
     * @returns its reference; `'used'`: the challenge was solved for another request
     */
    async add(request: NewRequest): Promise<{ reference: string } | 'used'> {
      const { site, locale, type, email, message, receivedAtMs, dueAtMs, emailHash, challenge } = request;
      const id = randomUUID();
      const { key, sealed: sealedKey } = keyRing.createKey(keyContext(id));
      const reference = newReference();
      const row = {
        id,
        reference,
        site,
        locale,
        type,
        state: 'received',
        received_at_ms: receivedAtMs,
        due_at_ms: dueAtMs,
        email_hash: emailHash,
        downloads: 0,
        version: 1,
        sealed_key: sealedKey,
        sealed_content: sealed(key, id, 'content', { email, message } satisfies RequestContent),
      };
      return connection.transaction(async (trx) => {
        if (!(await useChallenge(trx, challenge, id))) return 'used';
        const [found] = (await trx(named(REQUESTS))
          .where({ email_hash: emailHash, state: 'received' })
          .count({ count: 'id' })) as { count: number | string }[];
        // Whoever has that mailbox must not be flooded with our mails.
        if (Number(found!.count) >= request.mostUnconfirmed) return { reference };
        await trx(named(REQUESTS)).insert(row);
        await addEvent(trx, row, key, { kind: 'received', actor: null }, receivedAtMs);
        await addMails(trx, { id }, key, [{ kind: 'confirm' }], receivedAtMs);
        return { reference };
      });
    },

    /**
     * Changes a request, if it is still as it is expected to be.
     *
     * @returns null if there is no such request
     * @throws RequestConflict
     */
    async change(id: string, change: RequestChange, now = Date.now()): Promise<RequestRow | null> {
      const { from, version, where, set = {}, event, mails = [], retryMails = false, forget = false } = change;
      return connection.transaction(async (trx) => {
        const query = trx(named(REQUESTS)).where({ id }).whereIn('state', from);
        if (version !== undefined) void query.whereRaw('version - ? = ?', [version, doneByItself(trx, id, version)]);
        where?.(query);
        // Also the lock under which the rest of the transaction runs.
        const changed = await query.update({ ...set, version: trx.raw('version + 1') });
        const [found] = (await trx(named(REQUESTS)).where({ id }).select()) as RequestRow[];
        if (!found) return null;
        if (Number(changed) === 0) throw new RequestConflict(found.state);
        const row = fromDatabase(found);
        const key = keyOf(row);
        if (event) await addEvent(trx, row, forget ? null : key, event, now);
        if (forget) {
          await forgetParts(trx, id);
          return { ...row, sealed_key: null, sealed_content: null };
        }
        await addMails(trx, row, key, mails, now);
        if (retryMails) await retry(trx, row, now);
        return row;
      });
    },

    async find(id: string): Promise<RequestRow | null> {
      const [row] = (await requests().where({ id }).select()) as RequestRow[];
      return row ? fromDatabase(row) : null;
    },

    /** Address and message; null: no longer stored. */
    contentOf: (row: RequestRow): RequestContent | null => opened(row, 'content', row.sealed_content),

    async eventsOf(row: RequestRow): Promise<(Omit<EventRow, 'sealed_detail'> & { detail: EventDetail | null })[]> {
      const rows: EventRow[] = await strapi.db
        .getConnection(REQUEST_EVENTS)
        .where({ request_id: row.id })
        .orderBy('number')
        .select('number', 'at_ms', 'kind', 'actor', 'sealed_detail');
      return rows.map(({ sealed_detail, ...event }) => ({
        ...event,
        at_ms: Number(event.at_ms),
        detail: opened(row, `event ${event.number}`, sealed_detail),
      }));
    },

    /** Requests of these addresses, by their hashes; the latest first. */
    async ofAddresses(hashes: string[]): Promise<RequestRow[]> {
      const rows: RequestRow[] = await requests()
        .whereIn('email_hash', hashes)
        .orderBy('received_at_ms', 'desc')
        .select();
      return rows.map(fromDatabase);
    },

    /** How many closed requests of these addresses hold something personal. */
    async countClosedWithContent(hashes: string[]): Promise<number> {
      const [row] = (await withContent(requests(), hashes).count({ count: 'id' })) as { count: number | string }[];
      return Number(row!.count);
    },

    /** Destroys what is personal about them; what is still open is needed to answer. */
    async forgetClosed(hashes: string[], trx: Knex.Transaction): Promise<number> {
      const rows = (await withContent(trx(named(REQUESTS)), hashes).select('id')) as { id: string }[];
      for (const { id } of rows) await forgetParts(trx, id);
      return rows.length;
    },

    mailParts: (row: RequestRow, mail: { id: string; sealed_parts: string | null }): MailParts =>
      opened(row, `mail ${mail.id}`, mail.sealed_parts) ?? {},

    /** The keys of requests, for a rotation of the master key. */
    sealedKeys: {
      async reseal(activeKeyId, reseal) {
        let count = 0;
        for (;;) {
          const rows: { id: string; sealed_key: string }[] = await requests()
            .whereNotNull('sealed_key')
            .whereNot('sealed_key', 'like', `1.${activeKeyId.replace(/[_%\\]/g, '_')}.%`)
            .limit(RESEAL_ROWS)
            .select('id', 'sealed_key');
          for (const { id, sealed_key } of rows)
            await requests()
              .where({ id, sealed_key })
              .update({ sealed_key: reseal(sealed_key, keyContext(id)) });
          count += rows.length;
          if (rows.length < RESEAL_ROWS) return count;
        }
      },
    } satisfies SealedValues,
  };
};

export type RequestStore = ReturnType<typeof createRequestStore>;
