import { createHash } from 'node:crypto';

/** How far a segment had come: the hash of its row `seq` is `hash` (base64url). */
export interface SegmentHead {
  segment: string;
  site: string;
  seq: number;
  hash: string;
}

/** What a checkpoint says. It stands for itself: with the public keys an outsider can hold it and compare. */
export interface CheckpointContent {
  /** Which chain it is of; absent: the consents. */
  of?: string;
  number: number;
  /** ISO 8601. */
  createdAt: string;
  /** Hash of the checkpoint before, base64url; empty for the first. */
  previous: string;
  /** Segments that grew since the checkpoint before. */
  heads: SegmentHead[];
  /** Rows that retention removed on purpose: everything of the segment up to and including this one. */
  purged: SegmentHead[];
}

/** A checkpoint as it is stored and exported. */
export interface Checkpoint {
  number: number;
  /** JSON of a `CheckpointContent`; the signature is over these very bytes. */
  content: string;
  /** Key ID of the Ed25519 key, see `GET …/keys`. */
  kid: string;
  /** base64url. */
  signature: string;
}

export const checkpointHash = (content: string): string =>
  createHash('sha256').update('privacy-desk checkpoint\n').update(content).digest('base64url');

/** The bytes that are signed. */
export const checkpointBytes = (content: string): Buffer => Buffer.from(`privacy-desk checkpoint\n${content}`);
