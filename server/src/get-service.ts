import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from './constants';
import type services from './services';

type Services = typeof services;

/** A service of this plugin, typed by its factory. */
export const getService = <Name extends keyof Services>(
  name: Name,
  { strapi }: { strapi: Core.Strapi },
): ReturnType<Services[Name]> => strapi.plugin(PLUGIN_ID).service(name);
