import { createHmac } from 'node:crypto';
import type { Generator } from '../../../../../contract';
import { numbersIn, PlainText } from './plain-text';

/** Shorter ones occur by chance. */
export const SHORTEST = 5;
/** Of longer ones the beginning and the end are looked for. */
const LONGEST = 64;
/** Shorter ones may occur by chance, and are not what a check fails for. */
const SHORTEST_CERTAIN = 8;
const FEWEST_DIGITS = 7;

/** How sure it is that a value found elsewhere is the person's: always; unless it is found everywhere; it may be chance. */
export const CERTAINTIES = ['certain', 'text', 'possible'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

const CERTAIN: Generator[] = ['email', 'phone', 'iban', 'creditCard', 'ip', 'uuid', 'fullName', 'street', 'url'];
const POSSIBLE: Generator[] = [
  'firstName',
  'lastName',
  'city',
  'country',
  'company',
  'postalCode',
  'birthdate',
  'date',
  'number',
];
const NUMBERED: Generator[] = ['phone', 'iban', 'creditCard'];

/** Two numbers per text, 64 bits in all; with a base that is part of the run's key they tell nothing. */
interface Hashing {
  bases: readonly [number, number];
  powers: readonly [Int32Array, Int32Array];
}

const createHashing = (key: Buffer): Hashing => {
  const drawn = createHmac('sha256', key).update('privacy-desk leftovers').digest();
  const bases = [drawn.readInt32LE(0) | 1, drawn.readInt32LE(4) | 1] as const;
  const powersOf = (base: number): Int32Array => {
    const powers = new Int32Array(LONGEST + 1);
    powers[0] = 1;
    for (let index = 1; index <= LONGEST; index++) powers[index] = Math.imul(powers[index - 1]!, base);
    return powers;
  };
  return { bases, powers: [powersOf(bases[0]), powersOf(bases[1])] };
};

/** Set apart, so that the digits of one value are not found as the text of another. */
const AS_DIGITS = 0x5bd1e995 | 0;

const BUCKET_BITS = 20;
const bucketOf = (prefixHash: number): number => Math.imul(prefixHash, 0x9e3779b1) >>> (32 - BUCKET_BITS);

/** Bytes of one original: two hashes, then bucket, length and certainty. */
export const RECORD_BYTES = 12;

/** A value of a mapped field as it was, and what was to take its place. */
export interface Original {
  text: string;
  generator: Generator;
}

/** Which share of the originals is remembered. */
export type Share = 'full' | 'sample';
const ONE_IN = 16;

/**
 * Remembers originals as hashes of twelve bytes, before they are overwritten. `take()` gives what came together since the
 * last time, to be stored in the transaction that overwrites.
 */
export const createCollector = (key: Buffer, share: Share) => {
  const { bases } = createHashing(key);
  const plain = new PlainText();
  let bytes = Buffer.alloc(1 << 16);
  let length = 0;
  // Most values of a column repeat: cities, the same customer's orders.
  const recent = new Int32Array(1 << 16);

  const add = (first: number, second: number, bucket: number, size: number, certainty: number): void => {
    if (share === 'sample' && (second >>> 0) % ONE_IN !== 0) return;
    const slot = (first ^ (first >>> 16)) & (recent.length - 1);
    if (recent[slot] === first) return;
    recent[slot] = first;
    if (length + RECORD_BYTES > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(bytes.length)]);
    bytes.writeInt32LE(first, length);
    bytes.writeInt32LE(second, length + 4);
    bytes.writeUInt32LE(((bucket << 12) | (size << 2) | certainty) >>> 0, length + 8);
    length += RECORD_BYTES;
  };

  const addPart = (from: number, to: number, certainty: number): void => {
    let first = 0;
    let second = 0;
    let bucket = 0;
    for (let index = from; index < to; index++) {
      first = (Math.imul(first, bases[0]) + plain.codes[index]! + 1) | 0;
      second = (Math.imul(second, bases[1]) + plain.codes[index]! + 1) | 0;
      if (index === from + SHORTEST - 1) bucket = bucketOf(first);
    }
    add(first, second, bucket, to - from, certainty);
  };

  const addDigits = (digits: string): void => {
    const [first, second] = hashOfDigits(digits, bases);
    add(first, second, 0, digits.length, 0);
  };

  return {
    add({ text, generator }: Original): void {
      plain.read(text.normalize('NFC'));
      if (NUMBERED.includes(generator)) {
        const digits = text.replace(/\D/g, '');
        if (digits.length >= FEWEST_DIGITS && digits.length <= 40) addDigits(digits);
      }
      if (plain.length < SHORTEST) return;
      const certainty =
        POSSIBLE.includes(generator) || plain.length < SHORTEST_CERTAIN ? 2 : CERTAIN.includes(generator) ? 0 : 1;
      if (plain.length <= LONGEST) return addPart(0, plain.length, certainty);
      let head = LONGEST;
      while (head > SHORTEST_CERTAIN && !plain.isEdge(head)) head -= 1;
      addPart(0, plain.codes[head - 1] === 32 ? head - 1 : head, certainty);
      let tail = plain.length - LONGEST;
      while (tail < plain.length - SHORTEST_CERTAIN && !plain.isEdge(tail)) tail += 1;
      addPart(plain.codes[tail] === 32 ? tail + 1 : tail, plain.length, certainty);
    },
    take(): Buffer {
      const taken = Buffer.from(bytes.subarray(0, length));
      length = 0;
      return taken;
    },
  };
};
export type Collector = ReturnType<typeof createCollector>;

