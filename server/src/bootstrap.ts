import type { Core } from '@strapi/strapi';
import { recordPermissionChanges } from './audit/permission-changes';
import { recordSettingChanges } from './audit/setting-changes';
import { recordRemovedLanguages } from './catalogue/audit-changes';
import { ACTIONS } from './constants';
import { getService } from './get-service';

const registerPermissions = (strapi: Core.Strapi): Promise<void> =>
  strapi.service('admin::permission').actionProvider.registerMany(ACTIONS);

/** With the database there; each step is awaited and can be run again and again. */
export default async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  await registerPermissions(strapi);
  getService('redis', { strapi }).start();
  await getService('keyRing', { strapi }).start();
  await getService('audit', { strapi }).start();
  recordPermissionChanges(strapi);
  await recordSettingChanges(strapi);
  recordRemovedLanguages(strapi);
  await getService('fields', { strapi }).start();
  await getService('seeding', { strapi }).start();
  await getService('publishing', { strapi }).start();
  await getService('choice', { strapi }).start();
  await getService('ledger', { strapi }).start();
  await getService('personalDataMap', { strapi }).start();
  await getService('processingRecords', { strapi }).start();
  await getService('rights', { strapi }).start();
  await getService('anonymisation', { strapi }).start();
  await getService('dataRequests', { strapi }).start();
};
