import { setTimeout as pause } from 'node:timers/promises';
import { isConflict } from './conflict';

const ATTEMPTS = 5;

/**
 * Does `work` again where it failed only because another instance was at the same; what that one did is then found done.
 * @throws what the last attempt threw
 */
export const retryConflicts = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error;
      await pause(100 * attempt);
    }
  }
};
