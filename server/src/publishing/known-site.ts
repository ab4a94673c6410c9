import type { Core } from '@strapi/strapi';
import { SITE_UID } from '../constants';
import { getService } from '../get-service';
import { isSiteKey } from './public-request';

/** Whether there is a site with this key, or was one of which something was published. */
export const isKnownSite = async (strapi: Core.Strapi, site: string): Promise<boolean> =>
  isSiteKey(site) &&
  ((await strapi.db.query(SITE_UID).count({ where: { key: site } })) > 0 ||
    (await getService('releases', { strapi }).live(site)) !== null);
