import type { Manifest } from './manifest';

/**
 * Hands the decision to Google Tag Manager as two data layer variables, before its container loads and again on change,
 * with an event that can trigger, since variables alone do not. The names are those of django-privacy-mgmt.
 *
 * @see https://developers.google.com/tag-platform/tag-manager/datalayer
 */
export default {
  vendor: 'gtm',
  tell({ allowed }) {
    ((window as { dataLayer?: unknown[] }).dataLayer ??= []).push({
      event: 'privacy-desk',
      statisticsTrackingItemCategory: allowed('STATISTICS'),
      personalizationTrackingItemCategory: allowed('MARKETING'),
    });
  },
} satisfies Manifest<'gtm'>;
