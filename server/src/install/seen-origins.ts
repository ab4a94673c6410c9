import type { IncomingMessage } from 'node:http';
import type { SeenOrigin } from '../../../contract';

/** Strangers can name any origin, and must not fill the memory. */
const ORIGINS_PER_SITE = 20;
const MAX_LENGTH = 255;
/** At most so many requests are looked at in a slice of time; below that none is missed. */
const SLICE_MS = 100;
const LOOKS_PER_SLICE = 20;

/** Scheme and host of the page that asks; null where the browser does not tell. */
const originOf = ({ origin, referer }: IncomingMessage['headers']): string | null => {
  const told = origin && origin !== 'null' ? origin : referer;
  if (!told) return null;
  try {
    const url = new URL(told);
    return /^https?:$/.test(url.protocol) && url.origin.length <= MAX_LENGTH ? url.origin : null;
  } catch {
    return null;
  }
};

/**
 * Remembers which websites have asked for a site, and when last: in memory, and no more of a request than its page's origin.
 *
 * @param now milliseconds of any clock that does not go back
 */
export const createSeenOrigins = (now: () => number = () => performance.now()) => {
  /** By site, then by origin, the latest last. */
  const seen = new Map<string, Map<string, number>>();
  let slice = 0;
  let looks = 0;

  return {
    /** Called for every answer of the fast path, after it was sent. `site` must be one that exists. */
    note(site: string, request: IncomingMessage): void {
      const at = now();
      if (at - slice >= SLICE_MS) {
        slice = at;
        looks = 0;
      }
      if (looks >= LOOKS_PER_SLICE) return;
      looks += 1;
      const origin = originOf(request.headers);
      if (!origin) return;
      let origins = seen.get(site);
      if (!origins) seen.set(site, (origins = new Map()));
      origins.delete(origin);
      origins.set(origin, at);
      if (origins.size > ORIGINS_PER_SITE) origins.delete(origins.keys().next().value!);
    },

    /** The latest first. */
    of(site: string): SeenOrigin[] {
      const at = now();
      return [...(seen.get(site) ?? [])]
        .map(([origin, since]) => ({ origin, secondsAgo: Math.round((at - since) / 1000) }))
        .reverse();
    },
  };
};
