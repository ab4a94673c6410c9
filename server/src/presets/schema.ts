import { z } from 'zod';
import { googleConsentTypes, presetAreas, type PresetText, type ServicePreset } from '../../../contract';
import { domain, requiredText, slug, storageEntry, webAddress } from '../catalogue/validation';

/** In English and German at least; other languages by their BCP 47 code. */
const presetText = (maxLength: number) =>
  z
    .object({ en: requiredText(maxLength), de: requiredText(maxLength) })
    .catchall(requiredText(maxLength)) satisfies z.ZodType<PresetText>;

const country = z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two capital letters');
const host = z
  .string()
  .refine((value) => domain.safeParse(value.replace(/^\*\./, '')).success && !value.startsWith('.'), {
    error: 'must be a host such as cdn.example.com or *.example.com',
  });
const frameAddress = z
  .string()
  .regex(/^https:\/\/[^\s/]+\/\S*$/, 'must be an address with https, * for any characters');

/** What one file of `services/` has to look like. */
export const servicePreset = z.strictObject({
  key: slug,
  name: requiredText(100),
  area: z.enum(presetAreas),
  aliases: z.array(requiredText(100)),
  provider: z.strictObject({ name: requiredText(200), country, privacyPolicyUrl: webAddress }).optional(),
  category: z.enum(['ESSENTIALS', 'STATISTICS', 'MARKETING']),
  purpose: presetText(1000),
  note: presetText(1000).optional(),
  storage: z.array(z.strictObject({ ...storageEntry.shape, purpose: presetText(300) })),
  googleConsentTypes: z.array(z.enum(googleConsentTypes)),
  hosts: z.array(host),
  embeds: z.array(frameAddress),
  sources: z.array(webAddress).min(1),
}) satisfies z.ZodType<ServicePreset>;
