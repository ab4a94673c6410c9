import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Actor, Erasure, ErasureItem, ErasurePlan, ErasureState } from '../../../../contract';
import { pluginConfig } from '../../config';
import { takeLease } from '../../database/lease';
import { qualified } from '../../database/own-tables';
import { failureName } from '../../failure-name';
import { getService } from '../../get-service';
import { freshRandomness, loadReplace } from '../generators';
import { USER_UID } from '../map/paths';
import { foundPerson, type Person } from '../person';
import type { PersonalSource, Transaction } from '../sources';
import { ERASURES, USER_SUBJECTS } from '../tables';
import { removeElsewhere } from './files';
import { personOfNotice, sendNotice, type ErasureNotice } from './notices';
import { applyStep, erasureSteps, plannedItem, type Aftermath } from './steps';

const LEASE_MS = 20_000;
/** Renewed while a long transaction runs. */
const RENEW_MS = 5000;
const RETRY_MS = 15_000;
const LISTED = 100;

interface ErasureRow {
  id: string;
  state: ErasureState;
  origin: Erasure['origin'];
  started_at_ms: number | string;
  finished_at_ms: number | string | null;
  items: string;
  sealed_work: string | null;
  files_left: number;
  notices_left: number;
  failure: string | null;
  proof: string | null;
}

/** Whoever waits for the end of an erasure says with it what is to be done then. */
export type FollowUp = { request: string; actor: Actor; message: string | null };

/** Before the transaction: whom. After it: what is left to do. */
type Work = { followUp: FollowUp | null } & (
  { person: Person } | { files: Record<string, unknown>[]; notices: string[]; notice: ErasureNotice }
);

const context = (id: string): string => `erasure ${id}`;

const fromRow = (row: ErasureRow): Erasure => ({
  id: row.id,
  state: row.state,
  origin: row.origin,
  startedAt: new Date(Number(row.started_at_ms)).toISOString(),
  finishedAt: row.finished_at_ms === null ? null : new Date(Number(row.finished_at_ms)).toISOString(),
  items: JSON.parse(row.items) as ErasureItem[],
  filesLeft: row.files_left,
  noticesLeft: row.notices_left,
  failure: row.failure,
  proof: row.proof,
});

/**
 * Erases persons (GDPR, article 17). One transaction changes the database and notes, sealed, what is left to do outside of
 * it: files, other systems. Whatever fails or is killed is gone on with: before the commit nothing has happened, and
 * everything after it can be repeated.
 */
