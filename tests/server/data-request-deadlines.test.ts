import fc from 'fast-check';
import { dayIn, endOfPeriod } from '../../server/src/rights/requests/deadline';
import { requestStatistics, type TimedRequest } from '../../server/src/rights/requests/statistics';

const at = (text: string) => Date.parse(text);
/** The end of a period, as the clock on the wall shows it. */
const shown = (ms: number, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(ms);
const due = (received: string, months: number, timeZone = 'UTC') =>
  shown(endOfPeriod(at(received), months, timeZone), timeZone);

describe('The period to answer in (Regulation 1182/71, article 3)', () => {
  it('ends with the last moment of the day with the same number', () => {
    expect(due('2026-03-05T09:30:00Z', 1)).toBe('2026-04-05 23:59:59');
    expect(due('2026-12-15T23:59:59Z', 1)).toBe('2027-01-15 23:59:59');
    expect(endOfPeriod(at('2026-03-05T09:30:00Z'), 1, 'UTC') % 1000).toBe(999);
  });

  it('ends on the last day of a month that has no such day', () => {
    expect(due('2026-01-31T12:00:00Z', 1)).toBe('2026-02-28 23:59:59');
    expect(due('2028-01-31T12:00:00Z', 1)).toBe('2028-02-29 23:59:59');
    expect(due('2028-01-29T12:00:00Z', 1)).toBe('2028-02-29 23:59:59');
    expect(due('2026-03-31T12:00:00Z', 1)).toBe('2026-04-30 23:59:59');
    expect(due('2026-11-30T12:00:00Z', 3)).toBe('2027-02-28 23:59:59');
    // Counted from the receipt, not from the shortened month.
    expect(due('2026-01-31T12:00:00Z', 3)).toBe('2026-04-30 23:59:59');
    expect(due('2100-01-30T12:00:00Z', 1)).toBe('2100-02-28 23:59:59');
  });

  it('goes by the day of the controller, not by that of UTC', () => {
    expect(due('2026-01-31T23:30:00Z', 1, 'Europe/Berlin')).toBe('2026-03-01 23:59:59');
    expect(due('2026-02-01T04:30:00Z', 1, 'America/New_York')).toBe('2026-02-28 23:59:59');
    expect(due('2026-05-05T12:00:00Z', 1, 'Pacific/Kiritimati')).toBe('2026-06-06 23:59:59');
  });

  it('keeps midnight when the clocks change meanwhile, also where they change at midnight', () => {
    expect(due('2026-03-01T12:00:00Z', 1, 'Europe/Berlin')).toBe('2026-04-01 23:59:59');
    expect(due('2026-02-28T22:30:00Z', 1, 'Europe/Berlin')).toBe('2026-03-28 23:59:59');
    expect(due('2026-09-25T12:00:00Z', 1, 'Europe/Berlin')).toBe('2026-10-25 23:59:59');
    // In Santiago the clocks go from midnight to one on 2026-09-06, in Beirut on 2026-03-29.
    expect(due('2026-08-05T12:00:00Z', 1, 'America/Santiago')).toBe('2026-09-05 23:59:59');
    expect(due('2026-02-28T12:00:00Z', 1, 'Asia/Beirut')).toBe('2026-03-28 23:59:59');
  });

  it('always ends on the very day, whatever the moment and the zone', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/Santiago',
      'Asia/Beirut',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Africa/Cairo',
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') }),
        fc.constantFrom(1, 3),
        fc.constantFrom(...zones),
        (received, months, zone) => {
          const end = endOfPeriod(received, months, zone);
          const [from, last, next] = [received, end, end + 1].map((ms) => dayIn(ms, zone)) as [Day, Day, Day];
          const target = new Date(Date.UTC(from.year, from.month - 1 + months, 1));
          expect([last.year, last.month]).toEqual([target.getUTCFullYear(), target.getUTCMonth() + 1]);
          const lastOfMonth = new Date(Date.UTC(last.year, last.month, 0)).getUTCDate();
          expect(last.day).toBe(Math.min(from.day, lastOfMonth));
          expect(next).not.toEqual(last);
          expect(end).toBeGreaterThan(received);
        },
      ),
    );
  });
});
type Day = ReturnType<typeof dayIn>;

describe('Statistics of handling times', () => {
  const DAY = 86_400_000;
  const start = at('2026-05-10T00:00:00Z');
  const request = (days: number | null, more: Partial<TimedRequest> = {}): TimedRequest => ({
    type: 'access',
    receivedAtMs: start,
    dueAtMs: start + 31 * DAY,
    handledAtMs: days === null ? null : start + days * DAY,
    ...more,
  });

  it('are median, nearest-rank ninth decile and share in time, by type and month of receipt', () => {
    const requests = [
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 40].map((days) => request(days)),
      request(null),
      request(3, {
        type: 'erasure',
        receivedAtMs: at('2026-06-30T23:00:00Z'),
        handledAtMs: at('2026-07-03T23:00:00Z'),
      }),
    ];
    const { all, byType, byMonth } = requestStatistics(requests, 'Europe/Berlin', at('2026-07-15T00:00:00Z'));
    expect(all).toEqual({ requests: 11, medianDays: 5, p90Days: 9, onTimeShare: 9 / 11 });
    expect(byType.find(({ type }) => type === 'access')).toEqual({
      type: 'access',
      requests: 10,
      medianDays: 5.5,
      p90Days: 9,
      onTimeShare: 0.9,
    });
    expect(byType.find(({ type }) => type === 'objection')).toMatchObject({
      requests: 0,
      medianDays: null,
      onTimeShare: null,
    });
    expect(byMonth.map(({ month }) => month)).toEqual(['2025-08', '2025-09', '2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07']); // prettier-ignore
    // In Berlin it was July already.
    expect(byMonth.map(({ received }) => received)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 11, 0, 1]);
  });
});
