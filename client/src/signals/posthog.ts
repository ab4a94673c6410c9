import type { Manifest } from './manifest';

/**
 * PostHog, by the queue of its web snippet, which runs right after `init` and before anything is captured.
 * It keeps what it is told, so what it still knows of an expired choice is cleared.
 *
 * @see https://posthog.com/docs/privacy/data-collection
 * @see https://posthog.com/docs/privacy/cookieless-tracking
 * @see https://posthog.com/docs/references/posthog-js for `push`, `set_config` and `clear_opt_in_out_capturing`
 */
export default {
  vendor: 'posthog',
  early: true,
  tell({ settings, decided, granted }) {
    const say = (...command: unknown[]) => ((window as { posthog?: unknown[] }).posthog ??= []).push(command);
    if (decided())
      // Every page says so: an event each time would tell nothing.
      if (granted('posthog')) say('opt_in_capturing', { captureEventName: false });
      else say('opt_out_capturing');
    else if (!granted('posthog')) {
      say('clear_opt_in_out_capturing');
      if (!settings.cookieless_mode) say('set_config', { opt_out_capturing_by_default: true });
    }
  },
} satisfies Manifest<'posthog'>;
