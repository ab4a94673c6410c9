import type { Random } from './randomness';

const DAY_MS = 86_400_000;
const pad = (number: number, length = 2): string => String(number).padStart(length, '0');

/** Any day on which somebody of 18 to 80 years can have been born, as `YYYY-MM-DD`; not from the present day, so always the same. */
const birthday = (random: Random): Date =>
  new Date(Date.UTC(1945, 0, 1) + Math.floor(random.next() * 60 * 365) * DAY_MS);

/** Some moment within five years before or after. */
const around = (original: Date, random: Random): Date =>
  new Date(original.getTime() + Math.round((random.next() - 0.5) * 3650 * DAY_MS));

const read = (original: unknown): Date | null => {
  const date = original instanceof Date ? original : new Date(original as string | number);
  return Number.isNaN(date.getTime()) ? null : date;
};

/** A day written with numbers, in any order: `31.12.1999`, `1999/12/31`. */
const WRITTEN = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})$/;

/** The date written as the text was; null: it was written in a way that is not known here. */
const writtenLike = (text: string, date: Date): string | null => {
  const [, first, separator, , last] = WRITTEN.exec(text.trim()) ?? [];
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  if (first?.length === 4) return [year, pad(month), pad(day)].join(separator);
  // 03/04/1999: which is the month cannot be told; a day up to 12 fits both ways.
  if (last?.length === 4)
    return (separator === '/' ? [pad(month), pad(Math.min(day, 12)), year] : [pad(day), pad(month), year]).join(
      separator,
    );
  return null;
};

/**
 * Another date in the form in which Strapi's document service has it: `YYYY-MM-DD` for `date`, ISO 8601 for `datetime` and
 * `timestamp`, and for texts the way in which the original was written.
 */
export const dateLike = (original: unknown, type: string, birth: boolean, random: Random): string => {
  const known = read(original);
  const date = birth ? birthday(random) : around(known ?? new Date(Date.UTC(2020, 0, 1)), random);
  const day = date.toISOString().slice(0, 10);
  if (type === 'date') return day;
  if (type === 'datetime' || type === 'timestamp') return date.toISOString();
  if (typeof original !== 'string') return day;
  return /^\d{4}-\d\d-\d\dT/.test(original) ? date.toISOString() : (writtenLike(original, date) ?? day);
};
