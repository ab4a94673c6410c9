import { createHash } from 'node:crypto';

/** 128 bits of the content's SHA-256 in base64url, 22 characters: enough to name a version, short enough to travel with every page. */
export const contentHash = (...parts: (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest().subarray(0, 16).toString('base64url');
};