const hashOfDigits = (digits: string, [one, two]: readonly [number, number]): [number, number] => {
  let first = AS_DIGITS;
  let second = AS_DIGITS;
  for (let index = 0; index < digits.length; index++) {
    first = (Math.imul(first, one) + digits.charCodeAt(index)) | 0;
    second = (Math.imul(second, two) + digits.charCodeAt(index)) | 0;
  }
  return [first, second];
};

/** An original that stands in a text. */
export interface Found {
  from: number;
  to: number;
  certainty: Certainty;
  /** Tells originals apart. */
  hash: number;
}

/**
 * Looks for originals in texts: at each beginning of a word, for the lengths that originals with these first five
 * characters have. Memory: 24 bytes per original, and 8 MiB.
 *
 * @param most how many originals there is room for
 */
export const createFinder = (key: Buffer, most: number) => {
  const { bases, powers } = createHashing(key);
  const plain = new PlainText();
  let [firsts, seconds] = [new Int32Array(4096), new Int32Array(4096)];
  // For each bucket of beginnings, which lengths there are: a bit for each from 5 to 68.
  const lengths = new Uint32Array(2 << BUCKET_BITS);
  let capacity = 2;
  while (capacity < most * 1.5) capacity *= 2;
  const table = { first: new Int32Array(capacity), second: new Int32Array(capacity), kind: new Uint8Array(capacity) };
  let size = 0;
  const slotOf = (first: number, second: number): number => {
    let slot = (Math.imul(first ^ (second >>> 15), 0x9e3779b1) >>> 0) & (capacity - 1);
    while (table.kind[slot] !== 0 && (table.first[slot] !== first || table.second[slot] !== second))
      slot = (slot + 1) & (capacity - 1);
    return slot;
  };
  const certaintyAt = (slot: number): Certainty => CERTAINTIES[table.kind[slot]! - 1]!;

  const parts = (text: string): Found[] => {
    plain.read(text);
    const { codes, places, length } = plain;
    if (length < SHORTEST) return [];
    if (firsts.length <= length) [firsts, seconds] = [new Int32Array(length * 2), new Int32Array(length * 2)];
    for (let index = 0; index < length; index++) {
      firsts[index + 1] = (Math.imul(firsts[index]!, bases[0]) + codes[index]! + 1) | 0;
      seconds[index + 1] = (Math.imul(seconds[index]!, bases[1]) + codes[index]! + 1) | 0;
    }
    const hash = (values: Int32Array, power: Int32Array, from: number, to: number): number =>
      (values[to]! - Math.imul(values[from]!, power[to - from]!)) | 0;
    const found: Found[] = [];
    for (let from = 0; from + SHORTEST <= length; from++) {
      if (codes[from] === 32 || !plain.isEdge(from)) continue;
      const bucket = bucketOf(hash(firsts, powers[0], from, from + SHORTEST)) * 2;
      let longest = 0;
      for (let half = 0; half < 2; half++) {
        let bits = lengths[bucket + half]!;
        while (bits !== 0) {
          const bit = 31 - Math.clz32(bits & -bits);
          bits &= bits - 1;
          const to = from + SHORTEST + half * 32 + bit;
          if (to > length || !plain.isEdge(to)) continue;
          const first = hash(firsts, powers[0], from, to);
          const slot = slotOf(first, hash(seconds, powers[1], from, to));
          if (table.kind[slot] === 0) continue;
          longest = to;
          found.push({ from: places[from]!, to: places[to - 1]! + 1, certainty: certaintyAt(slot), hash: first });
        }
      }
      // What lies within a longer one is told by that.
      if (longest > 0) from = longest - 1;
    }
    return found;
  };

  const numbers = (text: string): Found[] =>
    numbersIn(text).flatMap(({ digits, from, to }) => {
      const [first, second] = hashOfDigits(digits, bases);
      const slot = slotOf(first, second);
      return table.kind[slot] === 0 ? [] : [{ from, to, certainty: certaintyAt(slot), hash: first }];
    });

  return {
    /** How many different originals are looked for. */
    get size(): number {
      return size;
    },
    get full(): boolean {
      return size >= most;
    },
    /** Adds what a collector took. */
    add(bytes: Buffer): void {
      for (let at = 0; at + RECORD_BYTES <= bytes.length; at += RECORD_BYTES) {
        const [first, second] = [bytes.readInt32LE(at), bytes.readInt32LE(at + 4)];
        const more = bytes.readUInt32LE(at + 8);
        const [bucket, length, kind] = [more >>> 12, (more >>> 2) & 1023, (more & 3) + 1];
        const slot = slotOf(first, second);
        if (table.kind[slot] === 0) {
          table.first[slot] = first;
          table.second[slot] = second;
          table.kind[slot] = kind;
          size += 1;
        } else if (kind < table.kind[slot]!) table.kind[slot] = kind;
        const bit = length - SHORTEST;
        const half = bucket * 2 + (bit >> 5);
        if (bit >= 0 && length <= LONGEST) lengths[half] = (lengths[half]! | (1 << (bit & 31))) >>> 0;
      }
    },
    /** The originals in a composed (NFC) text. */
    find: (text: string): Found[] => [...parts(text), ...numbers(text)],
  };
};
export type Finder = ReturnType<typeof createFinder>;
