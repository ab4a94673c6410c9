import { useQueryParams } from '@strapi/strapi/admin';

interface EditQuery {
  plugins?: { i18n?: { locale?: string } };
}

/** The language of the entry that is open in the Content Manager; undefined until Strapi has chosen one. */
export const useEditedLocale = (): string | undefined => useQueryParams<EditQuery>()[0].query.plugins?.i18n?.locale;
