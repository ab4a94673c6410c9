import type { Desk } from '../core/desk';

/**
 * Hands the decision to Google Tag Manager as two data layer variables, before its container loads and again on change,
 * with an event that can trigger, since variables alone do not. The names are those of django-privacy-mgmt.
 */
export const pushDataLayer = (desk: Desk): void => {
  const { allowed } = desk.decision();
  ((window as { dataLayer?: unknown[] }).dataLayer ??= []).push({
    event: 'privacy-desk',
    statisticsTrackingItemCategory: !!allowed.STATISTICS,
    personalizationTrackingItemCategory: !!allowed.MARKETING,
  });
};
