/** One month, and two further ones where that is necessary (GDPR, article 12 (3)). */
export const PERIOD_MONTHS = 1;
export const EXTENDED_MONTHS = 3;

interface Day {
  year: number;
  /** From 1. */
  month: number;
  day: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

const formatter = (timeZone: string): Intl.DateTimeFormat => {
  let format = formatters.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' }); // prettier-ignore
    formatters.set(timeZone, format);
  }
  return format;
};

const wallClock = (ms: number, timeZone: string): Record<string, number> =>
  Object.fromEntries(
    formatter(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );

/** Which day it is somewhere. */
export const dayIn = (ms: number, timeZone: string): Day => {
  const { year, month, day } = wallClock(ms, timeZone);
  return { year: year!, month: month!, day: day! };
};

const offsetAt = (ms: number, timeZone: string): number => {
  const { year, month, day, hour, minute, second } = wallClock(ms, timeZone);
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
};

const DAY_MS = 86_400_000;

/** When a day begins somewhere: at midnight, or when the clocks were put forward over midnight, at the moment of that. */
const beginOf = (utcMidnight: number, timeZone: string): number => {
  const wanted = dayIn(utcMidnight, 'UTC').day;
  const offsets = [utcMidnight - DAY_MS, utcMidnight + DAY_MS].map((ms) => offsetAt(ms, timeZone));
  const candidates = offsets.map((offset) => utcMidnight - offset).sort((a, b) => a - b);
  return candidates.find((ms) => dayIn(ms, timeZone).day === wanted) ?? candidates.at(-1)!;
};

/**
 * The last millisecond of a period of months that begins with an event: of the day with the same number, or of the month's
 * last day if it has none (Regulation (EEC, Euratom) No 1182/71, article 3 (2) (c)). That a last day which is a Saturday,
 * Sunday or public holiday moves to the next working day (article 3 (4)) is left out: holidays differ by place, and to be
 * early is never wrong.
 *
 * @param ms of the event
 * @param timeZone where the controller is, for instance `Europe/Berlin`: there the day ends
 */
export const endOfPeriod = (ms: number, months: number, timeZone: string): number => {
  const { year, month, day } = dayIn(ms, timeZone);
  const lastOfMonth = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return beginOf(Date.UTC(year, month - 1 + months, Math.min(day, lastOfMonth) + 1), timeZone) - 1;
};
