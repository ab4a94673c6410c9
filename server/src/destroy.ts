import type { Core } from '@strapi/strapi';
import { getService } from './get-service';

/** Undoes what bootstrap started. */
export default async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  await getService('rights', { strapi }).stop();
  await getService('dataRequests', { strapi }).stop();
  await getService('ledger', { strapi }).stop();
  getService('choice', { strapi }).stop();
  await getService('publishing', { strapi }).stop();
  await getService('seeding', { strapi }).stop();
  await getService('audit', { strapi }).stop();
  getService('redis', { strapi }).stop();
};
