import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { createSegments, type Segments, type Unchained } from '../chain/segments';
import { qualified } from '../database/own-tables';
import { failureName } from '../failure-name';
import type { KeyRing } from '../keys/service';
import { contentOf, type EntryRow } from './entry-row';
import { AUDIT_TRAIL, ENTRIES, NO_SITE } from './tables';

const MOST_IDLE_LANES = 10;
const MOST_TOGETHER = 200;

export type UnchainedEntry = Unchained<EntryRow>;
/** Makes an entry's row, with what it needs of the database, in the transaction that the entry is of. */
export type Draft = (trx: Knex) => Promise<UnchainedEntry>;

/** One end of the chain; only one transaction at a time goes on from it. */
interface Lane {
  segments: Segments<EntryRow>;
  /** Written in the transaction that holds it. */
  rows: EntryRow[];
  broken: boolean;
  /** The last entry of its transaction: the next one waits for it. */
  turn: Promise<void>;
}

interface Waiting {
  draft: Draft;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Writes entries. Each transaction has an end of the chain to itself until it is over, so transactions do not wait for each
 * other, and one that is rolled back takes its entries with it without leaving a gap.
 *
 * @param onCommitted is told of entries once they are there for good
 */
export const createWriter = (
  strapi: Core.Strapi,
  keyRing: KeyRing,
  onCommitted: (rows: readonly EntryRow[]) => void,
) => {
  const idle: Lane[] = [];
  const held = new WeakMap<Knex, Lane>();
  const settling = new Set<Promise<void>>();
  let queue: Waiting[] = [];
  let flushing: Promise<void> | null = null;

  const newLane = (): Lane => ({
    segments: createSegments<EntryRow>({
      contentOf,
      siteOf: () => NO_SITE,
      sign: (head) => keyRing.signText(head),
    }),
    rows: [],
    broken: false,
    turn: Promise.resolve(),
  });

  /** Whether what a transaction wrote is there; asked from outside, as nobody tells reliably how a transaction ended. */
  const isCommitted = async ({ rows }: Lane): Promise<boolean> => {
    const { segment, seq, hash } = rows.at(-1)!;
    const [found]: { hash: Uint8Array }[] = await strapi.db
      .getConnection(ENTRIES)
      .where({ segment, seq })
      .select('hash');
    return found !== undefined && hash.equals(Buffer.from(found.hash));
  };

  const settle = async (lane: Lane): Promise<void> => {
    if (lane.rows.length === 0) return;
    try {
      // One that was rolled back is not gone on with: its numbers may still be taken, if only a part was rolled back.
      if (!(await isCommitted(lane))) return;
      onCommitted(lane.rows.splice(0));
      if (!lane.broken && idle.length < MOST_IDLE_LANES) idle.push(lane);
    } catch (error) {
      strapi.log.warn(`Privacy Desk cannot see whether an audit entry was committed: ${failureName(error)}`);
    }
  };

  const laneOf = (trx: Knex.Transaction): Lane => {
    const known = held.get(trx);
    if (known) return known;
    const lane = idle.pop() ?? newLane();
    held.set(trx, lane);
    const over = (): void => {
      held.delete(trx);
      const done = settle(lane).finally(() => settling.delete(done));
      settling.add(done);
    };
    trx.executionPromise.then(over, over);
    return lane;
  };

  const write = async (trx: Knex.Transaction, lane: Lane, drafts: readonly Draft[]): Promise<void> => {
    try {
      const entries: UnchainedEntry[] = [];
      for (const draft of drafts) entries.push(await draft(trx));
      const { rows, begun, committed } = lane.segments.chain(entries, Date.now());
      if (begun.length > 0)
        await trx(qualified(strapi, AUDIT_TRAIL.segments)).insert(begun.map((row) => ({ ...row, checkpoint_seq: 0 })));
      await trx(qualified(strapi, ENTRIES)).insert(rows);
      committed();
      lane.rows.push(...rows);
    } catch (error) {
      lane.broken = true;
      throw error;
    }
  };

  const append = (trx: Knex.Transaction, drafts: readonly Draft[]): Promise<void> => {
    const lane = laneOf(trx);
    const written = lane.turn.then(() => write(trx, lane, drafts));
    lane.turn = written.catch(() => {});
    return written;
  };

  const together = (drafts: readonly Draft[]): Promise<void> =>
    strapi.db.connection.transaction((trx) => append(trx, drafts));

  const flush = async (): Promise<void> => {
    while (queue.length > 0) {
      const group = queue.slice(0, MOST_TOGETHER);
      queue = queue.slice(MOST_TOGETHER);
      try {
        await together(group.map(({ draft }) => draft));
        for (const { resolve } of group) resolve();
      } catch (error) {
        if (group.length === 1) group[0]!.reject(error);
        // The others are innocent of the one that cannot be written.
        else for (const { draft, resolve, reject } of group) await together([draft]).then(resolve, reject);
      }
    }
    flushing = null;
  };

  return {
    /** Writes an entry in a transaction: both are committed, or neither. */
    within: (trx: Knex.Transaction, draft: Draft): Promise<void> => append(trx, [draft]),

    /** Writes an entry by itself; those that come together are committed together. Resolves after the commit. */
    alone: (draft: Draft): Promise<void> =>
      new Promise((resolve, reject) => {
        queue.push({ draft, resolve, reject });
        flushing ??= Promise.resolve().then(flush);
      }),

    /** Waits for what is under way. */
    async drain(): Promise<void> {
      await flushing;
      await Promise.all(settling);
    },
  };
};

export type Writer = ReturnType<typeof createWriter>;
