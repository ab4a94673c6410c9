import type { Core } from '@strapi/strapi';
import { pluginConfig } from '../config';
import { createTables } from '../database/own-tables';
import { getService } from '../get-service';
import { answerFirst } from '../http/answer-first';
import { createClientAddress, network } from '../http/client-address';
import { publicPaths } from '../http/public-paths';
import { createMemoryLimiter, createSharedLimiter, type RateLimiter } from '../http/rate-limit';
import type { Checkpoint } from '../chain/checkpoint';
import { failureName } from '../failure-name';
import { createCheckpoints, type Checkpoints } from './checkpoints';
import { ledgerEndpoints, type LedgerParts } from './endpoints';
import { createIngest } from './ingest';
import { createPartitions, type Partitions } from './partitions';
import { createPersonalParts } from './personal-parts';
import { createReceipts } from './receipts';
import { recordKeys } from './record-keys';
import { createSiteContexts } from './site-contexts';
import { createSubjectAccess } from './subject-access';
import { ledgerTables } from './tables';
import { createTokens, keyedHash } from './token';
import { createVerifier, type Verifier, type VerifyReport } from './verify';

const PARTITIONS_MS = 6 * 3600 * 1000;

/** Records consents and answers for them: the proof that GDPR, article 7 (1), asks for. */
export const createLedgerService = ({ strapi }: { strapi: Core.Strapi }) => {
  let parts: LedgerParts | null = null;
  let partitions: Partitions | undefined;
  let checkpoints: Checkpoints | undefined;
  let verifier: Verifier | undefined;
  const timers: NodeJS.Timeout[] = [];
  const undo: (() => void)[] = [];

  const limiterOf = (hashKey: Buffer): RateLimiter | null => {
    if (process.env.RATE_LIMIT === 'off') return null;
    const { rateLimit } = pluginConfig(strapi).consents;
    const redis = getService('redis', { strapi });
    const limiter = redis.configured()
      ? createSharedLimiter(rateLimit, redis.count, (address) => keyedHash(hashKey, 'rate limit', address))
      : createMemoryLimiter(rateLimit);
    return (address) => limiter(network(address));
  };

  const running = <Part>(part: Part | undefined): Part => {
    if (!part) throw new Error('The ledger is not running: consents.enabled is false, or Strapi is stopping');
    return part;
  };

  const every = (ms: number, what: string, work: () => Promise<unknown> | undefined): void => {
    let failing = false;
    const run = async (): Promise<void> => {
      try {
        await work();
        failing = false;
      } catch (error) {
        if (!failing) strapi.log.warn(`Privacy Desk cannot ${what} for now: ${failureName(error)}`);
        failing = true;
      }
    };
    timers.push(setInterval(() => void run(), ms).unref());
  };

  return {
    /** Whether consents are recorded. */
    enabled: (): boolean => pluginConfig(strapi).consents.enabled,

    /** Puts the endpoints in front of Koa; for `register()`. Before `start` they answer 503. */
    answer(): void {
      if (!pluginConfig(strapi).consents.enabled) return;
      const handler = ledgerEndpoints(strapi, publicPaths(strapi), () => parts);
      undo.push(answerFirst(strapi.server.httpServer, handler));
    },

    /** Creates the tables and begins to record. The key ring has to be open, and the catalogue published. */
    async start(): Promise<void> {
      const { consents } = pluginConfig(strapi);
      if (!consents.enabled) return;
      const keyRing = getService('keyRing', { strapi });
      const publishing = getService('publishing', { strapi });
      await createTables(strapi, ledgerTables);
      partitions = createPartitions(strapi);
      await partitions.start();
      const hashKey = await keyRing.secret('subject-hashes');
      const addressOf = createClientAddress(strapi);
      const limiter = limiterOf(hashKey);
      parts = {
        contexts: createSiteContexts(strapi, publishing.current),
        ingest: createIngest(strapi, keyRing, hashKey, partitions, {
          delayMs: consents.groupDelayMs,
          maxBatch: consents.groupSize,
          maxQueue: consents.queueSize,
        }),
        access: createSubjectAccess(strapi, hashKey),
        receipts: createReceipts(strapi, keyRing),
        tokens: createTokens(await keyRing.secret('receipt-tokens')),
        hashKey,
        limiter,
        addressOf,
        personalParts: createPersonalParts(consents.personal, hashKey, addressOf),
        keyRing,
      };
      checkpoints = createCheckpoints(strapi, keyRing);
      verifier = createVerifier(strapi, keyRing, checkpoints);
      keyRing.addSealedValues(recordKeys(strapi));
      every(PARTITIONS_MS, 'make partitions', () => partitions?.start());
      every(consents.checkpointMinutes * 60_000, 'write a checkpoint', () => checkpoints?.write());
    },

    /** Reads everything and finds what is not as it was written; see `Verifier`. */
    verify: (held?: readonly Checkpoint[]): Promise<VerifyReport> => running(verifier).verify(held),

    /** Signed states of the chain; see `Checkpoints`. */
    checkpoints: (): Checkpoints => running(checkpoints),

    /** What answers for the endpoints, for those who add to it. */
    parts: (): LedgerParts => running(parts ?? undefined),

    /** Answers what waits, and stops. */
    async stop(): Promise<void> {
      for (const timer of timers.splice(0)) clearInterval(timer);
      const { ingest } = parts ?? {};
      parts = null;
      for (const off of undo.splice(0)) off();
      await ingest?.drain();
      // What was recorded is attested before the process ends; if that fails, the next one does it.
      if (ingest) await checkpoints?.write().catch(() => {});
      checkpoints = verifier = undefined;
    },
  };
};
