import type { Core } from '@strapi/strapi';
import { getService } from './get-service';

/** Undoes what bootstrap started. */
export default async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  await getService('seeding', { strapi }).stop();
};
