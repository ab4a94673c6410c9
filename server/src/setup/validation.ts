import { z } from 'zod';
import { siteRegimes, type SetupAnswer } from '../../../contract';
import { theme } from '../catalogue/validation';

const text = z.string('must be text').max(2000, 'must not be longer than 2000 characters');

/** What is in the fields is looked at by the catalogue's own rules. */
const website = z.strictObject(
  {
    name: text,
    origins: z.array(text, 'must be a list').max(100, 'must not have more than 100'),
    controllerName: text,
    policyUrl: text,
    imprintUrl: text,
  },
  'must be an object',
);

export const setupAnswer = z.discriminatedUnion(
  'step',
  [
    z.strictObject({ step: z.literal('website'), version: text.optional(), website }),
    z.strictObject({
      step: z.literal('law'),
      regime: z.enum(siteRegimes, `must be one of ${siteRegimes.join(', ')}`),
    }),
    z.strictObject({
      step: z.literal('languages'),
      add: z.array(text, 'must be a list of locales').max(100, 'must not have more than 100'),
    }),
    z.strictObject({ step: z.literal('services') }),
    z.strictObject({ step: z.literal('look'), theme }),
    z.strictObject({ step: z.literal('later') }),
  ],
  'must be a step of the assistant',
) satisfies z.ZodType<SetupAnswer>;
