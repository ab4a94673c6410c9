import type { Manifest } from './manifest';

type Clarity = ((...command: unknown[]) => void) & { q?: unknown[] };

/**
 * Microsoft Clarity's `consentv2`, on every page, by the queue of its own snippet, which keeps one that is there.
 *
 * @see https://learn.microsoft.com/en-us/clarity/setup-and-installation/clarity-consent-api-v2
 */
export default {
  vendor: 'clarity',
  early: true,
  tell({ granted }) {
    const page = window as { clarity?: Clarity };
    page.clarity ??= (...command) => (page.clarity!.q ??= []).push(command);
    const word = (on: boolean) => (on ? 'granted' : 'denied');
    page.clarity('consentv2', {
      ad_Storage: word(granted('clarity.ad_Storage')),
      analytics_Storage: word(granted('clarity.analytics_Storage')),
    });
  },
} satisfies Manifest<'clarity'>;
