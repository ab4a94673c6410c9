import { createHash } from 'node:crypto';

/** 128 bits of the content's SHA-256 in base64url, 22 characters: enough to name a version, short enough to travel with every page. */
export const contentHash = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest().subarray(0, 16).toString('base64url');
