import { siteRegimes } from '../../../../contract';
import { localized, shared } from './attribute';
import { catalogueType } from './catalogue-type';

// Functions: Strapi writes the column's name into the attribute, so no two may be the same object.
const label = () => localized({ type: 'string', maxLength: 100 });
const longText = () => localized({ type: 'text', maxLength: 2000 });
const url = () => localized({ type: 'string', maxLength: 255 });

export default {
  schema: catalogueType(
    'privacy_desk_sites',
    {
      singularName: 'site',
      pluralName: 'sites',
      displayName: 'Privacy site',
      description: 'A website that asks its visitors for consent',
    },
    {
      name: localized({ type: 'string', required: true, maxLength: 100 }),
      key: shared({ type: 'string', required: true, maxLength: 64 }),
      regime: shared({ type: 'enumeration', enum: [...siteRegimes], required: true, default: 'as-configured' }),
      regimeRules: shared({ type: 'json' }),
      origins: shared({ type: 'json' }),
      controllerName: shared({ type: 'string', maxLength: 200 }),
      policyUrl: url(),
      imprintUrl: url(),
      bannerTitle: label(),
      bannerText: longText(),
      acceptAll: label(),
      rejectAll: label(),
      openSettings: label(),
      settingsTitle: label(),
      settingsText: longText(),
      save: label(),
      theme: shared({ type: 'json' }),
      choiceLifetimeDays: shared({ type: 'integer', required: true, default: 180, min: 1, max: 400 }),
      consentRetentionMonths: shared({ type: 'integer', default: 42, min: 1, max: 240 }),
      cookieName: shared({ type: 'string', required: true, default: 'privacy_desk', maxLength: 64 }),
      cookieDomain: shared({ type: 'string', maxLength: 253 }),
      reloadOnWithdrawal: shared({ type: 'boolean', default: false }),
      signals: shared({ type: 'json' }),
    },
  ),
};
