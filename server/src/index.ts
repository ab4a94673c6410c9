import appearanceController from './appearance/controller';
import appearanceRoutes from './appearance/routes';
import auditController from './audit/controller';
import auditRoutes from './audit/routes';
import bootstrap from './bootstrap';
import contentTypes from './catalogue/content-types';
import config from './config';
import destroy from './destroy';
import fieldsController from './fields/controller';
import { contentApiRoutes as fieldsContentApiRoutes, adminRoutes as fieldsRoutes } from './fields/routes';
import { policies } from './http/allowed';
import installController from './install/controller';
import installRoutes from './install/routes';
import inventoryController from './inventory/controller';
import inventoryRoutes from './inventory/routes';
import ledgerController from './ledger/controller';
import ledgerRoutes from './ledger/routes';
import overviewController from './overview/controller';
import overviewRoutes from './overview/routes';
import panelController from './panel/controller';
import panelRoutes from './panel/routes';
import previewController from './preview/controller';
import previewRoutes from './preview/routes';
import publishingController from './publishing/controller';
import publishingRoutes from './publishing/routes';
import register from './register';
import personalDataController from './rights/map/controller';
import personalDataRoutes from './rights/map/routes';
import meController from './rights/me/controller';
import { meRoutes } from './rights/me/routes';
import rightsController from './rights/controller';
import rightsRoutes from './rights/routes';
import dataRequestsController from './rights/requests/controller';
import dataRequestsRoutes from './rights/requests/routes';
import services from './services';
import settingsController from './settings/controller';
import settingsRoutes from './settings/routes';
import setupController from './setup/controller';
import setupRoutes from './setup/routes';
import translationsController from './translations/controller';
import translationsRoutes from './translations/routes';

/** What Strapi loads; Strapi's own loader accepts no other keys than these and `policies`, `middlewares`. */
export default {
  config,
  contentTypes,
  services,
  policies,
  controllers: {
    appearance: appearanceController,
    audit: auditController,
    'data-requests': dataRequestsController,
    fields: fieldsController,
    install: installController,
    inventory: inventoryController,
    ledger: ledgerController,
    overview: overviewController,
    panel: panelController,
    'personal-data': personalDataController,
    me: meController,
    rights: rightsController,
    preview: previewController,
    publishing: publishingController,
    settings: settingsController,
    setup: setupController,
    translations: translationsController,
  },
  routes: {
    'content-api': { type: 'content-api', routes: [...fieldsContentApiRoutes, ...meRoutes] },
    admin: {
      type: 'admin',
      routes: [
        ...appearanceRoutes,
        ...auditRoutes,
        ...dataRequestsRoutes,
        ...fieldsRoutes,
        ...installRoutes,
        ...inventoryRoutes,
        ...ledgerRoutes,
        ...overviewRoutes,
        ...panelRoutes,
        ...personalDataRoutes,
        ...rightsRoutes,
        ...previewRoutes,
        ...publishingRoutes,
        ...settingsRoutes,
        ...setupRoutes,
        ...translationsRoutes,
      ],
    },
  },
  register,
  bootstrap,
  destroy,
};
