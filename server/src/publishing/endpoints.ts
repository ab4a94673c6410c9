import type { Core } from '@strapi/strapi';
import type { ConsentConfig } from '../../../contract';
import { pluginConfig } from '../config';

/**
 * Where the client finds what else the server offers, relative to the URL of the config and of the script: so a website
 * that proxies them below its own origin needs no other.
 */
export const endpoints = (strapi: Core.Strapi): Pick<ConsentConfig, 'consents'> =>
  pluginConfig(strapi).consents.enabled ? { consents: { endpoint: './consents' } } : {};
