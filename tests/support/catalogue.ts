import type { Core } from '@strapi/strapi';
import { CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID } from '../../server/src/constants';

type Data = Record<string, unknown>;

/** Short ways to write the catalogue through Strapi's document service. */
export const editCatalogue = (strapi: Core.Strapi) => {
  // The document service's own types are narrower than what tests want to write.
  const documents = (uid: string) =>
    strapi.documents(uid as never) as unknown as Record<
      'create' | 'update' | 'delete',
      (parameters: { documentId?: string; data?: Data; locale?: string }) => Promise<{ documentId: string }>
    >;
  const create =
    (uid: string, names: Data) =>
    async (key: string, data: Data = {}) =>
      (await documents(uid).create({ data: { key, name: key, ...names, ...data } })).documentId;
  const update = (uid: string) => (documentId: string, data: Data, locale?: string) =>
    documents(uid).update({ documentId, data, ...(locale && { locale }) });
  const remove = (uid: string) => (documentId: string, locale?: string) =>
    documents(uid).delete({ documentId, ...(locale && { locale }) });
  return {
    site: { create: create(SITE_UID, {}), update: update(SITE_UID), remove: remove(SITE_UID) },
    category: { create: create(CATEGORY_UID, {}), update: update(CATEGORY_UID), remove: remove(CATEGORY_UID) },
    item: {
      create: create(TRACKING_ITEM_UID, {}),
      update: update(TRACKING_ITEM_UID),
      remove: remove(TRACKING_ITEM_UID),
    },
    addLocale: (code: string): Promise<{ id: number }> =>
      strapi.plugin('i18n').service('locales').create({ code, name: code }),
  };
};

/** A paragraph of rich text. */
export const paragraph = (text: string) => [{ type: 'paragraph', children: [{ type: 'text', text }] }];
