import { z } from 'zod';
import {
  consentSources,
  exportFormats,
  MAX_STATISTICS_DAYS,
  regimes,
  type ExportQuery,
  type RecordQuery,
  type StatisticsQuery,
} from '../../../contract';
import { isLanguageTag, isSiteKey } from '../publishing/public-request';
import { dayOf } from './counts';
import { readAfter } from './place';
import { subjectIn } from './records';

const site = z.string('must be the key of a site').refine(isSiteKey, 'must be the key of a site');
const source = z.enum(consentSources, `must be one of ${consentSources.join(', ')}`);
const TIME = 'must be a time in ISO 8601 with its zone';
const time = z.iso.datetime({ offset: true, error: TIME });
const DAY = 'must be a day such as 2026-03-31';
const day = z.iso.date(DAY);
const LIMIT = 'must be a whole number from 1 to 100';

const inOrder = ({ from, to }: { from?: string; to?: string }): boolean =>
  from === undefined || to === undefined || Date.parse(from) <= Date.parse(to);
const IN_ORDER = { path: ['to'], error: 'must not be before from' };

/** How many days are asked for; the last one is today where none is named. */
const daysOf = ({ from, to }: { from?: string; to?: string }): number =>
  from === undefined ? 1 : dayOf(to === undefined ? Date.now() : Date.parse(to)) - dayOf(Date.parse(from)) + 1;

export const statisticsQuery = z
  .strictObject({
    site,
    from: day.optional(),
    to: day.optional(),
    locale: z.string().refine(isLanguageTag, 'must be a locale').optional(),
    regime: z.enum(regimes, `must be one of ${regimes.join(', ')}`).optional(),
    source: source.optional(),
  })
  .refine((query) => daysOf(query) >= 1, IN_ORDER)
  .refine((query) => daysOf(query) <= MAX_STATISTICS_DAYS, {
    path: ['from'],
    error: `must not be more than ${MAX_STATISTICS_DAYS} days before to`,
  }) satisfies z.ZodType<StatisticsQuery>;

export const recordQuery = z
  .strictObject({
    id: z
      .string('must be the ID of a consent')
      .trim()
      .toLowerCase()
      .regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/, 'must be the ID of a consent, a UUID')
      .optional(),
    subject: z
      .string('must be the subject')
      .max(4096, 'must be the subject')
      .refine(
        (text) => subjectIn(text) !== null,
        'must be the subject (22 characters), or the value of a choice cookie that has one',
      )
      .optional(),
    site: site.optional(),
    source: source.optional(),
    from: time.optional(),
    to: time.optional(),
    after: z
      .string('must be `next` of the page before')
      .refine((text) => readAfter(text) !== null, 'must be `next` of the page before')
      .optional(),
    limit: z.int(LIMIT).min(1, LIMIT).max(100, LIMIT).optional(),
  })
  .refine(({ id, subject, site: key }) => id !== undefined || subject !== undefined || key !== undefined, {
    path: ['site'],
    error: 'is needed, unless id or subject is given',
  })
  .refine(inOrder, IN_ORDER) satisfies z.ZodType<RecordQuery>;

export const exportQuery = z
  .strictObject({
    format: z.enum(exportFormats, `must be one of ${exportFormats.join(', ')}`),
    site,
    source: source.optional(),
    from: time.optional(),
    to: time.optional(),
  })
  .refine(inOrder, IN_ORDER) satisfies z.ZodType<ExportQuery>;
