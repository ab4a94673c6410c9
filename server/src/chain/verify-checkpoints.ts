import { checkpointBytes, checkpointHash, type Checkpoint, type CheckpointContent } from './checkpoint';
import { signatureBytes } from './signature';
import type { KnownHeads } from './verify-segment';

export interface CheckpointProblem {
  kind: 'altered' | 'missing';
  number: number;
  message: string;
}

/** What the checkpoints say about each segment. */
export type HeadsBySegment = Map<string, { site: string; known: KnownHeads }>;

type Heads = { site: string; known: { heads: Map<number, string>; purged: KnownHeads['purged'] } };

const parse = (content: string): CheckpointContent | null => {
  try {
    return JSON.parse(content) as CheckpointContent;
  } catch {
    return null;
  }
};

/**
 * Verifies checkpoints in the order of their numbers: each is signed and names the hash of the one before. Only what a
 * verified checkpoint says counts.
 *
 * @param of the chain they have to be of
 */
export const verifyCheckpoints = async (
  checkpoints: AsyncIterable<Checkpoint> | Iterable<Checkpoint>,
  verifySignature: (kid: string, data: Buffer, signature: Buffer) => boolean | Promise<boolean>,
  of?: string,
): Promise<{ count: number; problems: CheckpointProblem[]; segments: HeadsBySegment }> => {
  const problems: CheckpointProblem[] = [];
  const segments = new Map<string, Heads>();
  let count = 0;
  let expected = 1;
  let previous = '';
  for await (const { number, content, kid, signature } of checkpoints) {
    count += 1;
    const read = parse(content);
    const report = (kind: CheckpointProblem['kind'], message: string): void =>
      void problems.push({ kind, number, message });
    if (number > expected) report('missing', `The checkpoints from ${expected} to ${number - 1} are missing`);
    const bytes = signatureBytes(signature);
    const signed = bytes !== null && (await verifySignature(kid, checkpointBytes(content), bytes));
    if (!signed || !read) report('altered', 'The signature is not of this checkpoint and of a known key');
    else if (read.of !== of) report('altered', 'This is a checkpoint of another chain');
    else if (read.number !== number) report('altered', `This is checkpoint ${read.number}`);
    else if (number === expected && read.previous !== previous)
      report('altered', 'It names another hash of the checkpoint before');
    if (signed && read?.of === of)
      for (const [list, purged] of [
        [read!.heads, false],
        [read!.purged, true],
      ] as const)
        for (const { segment, site, seq, hash } of list) {
          const entry = segments.get(segment) ?? { site, known: { heads: new Map<number, string>(), purged: null } };
          segments.set(segment, entry);
          entry.known.heads.set(seq, hash);
          if (purged && seq > (entry.known.purged?.seq ?? 0)) entry.known.purged = { seq, hash };
        }
    expected = number + 1;
    previous = checkpointHash(content);
  }
  return { count, problems, segments };
};
