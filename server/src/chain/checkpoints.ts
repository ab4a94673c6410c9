import type { Core } from '@strapi/strapi';
import { checkpointBytes, checkpointHash, type Checkpoint, type SegmentHead } from './checkpoint';
import { isUniqueViolation } from '../database/conflict';
import type { KeyRing } from '../keys/service';
import { headOf, type Trail } from './trail';

/** A segment ends after a day; after two, no process appends to it any more. */
const CLOSED_AFTER_MS = 2 * 24 * 3600 * 1000;
const PAGE_ROWS = 200;
const ATTEMPTS = 5;

interface StoredSegment {
  segment: string;
  site: string;
  started_at_ms: number | string;
  checkpoint_seq: number | string;
}

/** Checkpoints: signed statements of how far every segment has come, each naming the one before. */
export const createCheckpoints = (strapi: Core.Strapi, keyRing: KeyRing, trail: Trail) => {
  const table = () => strapi.db.getConnection(trail.checkpoints);

  const last = async (): Promise<{ number: number; hash: string }> => {
    const [row]: { number: number | string; content: string }[] = await table()
      .orderBy('number', 'desc')
      .limit(1)
      .select('number', 'content');
    return row ? { number: Number(row.number), hash: checkpointHash(row.content) } : { number: 0, hash: '' };
  };

  /** Heads of open segments that grew since the last checkpoint, and the segments that will not grow any more. */
  const grown = async (): Promise<{ heads: SegmentHead[]; ended: string[] }> => {
    const heads: SegmentHead[] = [];
    const ended: string[] = [];
    const now = Date.now();
    const open: StoredSegment[] = await strapi.db
      .getConnection(trail.segments)
      .whereNull('closed_at_ms')
      .select('segment', 'site', 'started_at_ms', 'checkpoint_seq');
    for (const segment of open) {
      const head = await headOf(strapi, trail, segment);
      if (head && head.seq > Number(segment.checkpoint_seq)) heads.push(head);
      if (now - Number(segment.started_at_ms) > CLOSED_AFTER_MS) ended.push(segment.segment);
    }
    return { heads, ended };
  };

  const insert = async (heads: SegmentHead[], purged: SegmentHead[]): Promise<Checkpoint> => {
    for (let attempt = 1; ; attempt++) {
      const before = await last();
      const number = before.number + 1;
      const createdAt = new Date();
      const content = JSON.stringify({
        ...(trail.of && { of: trail.of }),
        number,
        createdAt: createdAt.toISOString(),
        previous: before.hash,
        heads,
        purged,
      });
      const { kid, signature } = keyRing.sign(checkpointBytes(content));
      const checkpoint = { number, content, kid, signature: signature.toString('base64url') };
      try {
        await table().insert({ ...checkpoint, created_at_ms: createdAt.getTime() });
        return checkpoint;
      } catch (error) {
        // Another instance wrote one of this number: this one follows it.
        if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
      }
    }
  };

  return {
    /**
     * Writes a checkpoint of what grew since the last one.
     *
     * @returns null if nothing did
     */
    async write(): Promise<Checkpoint | null> {
      const { heads, ended } = await grown();
      const checkpoint = heads.length > 0 ? await insert(heads, []) : null;
      for (const { segment, seq } of heads)
        await strapi.db
          .getConnection(trail.segments)
          .where({ segment })
          .where('checkpoint_seq', '<', seq)
          .update({ checkpoint_seq: seq });
      if (ended.length > 0)
        await strapi.db
          .getConnection(trail.segments)
          .whereIn('segment', ended)
          .whereNull('closed_at_ms')
          .update({ closed_at_ms: Date.now() });
      return checkpoint;
    },

    /**
     * States that rows are removed on purpose: of each segment all up to and including the one named. To be called before
     * they are, so that the chain verifies at any moment.
     */
    writePurge: (purged: SegmentHead[]): Promise<Checkpoint> => insert([], purged),

    /** All of them, in order. */
    async *all(): AsyncGenerator<Checkpoint> {
      for (let after = 0; ;) {
        const rows: (Checkpoint & { number: number | string })[] = await table()
          .where('number', '>', after)
          .orderBy('number')
          .limit(PAGE_ROWS)
          .select('number', 'content', 'kid', 'signature');
        for (const row of rows) yield { ...row, number: Number(row.number) };
        if (rows.length < PAGE_ROWS) return;
        after = Number(rows.at(-1)!.number);
      }
    },
  };
};

export type Checkpoints = ReturnType<typeof createCheckpoints>;
