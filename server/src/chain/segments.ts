import { randomBytes } from 'node:crypto';
import { chainHash, genesis, sealedHead } from './hash-chain';
import type { ChainedColumns } from './trail';

/** A day: so segments stay few, and those of processes that ended can be closed. */
export const LONGEST_SEGMENT_MS = 24 * 3600 * 1000;
/** Clocks that are corrected go back a little; more than that begins a new segment, so that one segment's times only grow. */
const CLOCK_STEP_MS = 1000;

interface Segment extends SegmentRow {
  seq: number;
  hash: Buffer;
  lastMs: number;
}

/** A segment as its table has it. */
export interface SegmentRow {
  segment: string;
  site: string;
  started_at_ms: number;
}

/** A row of which everything is known but its place in the chain. */
export type Unchained<Row extends ChainedColumns> = Omit<Row, keyof ChainedColumns>;

/** Rows in their places, and what has to happen once they are committed. */
export interface ChainedBatch<Row> {
  rows: Row[];
  /** Segments that begin with this batch. */
  begun: SegmentRow[];
  committed(): void;
}

/** How rows of a kind are chained. */
export interface Chaining<Row> {
  /** What the hash is taken of. */
  contentOf(row: Omit<Row, 'previous_hash' | 'hash' | 'seal'>): string;
  /** Rows of different sites are in different segments. */
  siteOf(row: Omit<Row, keyof ChainedColumns>): string;
  /** Makes `<key id>.<signature>` of a head. */
  sign(head: Buffer): string;
}

/** This process' ends of the chain, one segment per site: no other process appends to them, so no lock is needed. */
export const createSegments = <Row extends ChainedColumns>({ contentOf, siteOf, sign }: Chaining<Row>) => {
  let open = new Map<string, Segment>();

  const begin = (site: string, now: number): Segment => {
    const segment = randomBytes(16).toString('base64url');
    return { segment, site, started_at_ms: now, seq: 0, hash: genesis(segment, site), lastMs: now };
  };

  const goesOn = (segment: Segment, now: number): boolean =>
    now - segment.started_at_ms < LONGEST_SEGMENT_MS && now > segment.lastMs - CLOCK_STEP_MS;

  return {
    /** Gives the rows their places, in the rows themselves. Nothing counts until `committed` is called. */
    chain(rows: readonly Unchained<Row>[], now: number): ChainedBatch<Row> {
      const bySite = new Map<string, Unchained<Row>[]>();
      for (const row of rows) {
        const site = siteOf(row);
        const group = bySite.get(site);
        if (group) group.push(row);
        else bySite.set(site, [row]);
      }
      const chained: Row[] = [];
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
          // Filled in, not copied: copies of so many columns cost as much as the hashes.
          const placed = row as unknown as Row;
          seq += 1;
          placed.segment = segment;
          placed.seq = seq;
          placed.sealed_seq = sealed_seq;
          placed.recorded_at_ms = recorded_at_ms;
          placed.previous_hash = hash;
          hash = chainHash(hash, contentOf(placed));
          placed.hash = hash;
          placed.seal = seq === sealed_seq ? sign(sealedHead(segment, seq, hash)) : null;
          chained.push(placed);
        }
        next.set(site, { ...from, seq, hash, lastMs: recorded_at_ms });
      }
      return { rows: chained, begun, committed: () => void (open = next) };
    },

    /** After a commit of which nobody knows whether it happened: the ends may be others than those known here. */
    abandon: (): void => void (open = new Map()),
  };
};

export type Segments<Row extends ChainedColumns> = ReturnType<typeof createSegments<Row>>;
