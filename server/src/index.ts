import bootstrap from './bootstrap';
import contentTypes from './catalogue/content-types';
import config from './config';
import destroy from './destroy';
import overviewController from './overview/controller';
import overviewRoutes from './overview/routes';
import register from './register';
import services from './services';

/** What Strapi loads; Strapi's own loader accepts no other keys than these and `policies`, `middlewares`. */
export default {
  config,
  contentTypes,
  services,
  controllers: { overview: overviewController },
  routes: {
    'content-api': { type: 'content-api', routes: [] },
    admin: { type: 'admin', routes: [...overviewRoutes] },
  },
  register,
  bootstrap,
  destroy,
};
