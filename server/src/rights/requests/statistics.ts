import type { HandlingTimes, RequestStatistics, RequestType } from '../../../../contract';
import { REQUEST_TYPES } from '../../../../contract';
import { dayIn } from './deadline';

/** What statistics need of a request. */
export interface TimedRequest {
  type: RequestType;
  receivedAtMs: number;
  dueAtMs: number;
  /** When it was answered or refused; null: not yet, or it never will be. */
  handledAtMs: number | null;
}

const DAY_MS = 86_400_000;
const MONTHS = 12;

const rounded = (days: number): number => Math.round(days * 10) / 10;

/** The value that this share of them does not exceed (nearest rank); null of none. */
const percentile = (sorted: readonly number[], share: number): number | null =>
  sorted.length === 0 ? null : rounded(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!);

const median = (sorted: readonly number[]): number | null => {
  if (sorted.length === 0) return null;
  const middle = sorted.length / 2;
  return rounded(sorted.length % 2 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2);
};

export const handlingTimes = (requests: readonly TimedRequest[]): HandlingTimes => {
  const handled = requests.filter(({ handledAtMs }) => handledAtMs !== null);
  const days = handled
    .map(({ handledAtMs, receivedAtMs }) => (handledAtMs! - receivedAtMs) / DAY_MS)
    .sort((a, b) => a - b);
  const onTime = handled.filter(({ handledAtMs, dueAtMs }) => handledAtMs! <= dueAtMs).length;
  return {
    requests: handled.length,
    medianDays: median(days),
    p90Days: percentile(days, 0.9),
    onTimeShare: handled.length === 0 ? null : onTime / handled.length,
  };
};

const monthOf = (ms: number, timeZone: string): string => {
  const { year, month } = dayIn(ms, timeZone);
  return `${year}-${String(month).padStart(2, '0')}`;
};

/** The latest months up to now, the earliest first. */
const lastMonths = (now: number, timeZone: string): string[] => {
  const { year, month } = dayIn(now, timeZone);
  return Array.from({ length: MONTHS }, (_, index) => {
    const date = new Date(Date.UTC(year, month - MONTHS + index, 1));
    return date.toISOString().slice(0, 7);
  });
};

export const requestStatistics = (
  requests: readonly TimedRequest[],
  timeZone: string,
  now = Date.now(),
): RequestStatistics => {
  const byMonth = new Map(lastMonths(now, timeZone).map((month) => [month, [] as TimedRequest[]]));
  for (const request of requests) byMonth.get(monthOf(request.receivedAtMs, timeZone))?.push(request);
  return {
    all: handlingTimes(requests),
    byType: REQUEST_TYPES.map((type) => ({
      type,
      ...handlingTimes(requests.filter((request) => request.type === type)),
    })),
    byMonth: [...byMonth].map(([month, received]) => ({
      month,
      received: received.length,
      ...handlingTimes(received),
    })),
  };
};
