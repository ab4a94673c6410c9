import { z } from 'zod';
import {
  ENTRY_ERASURES,
  GENERATORS,
  LEGAL_BASES,
  type MapChange,
  type Owner,
  type TypeMapping,
} from '../../../../contract';

const text = (what: string) => z.string(`must be ${what}`).trim().min(1, `must be ${what}`).max(1000, 'is too long');
const path = z.string('must be the path of a field').min(1, 'must be the path of a field').max(300);
const REASON = 'a reason is needed for what is kept';

const owner: z.ZodType<Owner> = z.union(
  [z.strictObject({ user: path }), z.strictObject({ email: path }), z.strictObject({ subject: path })],
  'must be { user: path }, { email: path } or { subject: path }',
);

const fieldErasure = z.union(
  [z.enum(GENERATORS), z.strictObject({ keep: text(REASON) })],
  `must be { keep: 'why' } or one of ${GENERATORS.join(', ')}`,
);

/** What is said of a content type, in the config as in the panel. */
export const mappingSchema = z
  .strictObject({
    owners: z.array(owner, 'must be a list').min(1, 'must say whose an entry is').max(20),
    purpose: text('what the data are for'),
    legalBasis: z.enum(LEGAL_BASES, `must be one of ${LEGAL_BASES.join(', ')}`),
    retentionDays: z
      .number('must be a number of days, or null')
      .int('must be whole days')
      .min(1)
      .max(36_500)
      .nullable(),
    erasure: z.enum(ENTRY_ERASURES, `must be one of ${ENTRY_ERASURES.join(', ')}`),
    reason: text('why entries are kept').optional(),
    fields: z.record(path, fieldErasure, 'must be an object: what happens to a field, by its path'),
  })
  .refine(({ erasure, reason }) => erasure !== 'keep' || reason !== undefined, {
    path: ['reason'],
    error: REASON,
  }) satisfies z.ZodType<TypeMapping>;

/** The plugin config's `personalData`: by content type; false: no personal data there. */
export const mapSchema = z
  .record(z.string(), z.unknown(), 'must be an object: what is said of a content type, by its uid')
  // Not a union: that would only say that neither half of it fits, and not which field is wrong.
  .transform((types, context) => {
    const map: Record<string, TypeMapping | false> = {};
    for (const [uid, said] of Object.entries(types)) {
      if (said === false) map[uid] = false;
      else {
        const { data, error } = mappingSchema.safeParse(said);
        if (data) map[uid] = data;
        for (const issue of error?.issues ?? []) context.addIssue({ ...issue, path: [uid, ...issue.path] } as never);
      }
    }
    return map;
  });
export type ConfiguredMap = z.output<typeof mapSchema>;

export const mapChangeSchema = z.strictObject({
  version: z.string('must be text').optional(),
  mapping: mappingSchema.nullable(),
}) satisfies z.ZodType<MapChange>;
