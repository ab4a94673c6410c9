import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { canonicalJson } from '../canonical-json';
import type { Checkpoint } from '../chain/checkpoint';
import { createCheckpoints, type Checkpoints } from '../chain/checkpoints';
import { pluginConfig } from '../config';
import { createTables } from '../database/own-tables';
import { failureName } from '../failure-name';
import { getService } from '../get-service';
import { truncatedAddress } from '../http/client-address';
import { seal } from '../keys/seal';
import { keptChanges } from './changes';
import { partContext, type ActorPart, type EntryRow, type SealedParts, type TargetPart } from './entry-row';
import { createEntries, type AuditEntries } from './entries';
import { actorTypeOf, requireAction, type AuditEvent, type EventActor, type EventTarget } from './event';
import { logLine } from './log-line';
import { actorOfContext, currentContext, requestOfContext } from './origin';
import { createPeople, type People } from './people';
import { createAuditRetention, type AuditPurge, type AuditRetention } from './retention';
import { AUDIT_TRAIL, auditTables } from './tables';
import { createAuditVerification, createAuditVerifier, type AuditReport, type AuditVerificationTask } from './verify';
import { createWriter, type Draft, type UnchainedEntry, type Writer } from './writer';

const ERASED_TOGETHER = 500;

interface Parts {
  people: People;
  writer: Writer;
  checkpoints: Checkpoints;
  verify: ReturnType<typeof createAuditVerifier>;
  verification: AuditVerificationTask;
  entries: AuditEntries;
  retention: AuditRetention;
  hashKey: Buffer;
}

