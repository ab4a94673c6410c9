import { sha256 } from '../sha256';

/** What the first row of a segment points at. */
export const genesis = (segment: string, site: string): Buffer =>
  sha256(`privacy-desk segment\n${JSON.stringify([segment, site])}`);

/** The hash of a row: of the one before and of its own content, so that nothing can change without all that follows. */
export const chainHash = (previous: Buffer, content: string): Buffer =>
  sha256(Buffer.concat([previous, Buffer.from(content)]));

/** The bytes that are signed over the last row of a group commit. */
export const sealedHead = (segment: string, seq: number, hash: Buffer): Buffer =>
  Buffer.from(`privacy-desk head\n${JSON.stringify([segment, seq, hash.toString('base64url')])}`);
