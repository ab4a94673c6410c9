import type { Change } from '../core/api';
import type { Desk } from '../core/desk';

/**
 * Hands the decision to Google Tag Manager as two data layer variables, before its container loads and again on change;
 * then with an event, since variables alone trigger nothing. The names are those of django-privacy-mgmt.
 */
export const pushDataLayer = (desk: Desk, change?: Change): void => {
  const { STATISTICS = false, MARKETING = false } = desk.decision().allowed;
  const page = window as { dataLayer?: unknown[] };
  (page.dataLayer ??= []).push({
    statisticsTrackingItemCategory: STATISTICS,
    personalizationTrackingItemCategory: MARKETING,
    ...(change && { event: 'privacy-desk:change' }),
  });
};
