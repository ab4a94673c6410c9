type CatalogueType = 'category' | 'tracking-item' | 'site';

const ofType = (type: CatalogueType): string => `/content-manager/collection-types/plugin::privacy-desk.${type}`;

/** Where the Content Manager lists, creates (`create`) or edits an entry. */
export const contentManagerPath = (type: CatalogueType, documentId?: string, locale?: string): string =>
  [ofType(type), documentId].filter(Boolean).join('/') + (locale ? `?plugins[i18n][locale]=${locale}` : '');