export const createErasures = (strapi: Core.Strapi, sources: readonly PersonalSource[]) => {
  const keyRing = () => getService('keyRing', { strapi });
  const table = () => strapi.db.getConnection(ERASURES);
  let timer: NodeJS.Timeout | undefined;
  let follow: ((erasure: string, followUp: FollowUp) => Promise<void>) | null = null;
  const running = new Set<Promise<unknown>>();

  const seal = (id: string, work: Work): string => keyRing().seal(JSON.stringify(work), context(id));
  const read = async (id: string): Promise<ErasureRow | undefined> => {
    const [row]: ErasureRow[] = await table().where({ id }).select('*');
    return row;
  };
  const workOf = ({ id, sealed_work }: ErasureRow): Work =>
    JSON.parse(keyRing().open(sealed_work!, context(id)).toString()) as Work;

  /** What was done stays in the trail; whom it was done to, and by, is not to be found in it any more. */
  const forgetInAuditTrail = async (
    { users, emails, subjects }: Person,
    documents: Aftermath['documents'],
    trx: Transaction,
  ): Promise<void> => {
    const audit = getService('audit', { strapi });
    const named: [type: string, ids: string[]][] = [
      [USER_UID, users.map(({ documentId }) => documentId)],
      ['person', [...emails, ...subjects]],
      ...Object.entries(documents),
    ];
    for (const [type, ids] of named) await audit.erase(type, ids, trx);
  };

  /** The transaction: all of it, or nothing. */
  const commit = async (id: string, person: Person, followUp: FollowUp | null): Promise<void> => {
    const map = await getService('personalDataMap', { strapi }).usable();
    const steps = await erasureSteps(strapi, map, person);
    const replace = await loadReplace('en', freshRandomness());
    const notices = pluginConfig(strapi).rights.erasureWebhooks.map(({ url }) => url);
    await strapi.db.transaction(async ({ trx }) => {
      const aftermath: Aftermath = { files: [], documents: {} };
      const items: ErasureItem[] = [];
      for (const step of steps) items.push(await applyStep(strapi, trx, step, replace, aftermath));
      for (const source of sources) {
        const item = await source.erase(person, trx as Transaction);
        if (item) items.push(item);
      }
      const userIds = person.users.map((user) => user.id);
      await trx(qualified(strapi, USER_SUBJECTS))
        .whereIn('user_id', userIds)
        .orWhereIn('subject_hash', person.subjectHashes)
        .delete();
      await forgetInAuditTrail(person, aftermath.documents, trx as Transaction);
      const notice: ErasureNotice = {
        event: 'privacy-desk.erasure',
        id,
        erasedAt: new Date().toISOString(),
        person: personOfNotice(person),
        items: items.map(({ type, action, entries }) => ({ type, action, entries })),
        documents: aftermath.documents,
      };
      const noted = await trx(qualified(strapi, ERASURES))
        .where({ id, state: 'running' })
        .update({
          state: 'finishing',
          items: JSON.stringify(items),
          sealed_work: seal(id, { files: aftermath.files, notices, notice, followUp }),
          files_left: aftermath.files.length,
          notices_left: notices.length,
          failure: null,
        });
      // Whoever lost the lease meanwhile would put the little it found in the place of what the other one did.
      if (Number(noted) === 0) throw new Error('Another process was faster');
      await getService('audit', { strapi }).record(
        {
          action: 'subject.erasure',
          target: { type: 'erasure', id },
          detail: {
            erasure: id,
            items: items.map(({ type, action, entries, files }) => ({ type, action, entries, files })),
          },
        },
        trx,
      );
    });
  };

  const removeFile = async (file: Record<string, unknown>): Promise<void> => {
    const { provider } = strapi.config.get<{ provider: string }>('plugin::upload');
    if (file.provider !== provider) return removeElsewhere(strapi, file);
    const upload = (strapi.plugin('upload') as unknown as { provider: { delete(file: unknown): Promise<unknown> } })
      .provider;
    const formats = Object.values((file.formats ?? {}) as Record<string, object>);
    for (const one of [file, ...formats])
      await upload.delete(one).catch((error: NodeJS.ErrnoException) => {
        // Gone already: a former try came so far.
        if (!/doesn't exist|not found|ENOENT/i.test(error.message)) throw error;
      });
  };

  /** What is left after the commit; each piece that is done is noted, and a failure leaves the rest for the next time. */
  const finish = async (row: ErasureRow): Promise<void> => {
    const { id } = row;
    const work = workOf(row);
    if ('person' in work) throw new Error(`The erasure ${id} has no work to finish`);
    const note = async (failure: string | null): Promise<void> => {
      await table()
        .where({ id })
        .where({ state: 'finishing' })
        .update({
          sealed_work: seal(id, work),
          files_left: work.files.length,
          notices_left: work.notices.length,
          failure,
        });
    };
    const failures: string[] = [];
    const attempt = async <Piece>(
      pieces: Piece[],
      what: string,
      act: (piece: Piece) => Promise<void>,
    ): Promise<Piece[]> => {
      const left: Piece[] = [];
      for (const piece of pieces)
        try {
          await act(piece);
        } catch (error) {
          left.push(piece);
          failures.push(`${what}: ${failureName(error)}`);
        }
      return left;
    };
    work.files = await attempt(work.files, 'A file could not be removed', removeFile);
    work.notices = await attempt(work.notices, 'Another system could not be told', (url) =>
      sendNotice(strapi, url, work.notice),
    );
    if (failures.length > 0) {
      await note(failures[0]!);
      throw new Error(failures[0]);
    }
    await strapi.eventHub.emit('privacy-desk.erasure', {
      id,
      items: work.notice.items,
      documents: work.notice.documents,
    });
    if (work.followUp) {
      // It is registered later in a boot than erasures go on; the next time it is there.
      if (!follow) return;
      await follow(id, work.followUp);
    }
    const finishedAt = Date.now();
    const items = JSON.parse(row.items) as ErasureItem[];
    const proof = await keyRing().signJws(
      {
        jti: id,
        iat: Math.floor(finishedAt / 1000),
        statement: 'erasure of personal data (GDPR, article 17)',
        requestedAt: new Date(Number(row.started_at_ms)).toISOString(),
        erasedAt: work.notice.erasedAt,
        items: items.map(({ type, action, entries, files, reason }) => ({ type, action, entries, files, reason })),
      },
      'privacy-desk-erasure+jws',
    );
    await table().where({ id, state: 'finishing' }).update({
      state: 'done',
      finished_at_ms: finishedAt,
      sealed_work: null,
      files_left: 0,
      notices_left: 0,
      failure: null,
      proof,
    });
  };

  /** Brings an erasure as far as it gets; null: another process is at it. */
  const proceed = async (id: string): Promise<Erasure | null> => {
    const lease = await takeLease(strapi, `erasure ${id}`, LEASE_MS);
    if (!lease) return null;
    const renewal = setInterval(() => void lease.renew().catch(() => {}), RENEW_MS).unref();
    const row = await read(id);
    try {
      if (row?.state === 'running') {
        const work = workOf(row);
        if ('person' in work) await commit(id, work.person, work.followUp);
      }
      const after = await read(id);
      if (after?.state === 'finishing') await finish(after);
    } catch (error) {
      const failure = failureName(error);
      // Once, and not every time.
      if (failure !== row?.failure)
        strapi.log.error(`Privacy Desk: the erasure ${id} is not done yet, and will be tried again: ${failure}`);
      await table()
        .where({ id })
        .whereNot({ state: 'done' })
        .update({ failure })
        .catch(() => {});
    } finally {
      clearInterval(renewal);
      await lease.release().catch(() => {});
    }
    return fromRow((await read(id))!);
  };

  const tracked = <Result>(work: Promise<Result>): Promise<Result> => {
    running.add(work);
    void work.finally(() => running.delete(work)).catch(() => {});
    return work;
  };

  const resume = async (): Promise<void> => {
    const rows: { id: string }[] = await table().whereIn('state', ['running', 'finishing']).select('id');
    for (const { id } of rows) await proceed(id);
  };

  return {
    /** Goes on with what was not finished, now and from time to time. */
    start(): void {
      const run = (): void =>
        void tracked(resume()).catch((error: unknown) =>
          strapi.log.warn(`Privacy Desk cannot go on with erasures for now: ${failureName(error)}`),
        );
      run();
      clearInterval(timer);
      timer = setInterval(run, RETRY_MS).unref();
    },

    async stop(): Promise<void> {
      clearInterval(timer);
      await Promise.allSettled(running);
    },

    /** What would happen; nothing does. */
    async plan(person: Person): Promise<ErasurePlan> {
      const map = await getService('personalDataMap', { strapi }).usable();
      const steps = await erasureSteps(strapi, map, person);
      const items = await strapi.db.transaction(async ({ trx }) => {
        const planned: ErasureItem[] = [];
        for (const step of steps) planned.push(await plannedItem(strapi, trx, step));
        return planned;
      });
      for (const source of sources) {
        const item = await source.plan(person);
        if (item) items.push(item);
      }
      return { person: foundPerson(person), items };
    },

    /**
     * Erases a person. It is written down before it begins, so that it comes to its end whatever happens.
     *
     * @param followUp what `onDone` is told of at its end
     * @returns how far it came: usually `done`
     */
    async erase(person: Person, origin: Erasure['origin'], followUp: FollowUp | null = null): Promise<Erasure> {
      // A map that does not fit is told to whom it may concern, before anything is promised.
      await getService('personalDataMap', { strapi }).usable();
      const id = randomUUID();
      await table().insert({
        id,
        state: 'running',
        origin,
        started_at_ms: Date.now(),
        items: '[]',
        sealed_work: seal(id, { person, followUp }),
        files_left: 0,
        notices_left: 0,
      });
      return (await tracked(proceed(id))) ?? fromRow((await read(id))!);
    },

    /** Names who is told of the end of erasures with a follow-up: when nothing is left to do, and again after a crash. */
    onDone: (listener: NonNullable<typeof follow>): void => void (follow = listener),

    /** The latest first. */
    async list(): Promise<Erasure[]> {
      const rows: ErasureRow[] = await table().orderBy('started_at_ms', 'desc').orderBy('id').limit(LISTED).select('*');
      return rows.map(fromRow);
    },

    async find(id: string): Promise<Erasure | null> {
      const row = await read(id);
      return row ? fromRow(row) : null;
    },

    /** For the rotation of the master key. */
    sealedValues: {
      async reseal(activeKeyId: string, reseal: (sealed: string, context: string) => string): Promise<number> {
        const rows: { id: string; sealed_work: string }[] = await table()
          .whereNotNull('sealed_work')
          .whereNot('sealed_work', 'like', `1.${activeKeyId}.%`)
          .select('id', 'sealed_work');
        for (const { id, sealed_work } of rows)
          await table()
            .where({ id, sealed_work })
            .update({ sealed_work: reseal(sealed_work, context(id)) });
        return rows.length;
      },
    },
  };
};

export type Erasures = ReturnType<typeof createErasures>;
