import type { Core } from '@strapi/strapi';
import { pluginConfig } from '../config';
import { leaseTables } from '../database/lease';
import { createTables } from '../database/own-tables';
import { getService } from '../get-service';
import { keyedHash } from '../keys/keyed-hash';
import { answerFirst } from '../http/answer-first';
import { createLimitedRequests } from '../http/limited-requests';
import { publicPaths } from '../http/public-paths';
import type { Checkpoint } from '../chain/checkpoint';
import { createCheckpoints, type Checkpoints } from '../chain/checkpoints';
import { failureName } from '../failure-name';

import { createCounts, type Counts } from './counts';
import { ledgerEndpoints, type LedgerParts } from './endpoints';
import { createIngest } from './ingest';
import { createHousekeeping, type Housekeeping } from './housekeeping';
import { createOvertaken } from './overtaken';
import { createPartitions } from './partitions';
import { createPersonalParts } from './personal-parts';
import { createReceipts } from './receipts';
import { recordKeys } from './record-keys';
import { createRecords, type Records } from './records';
import { createRecordsOfSubjects, type RecordsOfSubjects } from './records-of-subjects';
import { createRetention, type PurgeReport } from './retention';
import { createSiteContexts } from './site-contexts';
import { createStatistics, type Statistics } from './statistics';
import { createSumUp } from './sum-up';
import { createSubjectAccess } from './subject-access';
import { CONSENT_TRAIL, ledgerTables } from './tables';
import { createTokens } from './token';
import {
  createLedgerVerification,
  createVerifier,
  type LedgerVerification,
  type Verifier,
  type VerifyReport,
} from './verify';

const PARTITIONS_MS = 6 * 3600 * 1000;
const IMPRESSIONS_MS = 5000;

/** All that does not need `consents.enabled`. */
export interface StoredLedger {
  checkpoints: Checkpoints;
  verifier: Verifier;
  counts: Counts;
  records: Records;
  ofSubjects: RecordsOfSubjects;
  statistics: Statistics;
  verification: LedgerVerification;
  housekeeping: Housekeeping;
}

/** Records consents and answers for them: the proof that GDPR, article 7 (1), asks for. */
export const createLedgerService = ({ strapi }: { strapi: Core.Strapi }) => {
  let parts: LedgerParts | null = null;
  let stored: StoredLedger | null = null;
  const timers: NodeJS.Timeout[] = [];
  const undo: (() => void)[] = [];

  const running = <Part>(part: Part | null): Part => {
    if (!part) throw new Error('The ledger is not running: Strapi is stopping, or consents.enabled is false');
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
      const keyRing = getService('keyRing', { strapi });
      await createTables(strapi, (dialect) => [...ledgerTables(dialect), ...leaseTables()]);
      const partitions = createPartitions(strapi);
      await partitions.start();
      const hashKey = await keyRing.secret('subject-hashes');
      const contexts = createSiteContexts(strapi, getService('publishing', { strapi }).current);
      const counts = createCounts(strapi, contexts.shown, consents.impressionShare);
      const checkpoints = createCheckpoints(strapi, keyRing, CONSENT_TRAIL);
      const verifier = createVerifier(strapi, keyRing, checkpoints);
      const retention = createRetention(strapi, checkpoints, partitions);
      // What is stored can be read, verified and expires, also where nothing more is recorded.
      stored = {
        checkpoints,
        verifier,
        counts,
        records: createRecords(strapi, keyRing, hashKey),
        ofSubjects: createRecordsOfSubjects(strapi, createReceipts(strapi, keyRing)),
        statistics: createStatistics(strapi),
        verification: createLedgerVerification(strapi, verifier),
        housekeeping: createHousekeeping(strapi, retention, [createOvertaken(strapi), createSumUp(strapi)]),
      };
      keyRing.addSealedValues(recordKeys(strapi));
      stored.housekeeping.schedule();
      if (!consents.enabled) return;

      /** @param purpose what is counted apart from everything else */
      const limited = (purpose: string) =>
        createLimitedRequests(strapi, (address) => keyedHash(hashKey, purpose, address));
      const { limiter, addressOf } = limited('rate limit');
      const ingest = createIngest(strapi, keyRing, hashKey, partitions, {
        delayMs: consents.groupDelayMs,
        maxBatch: consents.groupSize,
        maxQueue: consents.queueSize,
      });
      ingest.alsoWrite(counts.count);
      parts = {
        contexts,
        ingest,
        access: createSubjectAccess(strapi, hashKey),
        receipts: createReceipts(strapi, keyRing),
        tokens: createTokens(await keyRing.secret('receipt-tokens')),
        hashKey,
        limiter,
        impressions:
          consents.impressionShare > 0
            ? { count: counts.impression, limiter: limited('rate limit of impressions').limiter }
            : null,
        addressOf,
        personalParts: createPersonalParts(consents.personal, hashKey, addressOf),
        keyRing,
      };
      every(PARTITIONS_MS, 'make partitions', () => partitions.start());
      every(IMPRESSIONS_MS, 'count banners', () => counts.flush());
      every(consents.checkpointMinutes * 60_000, 'write a checkpoint', () => checkpoints.write());
    },

    /** Reads everything and finds what is not as it was written; see `Verifier`. */
    verify: (held?: readonly Checkpoint[]): Promise<VerifyReport> => running(stored).verifier.verify(held),

    /** Signed states of the chain; see `Checkpoints`. */
    checkpoints: (): Checkpoints => running(stored).checkpoints,

    /** What the admin panel reads, and what runs in the background. */
    stored: (): StoredLedger => running(stored),

    /** What answers for the endpoints, for those who add to it. */
    parts: (): LedgerParts => running(parts),

    /** Removes what has expired and sums up counters, now. null: another instance is at it. */
    keepHouse: (): Promise<PurgeReport | null> => running(stored).housekeeping.run(),

    /** Answers what waits, and stops. */
    async stop(): Promise<void> {
      for (const timer of timers.splice(0)) clearInterval(timer);
      const { ingest } = parts ?? {};
      parts = null;
      for (const off of undo.splice(0)) off();
      await ingest?.drain();
      const { checkpoints, counts, verification, housekeeping } = stored ?? {};
      stored = null;
      await Promise.all([verification?.stop(), housekeeping?.stop()]);
      await counts?.flush().catch(() => {});
      // What was recorded is attested before the process ends; if that fails, the next one does it.
      if (ingest) await checkpoints?.write().catch(() => {});
    },
  };
};
