import type { Core } from '@strapi/types';
import { ensureAdmin } from './demo/admin';
import { seedDemo } from './demo/seed';

export default {
  async bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
    await ensureAdmin(strapi);
    // Off: as any Strapi is when the plugin was just installed.
    if (process.env.DEMO_SEED !== 'off') await seedDemo(strapi);
  },
};
