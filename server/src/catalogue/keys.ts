import type { Core } from '@strapi/strapi';
import type { CatalogueUid } from '../constants';

/** Whether the key of a category, item or site has been part of a published consent config. */
export type IsPublishedKey = (uid: CatalogueUid, key: string) => Promise<boolean>;

/**
 * Keys are what websites, choices and consents refer to, so they are fixed once published.
 * Publishing knows which are and says so with `useIsPublished`; until then every saved key counts as published.
 */
export const createKeysService = (_: { strapi: Core.Strapi }) => {
  let isPublished: IsPublishedKey = async () => true;
  return {
    useIsPublished: (predicate: IsPublishedKey): void => {
      isPublished = predicate;
    },
    isPublished: (uid: CatalogueUid, key: string): Promise<boolean> => isPublished(uid, key),
  };
};
