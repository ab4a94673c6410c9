/** How much one address may do. */
export interface RateLimit {
  /** How many in a window. */
  max: number;
  windowSeconds: number;
}

/** Counts what an address does; answers after how many seconds it may go on, 0 for now. */
export type RateLimiter = (address: string) => number | Promise<number>;

/** Strangers must not fill the memory. */
const MOST_ADDRESSES = 100_000;

/** Counts in this process: in windows of fixed length, as many addresses as there is room for. */
export const createMemoryLimiter = (
  { max, windowSeconds }: RateLimit,
  now: () => number = Date.now,
): ((address: string) => number) => {
  let counts = new Map<string, number>();
  let ends = 0;
  return (address) => {
    const time = now();
    // A clock that is set back must not keep anybody out for longer than a window.
    if (time >= ends || ends - time > windowSeconds * 1000) {
      counts = new Map();
      ends = time + windowSeconds * 1000;
    }
    const count = (counts.get(address) ?? 0) + 1;
    if (counts.size < MOST_ADDRESSES || counts.has(address)) counts.set(address, count);
    return count > max ? Math.max(1, Math.ceil((ends - time) / 1000)) : 0;
  };
};

/** Counts one more under a name for some seconds, for all instances; null if that cannot be done now. */
export type SharedCount = (name: string, seconds: number) => Promise<number | null>;

/**
 * Counts for all instances, and in this process alone while that cannot be done.
 *
 * @param nameOf a keyed hash: addresses are not to lie anywhere in the clear
 */
export const createSharedLimiter = (
  { max, windowSeconds }: RateLimit,
  count: SharedCount,
  nameOf: (address: string) => string,
): RateLimiter => {
  const inMemory = createMemoryLimiter({ max, windowSeconds });
  return async (address) => {
    const seconds = Date.now() / 1000;
    const window = Math.floor(seconds / windowSeconds);
    const found = await count(`rate:${nameOf(address)}:${window}`, windowSeconds);
    if (found === null) return inMemory(address);
    return found > max ? Math.max(1, Math.ceil((window + 1) * windowSeconds - seconds)) : 0;
  };
};