/** Who did what, when and with which request: append-only, chained and signed as the ledger is. See docs/audit.md. */
export const createAuditService = ({ strapi }: { strapi: Core.Strapi }) => {
  let parts: Parts | null = null;
  let defaultActor: EventActor = { type: 'system' };
  let checkpointTimer: NodeJS.Timeout | undefined;
  // A timer inherits the request that starts it otherwise, with its transaction.
  const outside = new AsyncResource('privacy-desk.audit');

  const running = (): Parts => {
    if (!parts) throw new Error('The audit trail is not running: Strapi is starting or stopping');
    return parts;
  };

  const checkpoint = async (): Promise<void> => {
    checkpointTimer = undefined;
    try {
      await parts?.checkpoints.write();
    } catch (error) {
      strapi.log.warn(`Privacy Desk cannot write a checkpoint of the audit trail for now: ${failureName(error)}`);
      checkpointLater();
    }
  };

  /** Nothing is written where nothing is done. */
  const checkpointLater = (): void => {
    const ms = pluginConfig(strapi).audit.checkpointMinutes * 60_000;
    checkpointTimer ??= outside.runInAsyncScope(() => setTimeout(() => void checkpoint(), ms).unref());
  };

  const onCommitted = (rows: readonly EntryRow[]): void => {
    if (pluginConfig(strapi).audit.log) for (const row of rows) strapi.log.info(logLine(row));
    checkpointLater();
  };

  const personHash = (type: string, id: string | number | undefined): string | null =>
    id === undefined || id === '' ? null : running().people.hashOf(type, id);

  const hashOfTarget = ({ type, id, label }: EventTarget): string | null => personHash(type, id ?? label);
  const hashOfActor = ({ type, id, name }: EventActor, address: string | null): string | null =>
    personHash(actorTypeOf(type), id ?? name) ?? (address && personHash('address', address));

  /** Says now who does it and with which request, and makes the row when it is written. */
  const draftOf = (event: AuditEvent): Draft => {
    requireAction(event.action);
    const { people, hashKey } = running();
    const ctx = currentContext(strapi);
    const request = event.request ?? (ctx && requestOfContext(ctx));
    const actor = event.actor ?? (ctx ? actorOfContext(ctx) : defaultActor);
    const { target } = event;
    const address =
      pluginConfig(strapi).audit.ip === 'truncated' && request?.address ? truncatedAddress(request.address) : null;
    const actorHash = hashOfActor(actor, address);
    const targetHash = target ? hashOfTarget(target) : null;

    return async (trx): Promise<UnchainedEntry> => {
      const id = randomUUID();
      const known = await people.keysOf(
        [actorHash, targetHash].filter((hash) => hash !== null),
        trx,
      );
      const whoActs = actorHash === null ? undefined : known.get(actorHash);
      const whatFor = targetHash === null ? undefined : known.get(targetHash);
      const sealed: SealedParts = {};
      if (whoActs) {
        const part: ActorPart = {
          id: actor.id === undefined ? null : String(actor.id),
          name: actor.name?.slice(0, 255) ?? null,
          ...(address && { address }),
        };
        sealed.actor = seal(whoActs.key, JSON.stringify(part), partContext(id, 'actor'));
      }
      if (target && whatFor) {
        const part: TargetPart = {
          id: target.id === undefined ? null : String(target.id),
          label: target.label?.slice(0, 255) ?? null,
        };
        sealed.target = seal(whatFor.key, JSON.stringify(part), partContext(id, 'target'));
      }
      return {
        id,
        action: event.action,
        actor_type: actor.type,
        actor_ref: whoActs?.ref ?? '',
        target_type: target?.type.slice(0, 128) ?? '',
        target_ref: whatFor?.ref ?? '',
        site: event.site?.slice(0, 64) ?? '',
        outcome: event.outcome ?? 'ok',
        method: request?.method.slice(0, 8) ?? '',
        route: request?.route.slice(0, 255) ?? '',
        request: request?.id?.slice(0, 64) ?? '',
        changes: canonicalJson(keptChanges(event.changes ?? [], whatFor?.key.key ?? hashKey)),
        detail: canonicalJson(event.detail ?? {}),
        sealed: canonicalJson(sealed),
      };
    };
  };

  const record = async (event: AuditEvent, trx?: Knex.Transaction): Promise<void> => {
    const { writer } = running();
    const draft = draftOf(event);
    if (trx) return writer.within(trx, draft);
    // A transaction that Strapi has begun for what is being done; SQLite has no second connection to write with.
    if (strapi.db.inTransaction()) return strapi.db.transaction(({ trx: ambient }) => writer.within(ambient, draft));
    return writer.alone(draft);
  };

  return {
    /** Creates the tables and begins to record. The key ring has to be open. */
    async start(): Promise<void> {
      const keyRing = getService('keyRing', { strapi });
      await createTables(strapi, auditTables);
      const hashKey = await keyRing.secret('audit-hashes');
      const people = createPeople(strapi, keyRing, hashKey);
      const checkpoints = createCheckpoints(strapi, keyRing, AUDIT_TRAIL);
      keyRing.addSealedValues(people.sealedValues);
      const verify = createAuditVerifier(strapi, keyRing, checkpoints, people);
      parts = {
        people,
        checkpoints,
        hashKey,
        writer: createWriter(strapi, keyRing, onCommitted),
        verify,
        verification: createAuditVerification(strapi, verify),
        entries: createEntries(strapi, keyRing, people),
        retention: createAuditRetention(strapi, checkpoints),
      };
    },

    /**
     * Records what somebody does. Who it is and with which request comes from the request that Strapi is answering, unless
     * the event says otherwise.
     *
     * @param trx a transaction that the entry is written in: it is there if, and only if, the transaction is committed. It is
     *   needed where one was begun with knex itself; one that Strapi began is found. What is to be recorded of something
     *   that fails is recorded outside of its transaction.
     * @throws Error if it cannot be recorded: then what is audited must not happen either
     */
    record,

    /** Names who acts where there is no request: a command says so when it begins. */
    actAs: (actor: EventActor): void => void (defaultActor = actor),

    /** Whether anything can be recorded yet: Strapi's own bootstrap may come before ours. */
    isRunning: (): boolean => parts !== null,

    /**
     * Destroys what leads from entries to persons or things, as actor and as target: names, ids, addresses, and the key of the
     * hashes of their values. What was done stays, and the chain verifies as before.
     *
     * @param type UID of the content type; `admin::user` for an admin
     * @param ids as the entries have them
     * @returns how many references there were
     */
    async erase(type: string, ids: readonly (string | number)[], trx?: Knex.Transaction): Promise<number> {
      const { people } = running();
      const all = async (transaction: Knex): Promise<number> => {
        let count = 0;
        for (let start = 0; start < ids.length; start += ERASED_TOGETHER) {
          const hashes = ids.slice(start, start + ERASED_TOGETHER).map((id) => people.hashOf(type, id));
          count += await people.erase(hashes, transaction);
        }
        return count;
      };
      return trx ? all(trx) : strapi.db.transaction(({ trx: ambient }) => all(ambient));
    },

    /** Destroys what leads to anybody: for a copy of the database that others work with. */
    eraseEveryone: (): Promise<number> => running().people.eraseAll(),

    /** Reads everything and finds what is not as it was written. */
    verify: (held?: readonly Checkpoint[]): Promise<AuditReport> => running().verify(held),

    /** Runs of `verify` in the background. */
    verification: (): AuditVerificationTask => running().verification,

    /** Finds entries; see `AuditEntries`. */
    entries: (): AuditEntries => running().entries,

    /** Removes what has expired; see `AuditRetention`. */
    purge: (now: number, goOn?: () => Promise<void>): Promise<AuditPurge> => running().retention.purge(now, goOn),

    /** Signed states of the chain; see `Checkpoints`. */
    checkpoints: (): Checkpoints => running().checkpoints,

    /** Writes what waits, attests it, and stops. */
    async stop(): Promise<void> {
      clearTimeout(checkpointTimer);
      checkpointTimer = undefined;
      const { writer, checkpoints, verification } = parts ?? {};
      await verification?.stop();
      await writer?.drain();
      parts = null;
      await checkpoints?.write().catch(() => {});
      clearTimeout(checkpointTimer);
    },
  };
};

export type AuditService = ReturnType<typeof createAuditService>;
