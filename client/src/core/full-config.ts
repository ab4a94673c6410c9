import type { ConsentConfig } from '../../../contract/consent-config';
import type { Desk } from './desk';

/**
 * The full config (descriptions, items, storage entries); fetched once, on first use.
 * Rejects when it cannot be loaded, and tries again the next time.
 */
export const fullConfig = async (desk: Desk): Promise<ConsentConfig> => {
  const { site, regime, locale } = desk.config;
  // The regime that the client was composed for: a visitor's country may be judged otherwise a moment later.
  desk.full ??= fetch(new URL(`config?site=${site}&regime=${regime}&locale=${locale}`, desk.url)).then((response) => {
    if (!response.ok) throw response;
    return response.json() as Promise<ConsentConfig>;
  });
  try {
    return await desk.full;
  } catch (error) {
    desk.full = undefined;
    throw error;
  }
};
