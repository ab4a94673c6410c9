/** Every name that more than one part of the server uses: plugin id, UIDs, permission actions. */
export const PLUGIN_ID = 'privacy-desk';

export const CATEGORY_UID = 'plugin::privacy-desk.category';
export const TRACKING_ITEM_UID = 'plugin::privacy-desk.tracking-item';
export const SITE_UID = 'plugin::privacy-desk.site';

export const CATALOGUE_UIDS = [CATEGORY_UID, TRACKING_ITEM_UID, SITE_UID] as const;
export type CatalogueUid = (typeof CATALOGUE_UIDS)[number];

export const isCatalogueUid = (uid: string): uid is CatalogueUid => (CATALOGUE_UIDS as readonly string[]).includes(uid);

/** The custom field of a tracking item's storage entries; its input is a table editor in the admin panel. */
export const STORAGE_FIELD = { name: 'storage', uid: 'plugin::privacy-desk.storage' } as const;

/**
 * Admin permissions. Strapi allows only letters, dots and dashes in `uid`,
 * and its `useRBAC` knows an action by what follows the last dot.
 */
export const ACTIONS = [
  { section: 'plugins', displayName: 'Read the overview', uid: 'overview.read', pluginName: PLUGIN_ID },
  { section: 'plugins', displayName: 'Ask visitors again', uid: 'overview.ask-again', pluginName: PLUGIN_ID },
] as const;
export type Action = `plugin::${typeof PLUGIN_ID}.${(typeof ACTIONS)[number]['uid']}`;
