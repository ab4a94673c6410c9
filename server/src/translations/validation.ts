import { z } from 'zod';
import {
  MAX_SAVED_TEXTS,
  MAX_TEXT_LENGTH,
  translatableTypes,
  translationFormats,
  type TranslationsSave,
} from '../../../contract';

const text = z.string('must be text').max(200, 'must not be longer than 200 characters');
const number = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number(message).int(message).min(least, message).max(most, message);
};

export const progressQuery = z.strictObject({ site: text.optional() });

const filters = {
  type: z.enum(translatableTypes, `must be one of ${translatableTypes.join(', ')}`).optional(),
  site: text.optional(),
  missing: z
    .enum(['true', 'false'], 'must be true or false')
    .transform((value) => value === 'true')
    .optional(),
  search: text.optional(),
};

export const translationsQuery = z.strictObject({
  ...filters,
  at: z.string('must be text').max(500, 'must not be longer than 500 characters').optional(),
  page: number(1, 1_000_000).optional(),
  pageSize: number(1, 100).optional(),
});

export const exportQuery = z.strictObject({
  ...filters,
  format: z.enum(translationFormats, `must be one of ${translationFormats.join(', ')}`),
});

export const translationsSave = z.strictObject({
  changes: z
    .array(
      z.strictObject({
        id: z.string('must be text').max(500, 'must not be longer than 500 characters'),
        text: z.string('must be text').max(MAX_TEXT_LENGTH, `must not be longer than ${MAX_TEXT_LENGTH} characters`),
        version: z.string('must be text').max(50).optional(),
      }),
      'must be a list of changes',
    )
    .min(1, 'must not be empty')
    .max(MAX_SAVED_TEXTS, `must not have more than ${MAX_SAVED_TEXTS} texts`)
    .refine((changes) => new Set(changes.map(({ id }) => id)).size === changes.length, 'has a text twice'),
}) satisfies z.ZodType<TranslationsSave>;
