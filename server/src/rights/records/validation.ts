import { z } from 'zod';
import type { ActivityDetails, DetailsSave, OrganisationDetails } from '../../../../contract';

const LONGEST = 4000;
const text = z.string('must be text').trim().max(LONGEST, `must not be longer than ${LONGEST} characters`);
const version = z.string('must be text').optional();
const FORM = 'must be an object with texts';

export const organisationSave = z.strictObject({
  version,
  form: z.strictObject(
    { controller: text, joint: text, representative: text, officer: text, measures: text },
    FORM,
  ) satisfies z.ZodType<OrganisationDetails>,
}) satisfies z.ZodType<DetailsSave<OrganisationDetails>>;

export const activitySave = z.strictObject({
  version,
  form: z.strictObject(
    { recipients: text, transfers: text, measures: text },
    FORM,
  ) satisfies z.ZodType<ActivityDetails>,
}) satisfies z.ZodType<DetailsSave<ActivityDetails>>;
