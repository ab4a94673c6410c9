import { factories } from '@strapi/strapi';

export default factories.createCoreController('api::profile.profile' as never);
