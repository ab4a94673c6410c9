import { adminApi } from '@strapi/strapi/admin';

/**
 * Strapi's own data layer, shared by all our pages. A mutation names the tags of whatever shows what it changes:
 * `Catalogue` is everything that is read from categories, items and sites, `Published` what is live on the websites,
 * `Requests` lists and numbers of data requests, `Request` what is known of one of them.
 */
export const deskApi = adminApi.enhanceEndpoints({
  addTagTypes: ['PrivacyDeskCatalogue', 'PrivacyDeskPublished', 'PrivacyDeskRequests', 'PrivacyDeskRequest'],
});
