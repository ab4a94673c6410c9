import { setTimeout as pause } from 'node:timers/promises';

/** Tries an assertion again and again until it holds; fails as it does in the end. */
export const eventually = async <Result>(
  assertion: () => Result | Promise<Result>,
  withinMs = 20_000,
): Promise<Result> => {
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(20);
    }
  }
};
