import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Actor, VerificationRunOf, VerificationOf } from '../../../contract';
import { isLeased, takeLease, type Lease } from '../database/lease';
import { failureName } from '../failure-name';

const LEASE_MS = 60_000;
/** How often the state is written that others read. */
const PROGRESS_MS = 1000;
const MOST_PROBLEMS = 200;
const RUNS_KEPT = 20;

interface Stored {
  id: string;
  content: string;
}

/** What is verified in the background. */
export interface VerificationTask<Counts extends object, Problem> {
  /** As the log calls it: `ledger`. */
  name: string;
  /** Only one instance at a time. */
  lease: string;
  /** Its runs, as `verificationTable` makes it. */
  table: string;
  /** How much there is to tell of before anything was read. */
  nothing: Counts;
  verify(
    onProgress: (progress: Counts) => Promise<void>,
  ): Promise<{ ok: boolean; counts: Counts; problems: readonly Problem[] }>;
}

/** Runs of `verify` in the background, one at a time over all instances; any of them can tell how it goes. */
export const createVerification = <Counts extends object, Problem>(
  strapi: Core.Strapi,
  task: VerificationTask<Counts, Problem>,
) => {
  type Run = VerificationRunOf<Counts, Problem>;
  const table = () => strapi.db.getConnection(task.table);
  let stopping = false;
  let underway: Promise<void> = Promise.resolve();

  const write = async (id: string, run: Run): Promise<void> => {
    const finished_at_ms = run.finishedAt === null ? null : Date.parse(run.finishedAt);
    await table()
      .where({ id })
      .update({ status: run.status, finished_at_ms, content: JSON.stringify(run) });
  };

  const latest = async (where: object): Promise<Stored | null> => {
    const [row]: Stored[] = await table()
      .where(where)
      .orderBy('started_at_ms', 'desc')
      .limit(1)
      .select('id', 'content');
    return row ?? null;
  };

  /** Of a process that ended in the middle of it. */
  const interrupted = (run: Run): Run => ({
    ...run,
    status: 'failed',
    finishedAt: run.startedAt,
    error: 'The process ended before it was done',
  });

  const tidy = async (): Promise<void> => {
    const kept: { id: string }[] = await table().orderBy('started_at_ms', 'desc').limit(RUNS_KEPT).select('id');
    await table()
      .whereNotIn(
        'id',
        kept.map(({ id }) => id),
      )
      .delete();
  };

  const work = async (id: string, run: Run, lease: Lease): Promise<void> => {
    let writtenAt = performance.now();
    let state = run;
    try {
      const report = await task.verify(async (progress) => {
        if (stopping) throw new Error('Strapi is stopping');
        if (performance.now() - writtenAt < PROGRESS_MS) return;
        writtenAt = performance.now();
        state = { ...state, ...progress };
        await lease.renew();
        await write(id, state);
      });
      state = {
        ...state,
        status: report.ok ? 'intact' : 'problems',
        ...report.counts,
        problemCount: report.problems.length,
        problems: report.problems.slice(0, MOST_PROBLEMS),
      };
      if (!report.ok)
        strapi.log.error(
          `Privacy Desk's ${task.name} is not as it was written: ${report.problems.length} problem(s), see its page`,
        );
    } catch (error) {
      state = { ...state, status: 'failed', error: failureName(error) };
    }
    await write(id, { ...state, finishedAt: new Date().toISOString() });
    await lease.release();
  };

  const state = async (): Promise<VerificationOf<Counts, Problem>> => {
    const [running, last] = [await latest({ status: 'running' }), await latestEnded()];
    const run = running && (JSON.parse(running.content) as Run);
    if (run && (await isLeased(strapi, task.lease))) return { running: run, last };
    // It may have ended between the two looks.
    if (run && (await latest({ status: 'running', id: running.id }))) {
      await write(running.id, interrupted(run));
      return state();
    }
    return { running: null, last: run ? await latestEnded() : last };
  };

  const latestEnded = async (): Promise<Run | null> => {
    const [row]: Stored[] = await table()
      .whereNot({ status: 'running' })
      .orderBy('started_at_ms', 'desc')
      .limit(1)
      .select('id', 'content');
    return row ? (JSON.parse(row.content) as Run) : null;
  };

  return {
    state,

    /** @returns false if one is running already */
    async start(startedBy: Actor | null): Promise<boolean> {
      const lease = await takeLease(strapi, task.lease, LEASE_MS);
      if (!lease) return false;
      const [id, now] = [randomUUID(), new Date()];
      const run: Run = {
        status: 'running',
        startedAt: now.toISOString(),
        finishedAt: null,
        startedBy,
        ...task.nothing,
        problemCount: 0,
        problems: [],
        error: null,
      };
      const left = await latest({ status: 'running' });
      if (left) await write(left.id, interrupted(JSON.parse(left.content) as Run));
      await table().insert({ id, started_at_ms: now.getTime(), status: run.status, content: JSON.stringify(run) });
      await tidy();
      underway = work(id, run, lease).catch((error) => {
        strapi.log.error(`Privacy Desk cannot write how a verification went: ${failureName(error)}`);
      });
      return true;
    },

    /** Ends what is running here. */
    async stop(): Promise<void> {
      stopping = true;
      await underway;
    },
  };
};

export type Verifications<Counts extends object, Problem> = ReturnType<typeof createVerification<Counts, Problem>>;
