import crypto, { createHash } from 'node:crypto';

/** SHA-256 (FIPS 180-4); in one call where Node.js has it (20.12), which costs a quarter for what is short. */
export const sha256 = (data: string | Buffer): Buffer =>
  typeof crypto.hash === 'function'
    ? crypto.hash('sha256', data, 'buffer')
    : createHash('sha256').update(data).digest();
