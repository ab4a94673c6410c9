import type { Core } from '@strapi/types';
import { seedDemo } from './demo/seed';

export default {
  bootstrap: ({ strapi }: { strapi: Core.Strapi }) => seedDemo(strapi),
};
