import type { Core } from '@strapi/strapi';
import type { PanelLocale } from '../../../contract';

/** The languages of Strapi's content: the default one first, then by name. */
export const installedLocales = async (strapi: Core.Strapi): Promise<PanelLocale[]> => {
  const i18n = strapi.plugin('i18n').service('locales');
  const [locales, defaultCode]: [{ code: string; name: string }[], string] = await Promise.all([
    i18n.find(),
    i18n.getDefaultLocale(),
  ]);
  return locales
    .map(({ code, name }) => ({ code, name, isDefault: code === defaultCode }))
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || a.name.localeCompare(b.name));
};
