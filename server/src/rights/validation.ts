import { z } from 'zod';
import { EXPORT_FORMATS, type ErasureRequest, type PersonalExportRequest, type PersonQuery } from '../../../contract';
import { subjectIn } from '../ledger/records';

const FORMAT = `must be one of ${EXPORT_FORMATS.join(', ')}`;
const email = z.email('must be an e-mail address').max(254, 'is too long');
const subject = z
  .string('must be a text')
  .max(4096, 'is too long')
  .refine((text) => subjectIn(text) !== null, 'must be a visitor’s id, or the value of the choice cookie');

const person = z
  .strictObject({
    user: z
      .number('must be the id of a user')
      .int('must be the id of a user')
      .positive('must be the id of a user')
      // As large as the databases' integers.
      .max(2 ** 31 - 1, 'must be the id of a user')
      .optional(),
    email: email.optional(),
    subject: subject.optional(),
  })
  .refine((query) => Object.values(query).filter((value) => value !== undefined).length === 1, {
    path: [],
    error: 'must name one of user, email, subject',
  }) satisfies z.ZodType<PersonQuery>;

export const findSchema = z.strictObject({ person });

export const exportSchema = z.strictObject({
  person,
  format: z.enum(EXPORT_FORMATS, FORMAT),
  files: z.boolean('must be true or false').optional(),
  locale: z.string('must be a language').max(35, 'is too long').optional(),
}) satisfies z.ZodType<PersonalExportRequest>;

export const ticketSchema = z.strictObject({ ticket: z.string('must be a ticket').max(12_000, 'is too long') });

export const erasureSchema = z.strictObject({
  person,
  dryRun: z.boolean('must be true or false').optional(),
  confirm: z.string('must be a text').max(4096, 'is too long').optional(),
}) satisfies z.ZodType<ErasureRequest>;

export const recordsSchema = z.strictObject({
  format: z.enum(['json', 'csv'], 'must be json or csv').default('json'),
});

/** Query of `GET …/me/export`; what tells of somebody else is looked at first. */
export const ownExportSchema = z.strictObject({
  format: z.enum(EXPORT_FORMATS, FORMAT).default('json'),
  /** A zip with files and a summary; CSV always is one. */
  files: z.enum(['true', 'false'], 'must be true or false').default('false'),
  locale: z
    .string('must be a language')
    .regex(/^[A-Za-z\d-]{2,35}$/, 'must be a language')
    .default('en'),
});

export const ownErasureSchema = z.strictObject({
  confirm: z.string('must be your e-mail address').max(254, 'is too long').optional(),
  dryRun: z.boolean('must be true or false').optional(),
});

export const ownSubjectSchema = z.strictObject({
  token: z.string('must be a receipt token').max(200, 'is too long'),
  subject: subject.optional(),
});
