import { z } from 'zod';
import {
  lintRules,
  publishingModes,
  type LintRuleId,
  type PublishRequest,
  type RollBackRequest,
} from '../../../contract';
import type { FieldProblem } from '../errors';

const note = z.string('must be text').max(2000, 'must have at most 2000 characters').optional();
const number = z.int('must be the number of a publication').min(1, 'must be the number of a publication');

const schemas = {
  mode: z.strictObject({ mode: z.enum(publishingModes, `must be one of ${publishingModes.join(', ')}`) }),
  publish: z.strictObject({
    draft: z.string('must be the token of the draft that was reviewed').min(1).max(64),
    note,
    acknowledged: z
      .array(
        z.strictObject({
          rule: z.enum(Object.keys(lintRules) as [LintRuleId, ...LintRuleId[]], 'must be a rule of the lint'),
          path: z.string('must be text').max(500),
          locale: z.string('must be text').max(35).optional(),
          reason: z.string('must be text').trim().min(1, 'must say why').max(1000, 'must have at most 1000 characters'),
        }),
        'must be a list',
      )
      .max(500, 'must have at most 500 members')
      .optional(),
  }) satisfies z.ZodType<PublishRequest>,
  rollBack: z.strictObject({ number, live: number, note }) satisfies z.ZodType<RollBackRequest>,
};

type Body<Name extends keyof typeof schemas> = z.infer<(typeof schemas)[Name]>;

/** Reads the body of a request; each problem names its field. */
export const parseBody = <Name extends keyof typeof schemas>(
  name: Name,
  body: unknown,
): { value: Body<Name>; problems: [] } | { value: null; problems: FieldProblem[] } => {
  const { data, error } = schemas[name].safeParse(body ?? {});
  if (!error) return { value: data as Body<Name>, problems: [] };
  return {
    value: null,
    problems: error.issues.map((issue) =>
      issue.code === 'unrecognized_keys'
        ? { path: [...(issue.path as string[]), ...issue.keys], message: 'is unknown' }
        : { path: issue.path as (string | number)[], message: issue.message },
    ),
  };
};
