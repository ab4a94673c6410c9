import { chainHash, genesis, sealedHead } from './hash-chain';
import { signatureBytes } from './signature';

/** A row of a segment, as the chain sees it. */
export interface ChainRow {
  id: string;
  seq: number;
  /** seq of the row that has the signature of this row's group. */
  sealedSeq: number;
  /** What was hashed, if the row stood at `seq`. */
  contentAt(seq: number): string;
  previous: Buffer;
  hash: Buffer;
  /** `<key id>.<base64url of the signature>`, on the last row of a group. */
  seal: string | null;
}

export type ChainProblemKind =
  /** A column is another than when the row was written. */
  | 'altered'
  /** Rows are gone. */
  | 'missing'
  /** Rows were put in. */
  | 'inserted'
  /** Rows changed places. */
  | 'reordered'
  /** A signature is not there, or is none of a known key over this head. */
  | 'signature'
  /** A checkpoint says something else than the rows. */
  | 'checkpoint';

export interface ChainProblem {
  kind: ChainProblemKind;
  segment: string;
  site: string;
  /** Place of the row; of the first one, if several are missing. */
  seq: number;
  /** null: the row is gone. */
  id: string | null;
  message: string;
}

/** What checkpoints say about a segment. */
export interface KnownHeads {
  /** Hash (base64url) of the row at a place. */
  heads: ReadonlyMap<number, string>;
  /** Rows up to and including this one were removed on purpose. */
  purged: { seq: number; hash: string } | null;
}

export interface SegmentToVerify {
  segment: string;
  site: string;
  known: KnownHeads;
  /** Whether a key of ours made the signature. */
  verifySignature(kid: string, data: Buffer, signature: Buffer): boolean | Promise<boolean>;
}

/** Whoever rewrites a whole segment need not be told so row by row. */
const MOST_PROBLEMS = 10_000;

/**
 * Verifies a segment row by row, in the order of `seq` (then of `id`), and finds every row that was altered, removed,
 * inserted or moved. Constant memory but for what is found.
 */
export const createSegmentVerifier = ({ segment, site, known, verifySignature }: SegmentToVerify) => {
  const problems: ChainProblem[] = [];
  /** Rows whose own content does not fit their hash: perhaps they stand in each other's place. */
  const unfit: ChainRow[] = [];
  const blamed = new Set<ChainRow>();
  let last: ChainRow | null = null;
  let lastSeq = known.purged?.seq ?? 0;
  let lastHash = known.purged ? Buffer.from(known.purged.hash, 'base64url') : genesis(segment, site);
  /** The row before did not fit the one before it, and it is not known yet which of the two is to blame. */
  let doubt: { earlier: ChainRow | null; later: ChainRow } | null = null;
  let rows = 0;

  const report = (kind: ChainProblemKind, seq: number, id: string | null, message: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push({ kind, segment, site, seq, id, message });
  };
  const blame = (row: ChainRow, kind: ChainProblemKind, message: string): void => {
    if (blamed.has(row)) return;
    blamed.add(row);
    report(kind, row.seq, row.id, message);
  };
  const blameRehashed = (row: ChainRow): void =>
    blame(row, 'altered', 'The row was changed and its hash made anew: the row after it points at another hash');

  const settleDoubt = (alsoBrokenAfter: boolean): void => {
    if (!doubt) return;
    const { earlier, later } = doubt;
    doubt = null;
    if (blamed.has(later) || (earlier && blamed.has(earlier))) return;
    // A changed hash breaks the link after it, a changed pointer with a new hash breaks the links on both sides.
    if (alsoBrokenAfter || !earlier) blameRehashed(later);
    else blameRehashed(earlier);
  };

  const checkSeal = async (row: ChainRow): Promise<void> => {
    if (row.seq !== row.sealedSeq) {
      if (row.seal !== null) blame(row, 'signature', 'The row has a signature that belongs to another one');
      return;
    }
    if (!row.seal) return blame(row, 'signature', 'The signature of the group is gone');
    const [kid = '', text = '', ...more] = row.seal.split('.');
    const signature = signatureBytes(text);
    const head = sealedHead(segment, row.seq, row.hash);
    if (!signature || more.length > 0 || !(await verifySignature(kid, head, signature)))
      blame(row, 'signature', 'The signature is not of this row and of a known key');
  };

  return {
    async row(row: ChainRow): Promise<void> {
      rows += 1;
      if (known.purged && row.seq <= known.purged.seq) {
        // A purge that is under way: what is left has to fit itself.
        if (chainHash(row.previous, row.contentAt(row.seq)).equals(row.hash)) return checkSeal(row);
        return void unfit.push(row);
      }
      if (row.seq <= lastSeq) {
        settleDoubt(false);
        return blame(row, 'inserted', 'Two rows have this place');
      }
      if (row.seq > lastSeq + 1) {
        settleDoubt(false);
        const count = row.seq - lastSeq - 1;
        report('missing', lastSeq + 1, null, `${count === 1 ? 'A row is' : `${count} rows are`} missing from here on`);
      }
      const linked = row.seq === lastSeq + 1;
      const own = chainHash(row.previous, row.contentAt(row.seq)).equals(row.hash);
      const fits = !linked || row.previous.equals(lastHash);
      if (linked) settleDoubt(!fits);
      if (!own) unfit.push(row);
      else if (!fits) doubt = { earlier: last, later: row };
      const expected = known.heads.get(row.seq);
      if (own && expected !== undefined && expected !== row.hash.toString('base64url')) {
        doubt = null;
        blame(row, 'checkpoint', 'A checkpoint knows this row with another hash');
      }
      if (own) await checkSeal(row);
      if (!own) blamed.add(row);
      last = row;
      lastSeq = row.seq;
      lastHash = row.hash;
    },

    /** After the last row. */
    finish(): { rows: number; problems: ChainProblem[] } {
      settleDoubt(false);
      for (const row of unfit) {
        const home = unfit.find(
          (other) => other !== row && chainHash(row.previous, row.contentAt(other.seq)).equals(row.hash),
        );
        if (home) report('reordered', row.seq, row.id, `The row belongs at ${home.seq}`);
        else report('altered', row.seq, row.id, 'The row does not fit its hash');
      }
      if (last && last.sealedSeq > lastSeq)
        report('missing', lastSeq + 1, null, `The rest of the group is missing, up to ${last.sealedSeq}`);
      const promised = Math.max(0, ...known.heads.keys());
      if (promised > lastSeq && promised > (known.purged?.seq ?? 0))
        report('missing', lastSeq + 1, null, `A checkpoint knows rows up to ${promised}`);
      return { rows, problems };
    },
  };
};
