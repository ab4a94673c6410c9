import type { Core } from '@strapi/strapi';
import { registerCatalogue } from './catalogue/register';
import { registerFields } from './fields/register';
import { getService } from './get-service';
import { createContentAccess } from './rights/content-access';

/**
 * Before the database is there: custom fields, document-service middlewares, request listeners.
 * The middleware registered first is the outermost: what must see a save after its commit (publishing) comes before the
 * catalogue, whose middleware holds the transaction of the save.
 */
export default ({ strapi }: { strapi: Core.Strapi }): void => {
  getService('geo', { strapi }).open();
  // The one put in front last is asked first: page views are many more than decisions.
  getService('dataRequests', { strapi }).answer();
  getService('choice', { strapi }).answer();
  getService('ledger', { strapi }).answer();
  getService('publishing', { strapi }).answer();
  registerCatalogue(strapi);
  registerFields(strapi);
  strapi.documents.use(createContentAccess(strapi));
};
