import { z } from 'zod';
import { regimes, siteTextKeys, type AppearanceSave, type SiteTextKey } from '../../../contract';
import { theme } from '../catalogue/validation';

/** As the content type has them: server/src/catalogue/content-types/site.ts. */
const longTexts: readonly SiteTextKey[] = ['bannerText', 'settingsText'];

const siteText = (key: SiteTextKey) => {
  const maxLength = longTexts.includes(key) ? 2000 : 100;
  return z.string('must be text').max(maxLength, `must not be longer than ${maxLength} characters`).optional();
};

const locale = z.string('must be a locale').regex(/^[A-Za-z0-9-]{1,35}$/, 'must be the code of a locale');

export const appearanceSave = z.strictObject({
  version: z.string('must be text').optional(),
  form: z.strictObject(
    {
      theme,
      texts: z.record(
        locale,
        z.strictObject(
          Object.fromEntries(siteTextKeys.map((key) => [key, siteText(key)])) as Record<
            SiteTextKey,
            ReturnType<typeof siteText>
          >,
          'must be an object with texts',
        ),
        'must be an object with texts by locale',
      ),
    },
    'must be an object with theme and texts',
  ),
}) satisfies z.ZodType<AppearanceSave>;

export const previewQuery = z.strictObject({
  locale,
  regime: z.enum(regimes, `must be one of ${regimes.join(', ')}`),
});
