import type { Core } from '@strapi/strapi';
import type { ConsentConfig } from '../../../contract';
import { pluginConfig } from '../config';

/** What else the server offers. */
export interface Endpoints extends Pick<ConsentConfig, 'consents'> {
  /** Of `POST …/choice`. */
  choice?: string;
}

/**
 * Where the client finds what else the server offers, relative to the URL of the config and of the script: so a website
 * that proxies them below its own origin needs no other.
 *
 * @param site key of the site
 */
export const endpoints = (strapi: Core.Strapi, site: string): Endpoints => {
  const { consents, choiceEndpoint } = pluginConfig(strapi);
  const { enabled, impressionShare: share } = consents;
  const impressions = share > 0 && { endpoint: `./impressions?site=${site}&version=`, share };
  return {
    ...(enabled && { consents: { endpoint: './consents', ...(impressions && { impressions }) } }),
    ...(choiceEndpoint && { choice: './choice' }),
  };
};
