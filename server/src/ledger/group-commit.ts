import { AsyncResource } from 'node:async_hooks';

export interface GroupCommitLimits {
  /** How long the first of a group waits for others, in milliseconds; 0: for those whose requests have arrived. */
  delayMs: number;
  maxBatch: number;
  /** How many may wait; more are turned away. */
  maxQueue: number;
  /** How long any may wait for its answer. */
  maxWaitMs: number;
}

interface Waiting<Entry, Outcome> {
  entry: Entry;
  sinceMs: number;
  answer: ((outcome: Outcome) => void) | null;
}

/**
 * Collects entries that arrive together and commits them as one group, one group after the other: while a group is being
 * committed the next one gathers.
 *
 * @param commit answers each entry of a group; it must not reject
 * @param unavailable the outcome for those who cannot be kept waiting
 */
export const createGroupCommit = <Entry, Outcome>(
  commit: (entries: readonly Entry[], answer: (index: number, outcome: Outcome) => void) => Promise<void>,
  { delayMs, maxBatch, maxQueue, maxWaitMs }: GroupCommitLimits,
  unavailable: () => Outcome,
) => {
  // Requests have a context of their own, which must not leak into a commit that serves many.
  const outside = new AsyncResource('privacy-desk.group-commit');
  let queue: Waiting<Entry, Outcome>[] = [];
  let inFlight: Waiting<Entry, Outcome>[] = [];
  let busy = false;
  let timer: NodeJS.Timeout | undefined;
  let watchdog: NodeJS.Timeout | undefined;
  const idle: (() => void)[] = [];

  const settle = (waiting: Waiting<Entry, Outcome>, outcome: Outcome): void => {
    const { answer } = waiting;
    waiting.answer = null;
    answer?.(outcome);
  };

  const watch = (): void => {
    const latest = performance.now() - maxWaitMs;
    for (const waiting of inFlight) if (waiting.sinceMs < latest) settle(waiting, unavailable());
    const late = queue.filter(({ sinceMs }) => sinceMs < latest);
    if (late.length === 0) return;
    queue = queue.filter(({ sinceMs }) => sinceMs >= latest);
    for (const waiting of late) settle(waiting, unavailable());
  };

  const run = async (): Promise<void> => {
    if (busy || queue.length === 0) return;
    busy = true;
    const group = queue.splice(0, maxBatch);
    const outcomes: (Outcome | undefined)[] = [];
    inFlight = group;
    try {
      await commit(
        group.map(({ entry }) => entry),
        (index, outcome) => void (outcomes[index] = outcome),
      );
    } finally {
      busy = false;
      inFlight = [];
      // Those who came meanwhile have waited; and the database works on them while these are answered.
      void run();
      for (const [index, waiting] of group.entries()) settle(waiting, outcomes[index] ?? unavailable());
      if (!busy && queue.length === 0) {
        clearInterval(watchdog);
        watchdog = undefined;
        for (const done of idle.splice(0)) done();
      }
    }
  };

  const schedule = (): void => {
    if (busy || timer) return;
    outside.runInAsyncScope(() => {
      watchdog ??= setInterval(watch, 500).unref();
      const start = (): void => {
        timer = undefined;
        void run();
      };
      if (queue.length >= maxBatch || delayMs === 0) setImmediate(start);
      else timer = setTimeout(start, delayMs);
    });
  };

  return {
    /** @returns false if too many are waiting already */
    add(entry: Entry, answer: (outcome: Outcome) => void): boolean {
      if (queue.length >= maxQueue) return false;
      queue.push({ entry, sinceMs: performance.now(), answer });
      schedule();
      return true;
    },
    /** Resolves when nobody waits any more. */
    drain: (): Promise<void> =>
      busy || queue.length > 0 ? new Promise((resolve) => idle.push(resolve)) : Promise.resolve(),
    get waiting(): number {
      return queue.length + inFlight.length;
    },
  };
};
