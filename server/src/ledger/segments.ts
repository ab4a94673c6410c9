import { randomBytes } from 'node:crypto';
import { chainHash, genesis, sealedHead } from '../chain/hash-chain';
import type { SegmentRow } from './ingest-store';
import { contentOf, type ConsentRow } from './record';

/** A day: so segments stay few, and those of processes that ended can be closed. */
export const LONGEST_SEGMENT_MS = 24 * 3600 * 1000;
/** Clocks that are corrected go back a little; more than that begins a new segment, so that one segment's times only grow. */
const CLOCK_STEP_MS = 1000;

interface Segment extends SegmentRow {
  seq: number;
  hash: Buffer;
  lastMs: number;
}

/** A row of which everything is known but its place in the chain. */
export type UnchainedRow = Omit<
  ConsentRow,
  'segment' | 'seq' | 'sealed_seq' | 'recorded_at_ms' | 'previous_hash' | 'hash' | 'seal'
>;

/** Rows in their places, and what has to happen once they are committed. */
export interface ChainedBatch {
  rows: ConsentRow[];
  /** Segments that begin with this batch. */
  begun: SegmentRow[];
  committed(): void;
}

/**
 * This process' ends of the chain, one segment per site: no other process appends to them, so no lock is needed.
 *
 * @param sign makes `<key id>.<signature>` of a head
 */
export const createSegments = (sign: (head: Buffer) => string) => {
  let open = new Map<string, Segment>();

  const begin = (site: string, now: number): Segment => {
    const segment = randomBytes(16).toString('base64url');
    return { segment, site, started_at_ms: now, seq: 0, hash: genesis(segment, site), lastMs: now };
  };

  const goesOn = (segment: Segment, now: number): boolean =>
    now - segment.started_at_ms < LONGEST_SEGMENT_MS && now > segment.lastMs - CLOCK_STEP_MS;

  return {
    /** Gives the rows their places. Nothing counts until `committed` is called. */
    chain(rows: readonly UnchainedRow[], now: number): ChainedBatch {
      const bySite = new Map<string, UnchainedRow[]>();
      for (const row of rows) {
        const group = bySite.get(row.site);
        if (group) group.push(row);
        else bySite.set(row.site, [row]);
      }
      const chained: ConsentRow[] = [];
      const begun: SegmentRow[] = [];
      const next = new Map(open);
      for (const [site, group] of bySite) {
        const current = open.get(site);
        const from = current && goesOn(current, now) ? current : begin(site, now);
        const { segment, started_at_ms } = from;
        if (from !== current) begun.push({ segment, site, started_at_ms });
        const recorded_at_ms = Math.max(now, from.lastMs);
        const sealed_seq = from.seq + group.length;
        let { seq, hash } = from;
        for (const row of group) {
          seq += 1;
          const placed = { ...row, segment, seq, sealed_seq, recorded_at_ms };
          const previous_hash = hash;
          hash = chainHash(previous_hash, contentOf(placed));
          chained.push({
            ...placed,
            previous_hash,
            hash,
            seal: seq === sealed_seq ? sign(sealedHead(segment, seq, hash)) : null,
          });
        }
        next.set(site, { ...from, seq, hash, lastMs: recorded_at_ms });
      }
      return { rows: chained, begun, committed: () => void (open = next) };
    },

    /** After a commit of which nobody knows whether it happened: the ends may be others than those known here. */
    abandon: (): void => void (open = new Map()),
  };
};

export type Segments = ReturnType<typeof createSegments>;
