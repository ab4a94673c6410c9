import type { Core } from '@strapi/strapi';
import { PLUGIN_ID, STORAGE_FIELD } from '../constants';
import { createAuditMiddleware } from './audit-changes';
import { describeInContentManager } from './content-manager';
import { createSaveMiddleware } from './save-middleware';

/** The catalogue's part of `register()`. */
export const registerCatalogue = (strapi: Core.Strapi): void => {
  strapi.customFields.register({
    name: STORAGE_FIELD.name,
    plugin: PLUGIN_ID,
    type: 'json',
    inputSize: { default: 12, isResizable: false },
  });
  describeInContentManager(strapi);
  strapi.documents.use(createSaveMiddleware(strapi));
  // Within the save's transaction.
  strapi.documents.use(createAuditMiddleware(strapi));
};
