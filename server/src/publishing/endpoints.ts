import type { Core } from '@strapi/strapi';
import type { ConsentConfig } from '../../../contract';
import { pluginConfig } from '../config';

/**
 * Where the client finds what else the server offers, relative to the URL of the config and of the script: so a website
 * that proxies them below its own origin needs no other.
 *
 * @param site key of the site
 */
export const endpoints = (strapi: Core.Strapi, site: string): Pick<ConsentConfig, 'consents'> => {
  const { enabled, impressionShare: share } = pluginConfig(strapi).consents;
  if (!enabled) return {};
  const impressions = share > 0 && { endpoint: `./impressions?site=${site}&version=`, share };
  return { consents: { endpoint: './consents', ...(impressions && { impressions }) } };
};
