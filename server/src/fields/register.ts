import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from '../constants';
import { getService } from '../get-service';
import { FIELD_KINDS, fieldKinds } from './kinds';

/** The fields' part of `register()`. */
export const registerFields = (strapi: Core.Strapi): void => {
  for (const name of FIELD_KINDS)
    strapi.customFields.register({
      name,
      plugin: PLUGIN_ID,
      type: fieldKinds[name].type,
      inputSize: { default: 6, isResizable: true },
    });
  getService('fields', { strapi }).register();
};
