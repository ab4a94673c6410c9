import * as crypto from 'node:crypto';
import { createCipheriv, createHash, createHmac, randomBytes, randomInt } from 'node:crypto';

/** A stream of random numbers. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
}

/** Where replacements take their chance from. */
export interface Randomness {
  /** Random numbers for what takes the place of a value. */
  of(what: string, original: string): Random;
  /**
   * Another number in place of a number from 0 up to `size`, itself not included; `size` is at most 2^53.
   * With a key it is a permutation: different numbers stay different.
   */
  permute(what: string, value: number, size: number): number;
}

/** sfc32 by Chris Doty-Humphrey (PractRand): small, fast, and quick to start, which faker's Mersenne Twister is not. */
const stream = (seed: Buffer): Random => {
  let a = seed.readInt32LE(0);
  let b = seed.readInt32LE(4);
  let c = seed.readInt32LE(8);
  let counter = 1;
  const next = (): number => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    return (result >>> 0) / 4_294_967_296;
  };
  for (let round = 0; round < 8; round++) next();
  return { next };
};

/** SHA-256 at once where Node.js has that (20.12 and later): several times faster for short texts. */
const sha256: (text: string) => Buffer =
  'hash' in crypto
    ? (text) => (crypto as unknown as { hash(...all: string[]): Buffer }).hash('sha256', text, 'buffer')
    : (text) => createHash('sha256').update(text).digest();

const ROUNDS = 8;

/**
 * The same key and value always have the same replacement, wherever the value stands. Who has the key can try out which
 * original a replacement belongs to; who has it not, cannot.
 */
export const keyedRandomness = (key: string | Buffer): Randomness => {
  const derived = (purpose: string): Buffer => createHmac('sha256', key).update(`privacy-desk ${purpose}`).digest();
  const streams = derived('replacements').toString('base64');
  const cipher = createCipheriv('aes-256-ecb', derived('permutations'), null).setAutoPadding(false);
  const tweaks = new Map<string, number>();
  const tweakOf = (what: string): number => {
    let tweak = tweaks.get(what);
    if (tweak === undefined) {
      tweak = sha256(`${streams}\0permutation ${what}`).readUInt32LE(0);
      // A few generators, with a few lengths.
      if (tweaks.size < 10_000) tweaks.set(what, tweak);
    }
    return tweak;
  };
  const block = Buffer.alloc(16);
  return {
    // A secret beginning makes a keyed function of the hash, as only 96 of its bits are used (no extension of lengths).
    of: (what, original) => stream(sha256(`${streams}\0${what}\0${original}`)),

    // A Feistel network over a rectangle just above the size, walked until it is within: see Black and Rogaway,
    // “Ciphers with Arbitrary Finite Domains”.
    permute(what, value, size) {
      if (size < 2) return 0;
      const tweak = tweakOf(`${what} ${size}`);
      const width = Math.ceil(Math.sqrt(size));
      const height = Math.ceil(size / width);
      const keyed = (round: number, half: number, modulo: number): number => {
        block.writeUInt32LE(tweak, 0);
        block.writeUInt32LE(round, 4);
        block.writeDoubleLE(half, 8);
        return cipher.update(block).readUIntLE(0, 6) % modulo;
      };
      let current = value;
      do {
        let left = current % width;
        let right = Math.floor(current / width);
        for (let round = 0; round < ROUNDS; round += 2) {
          left = (left + keyed(round, right, width)) % width;
          right = (right + keyed(round + 1, left, height)) % height;
        }
        current = right * width + left;
      } while (current >= size);
      return current;
    },
  };
};

/** A replacement that nothing leads back from, another one each time. */
export const freshRandomness = (): Randomness => ({
  of: () => stream(randomBytes(12)),
  // `randomInt` goes up to 2^48.
  permute: (_what, _value, size) =>
    size < 2 ** 48 ? randomInt(Math.max(size, 1)) : Math.floor(stream(randomBytes(12)).next() * size),
});
