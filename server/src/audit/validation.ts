import { z } from 'zod';
import {
  auditActorTypes,
  auditExportFormats,
  auditOutcomes,
  type AuditExportQuery,
  type AuditQuery,
} from '../../../contract';
import { readAfter } from './place';

const time = z.iso.datetime({ offset: true, error: 'must be a time in ISO 8601 with its zone' });
const LIMIT = 'must be a whole number from 1 to 100';
const ACTION = 'must be an action such as subject.export, or the word it begins with';
const ACTOR = `must be a reference of an entry, or one of ${auditActorTypes.join(', ')} with an id: admin:1`;

const text = (most: number) =>
  z.string('must be a text').trim().min(1, 'must not be empty').max(most, `must not be longer than ${most} characters`);

const narrowing = {
  from: time.optional(),
  to: time.optional(),
  action: z
    .string(ACTION)
    .max(64, ACTION)
    .regex(/^[a-z][a-z\d-]*(\.[a-z][a-z\d-]*)*$/, ACTION)
    .optional(),
  actorType: z.enum(auditActorTypes, `must be one of ${auditActorTypes.join(', ')}`).optional(),
  actor: z
    .string(ACTOR)
    .regex(new RegExp(`^([\\w-]{22}|(${auditActorTypes.join('|')}):.{1,255})$`), ACTOR)
    .optional(),
  targetType: text(128).optional(),
  target: text(320).optional(),
  site: text(64).optional(),
  outcome: z.enum(auditOutcomes, `must be one of ${auditOutcomes.join(', ')}`).optional(),
  request: text(64).optional(),
};

const inOrder = ({ from, to }: { from?: string; to?: string }): boolean =>
  from === undefined || to === undefined || Date.parse(from) <= Date.parse(to);
const IN_ORDER = { path: ['to'], error: 'must not be before from' };

export const auditQuery = z
  .strictObject({
    ...narrowing,
    after: z
      .string('must be `next` of the page before')
      .refine((value) => readAfter(value) !== null, 'must be `next` of the page before')
      .optional(),
    limit: z.int(LIMIT).min(1, LIMIT).max(100, LIMIT).optional(),
  })
  .refine(inOrder, IN_ORDER) satisfies z.ZodType<AuditQuery>;

export const exportTicket = z.strictObject({
  ticket: z.string('must be the ticket of an export').max(4096, 'must be the ticket of an export'),
});

export const auditExportQuery = z
  .strictObject({
    ...narrowing,
    format: z.enum(auditExportFormats, `must be one of ${auditExportFormats.join(', ')}`),
  })
  .refine(inOrder, IN_ORDER) satisfies z.ZodType<AuditExportQuery>;
