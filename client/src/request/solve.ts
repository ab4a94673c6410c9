import type { Challenge } from '../../../contract/data-requests';

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16));
const hexOf = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Solves a challenge: about a second of work, done by the browser outside of the page's thread, so the page stays as it is.
 *
 * @returns what goes into `altcha` of a request
 */
export const solve = async (challenge: Challenge): Promise<string> => {
  const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  const { subtle } = crypto;
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations: cost };
  for (let counter = 0; ; counter++) {
    const password = bytesOf(nonce + counter.toString(16).padStart(8, '0'));
    const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    const derivedKey = hexOf(await subtle.deriveBits(algorithm, key, keyLength * 8));
    if (derivedKey.startsWith(keyPrefix)) return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
  }
};
