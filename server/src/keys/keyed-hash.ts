import { createHmac } from 'node:crypto';

export const HASH_BYTES = 16;

/** Keyed hash of 128 bits in base64url, 22 characters: without the key nothing leads from it to what was hashed. */
export const keyedHash = (key: Buffer, purpose: string, text: string): string =>
  createHmac('sha256', key).update(`${purpose}\n${text}`).digest().subarray(0, HASH_BYTES).toString('base64url');
