import { factories } from '@strapi/strapi';

export default factories.createCoreService('api::profile.profile' as never);
