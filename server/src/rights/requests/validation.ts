import { z } from 'zod';
import {
  REQUEST_STATES,
  REQUEST_TYPES,
  templateProblems,
  type RequestActionName,
  type RequestActions,
  type RequestMail,
  type RequestQuery,
  type TemplateChange,
} from '../../../../contract';
import { isSiteKey } from '../../publishing/public-request';

const MOST = 10_000;
const text = z.string('must be a text').trim().max(MOST, `must not be longer than ${MOST} characters`);
const needed = text.min(1, 'must not be empty');
const adminId = z
  .union([z.string(), z.number()], 'must be the id of an admin user')
  .transform(String)
  .refine((id) => /^[\w-]{1,64}$/.test(id), 'must be the id of an admin user');

export const requestQuery = z.strictObject({
  states: z.array(z.enum(REQUEST_STATES, `must be one of ${REQUEST_STATES.join(', ')}`), 'must be a list').optional(),
  types: z.array(z.enum(REQUEST_TYPES, `must be one of ${REQUEST_TYPES.join(', ')}`), 'must be a list').optional(),
  site: z.string('must be the key of a site').refine(isSiteKey, 'must be the key of a site').optional(),
  assignee: z.string('must be the id of an admin user, or none').max(64).optional(),
  overdue: z.boolean('must be true or false').optional(),
  dueSoon: z.boolean('must be true or false').optional(),
  search: z.string('must be a text').trim().max(320, 'is too long').optional(),
  page: z.number('must be a number').int('must be a whole number').min(1).max(1_000_000).optional(),
}) satisfies z.ZodType<RequestQuery>;

/** The version of the request that an action was decided on. */
const version = z.number('must be the version of the request').int('must be the version of the request').min(1);
const nothing = z.strictObject({ version });
const reason = z.strictObject({ version, reason: needed });

export const actionInputs = {
  assign: z.strictObject({ version, assignee: adminId.nullable() }),
  note: z.strictObject({ version, text: needed }),
  confirm: reason,
  resend: nothing,
  retry: nothing,
  start: nothing,
  extend: reason,
  answer: z.strictObject({ version, message: needed }),
  refuse: reason,
  withdraw: reason,
  export: z.strictObject({ version, message: text.optional() }),
  erase: z.strictObject({ version, message: text.optional() }),
} satisfies { [Name in RequestActionName]: z.ZodType<RequestActions[Name] & { version: number }> };

/** A template of a kind of mail; says which placeholders are wrong or missing. */
export const templateChange = (kind: RequestMail) =>
  z
    .strictObject({
      subject: needed.max(200, 'must not be longer than 200 characters').regex(/^[^\r\n]*$/, 'must be one line'),
      body: needed,
    })
    .superRefine((template, context) => {
      for (const { field, unknown, missing } of templateProblems(kind, template))
        context.addIssue({
          code: 'custom',
          path: [field],
          message: missing ? `lacks {${missing}}` : `{${unknown}} is not known in this mail`,
        });
    }) satisfies z.ZodType<TemplateChange>;
