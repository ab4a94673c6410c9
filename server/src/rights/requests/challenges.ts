import { randomInt } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Challenge, SolvedChallenge } from '../../../../contract';

/** Of PBKDF2; one try takes a browser two to five milliseconds, in a thread of its own. */
const ITERATIONS = 5000;
/** A person may take a break after sending; a bot must not gather solutions. */
const LIFETIME_MS = 10 * 60_000;
const MAX_PAYLOAD = 4096;

/** A solution that is right and not expired; whether it is used for the first time is to be found out by its `id`. */
export interface Solved {
  id: string;
  expiresAtMs: number;
}

const HEX = /^[\da-f]{1,128}$/;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const read = (payload: unknown): (SolvedChallenge & { challenge: { parameters: { expiresAt: number } } }) | null => {
  if (typeof payload !== 'string' || payload.length > MAX_PAYLOAD || !/^[\w+/=-]+$/.test(payload)) return null;
  try {
    const { challenge, solution } = JSON.parse(Buffer.from(payload, 'base64').toString()) as Record<string, unknown>;
    if (!isObject(challenge) || !isObject(challenge.parameters) || !isObject(solution)) return null;
    const { nonce, salt, expiresAt, algorithm, cost } = challenge.parameters;
    const texts = [nonce, salt, challenge.signature];
    if (!texts.every((text) => typeof text === 'string' && HEX.test(text))) return null;
    if (typeof expiresAt !== 'number' || algorithm !== 'PBKDF2/SHA-256' || cost !== ITERATIONS) return null;
    return { challenge, solution } as never;
  } catch {
    return null;
  }
};

/**
 * Proof of work (ALTCHA, version 2) against bots, without any third party. Making a challenge takes one try, checking a
 * solution two signatures; finding it takes a browser about `tries` of them.
 *
 * @param secret any text that no one else knows
 * @param tries how many a browser needs on average
 */
export const createChallenges = (secret: string, tries: number) => {
  const secrets = { hmacSignatureSecret: `challenge ${secret}`, hmacKeySignatureSecret: `key ${secret}` };
  return {
    async make(now = Date.now()): Promise<Challenge> {
      const { parameters, signature } = await createChallenge({
        ...secrets,
        algorithm: 'PBKDF2/SHA-256',
        cost: ITERATIONS,
        // Never quick by luck, and never endless.
        counter: randomInt(Math.ceil(tries / 2), Math.ceil(tries * 1.5) + 1),
        deriveKey,
        expiresAt: new Date(now + LIFETIME_MS),
      });
      return { parameters: parameters as Challenge['parameters'], signature: signature! };
    },

    /** @returns what is wrong with it, or what it is known by */
    async check(payload: unknown): Promise<Solved | 'invalid' | 'expired'> {
      const solved = read(payload);
      if (!solved) return 'invalid';
      const { verified, expired } = await verifySolution({ ...solved, ...secrets, deriveKey });
      if (!verified) return expired ? 'expired' : 'invalid';
      const { nonce, salt, expiresAt } = solved.challenge.parameters;
      return { id: `${nonce}${salt}`.slice(0, 64), expiresAtMs: expiresAt * 1000 };
    },
  };
};

export type Challenges = ReturnType<typeof createChallenges>;
