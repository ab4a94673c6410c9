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
 * Admin permissions, by page: what it takes to read it and what to change something, apart. The role editor groups them by
 * `subCategory`. Strapi allows only letters, dots and dashes in `uid`.
 */
const actionsOfPage = <const Uid extends string>(subCategory: string, names: Record<Uid, string>) =>
  (Object.entries(names) as [Uid, string][]).map(([uid, displayName]) => ({
    section: 'plugins' as const,
    subCategory,
    displayName,
    uid,
    pluginName: PLUGIN_ID,
  }));

export const ACTIONS = [
  ...actionsOfPage('overview', {
    'overview.read': 'Read',
    'overview.ask-again': 'Ask visitors again',
    'overview.set-up': 'Set up a website: name, law, languages, look',
  }),
  ...actionsOfPage('inventory', {
    'inventory.read': 'Read',
    'inventory.write': 'Add, edit, move, enable and delete',
  }),
  ...actionsOfPage('appearance', { 'appearance.read': 'Read', 'appearance.write': 'Change look and words' }),
  ...actionsOfPage('publishing', {
    'publishing.read': 'Read',
    'publishing.publish': 'Publish, and choose how it is published',
    'publishing.roll-back': 'Roll back',
  }),
  ...actionsOfPage('ledger', {
    'ledger.statistics': 'Statistics',
    'ledger.records': 'Search and read records, and verify them',
    'ledger.personal': 'Read the personal parts of records',
    'ledger.export': 'Export records and checkpoints',
  }),
  ...actionsOfPage('encrypted fields', { 'fields.reveal': 'See the values, and search by them' }),
  ...actionsOfPage('install', { 'install.read': 'Read' }),
  ...actionsOfPage('personal-data', {
    'personal-data.read': 'Read which content types hold personal data, and the records of processing',
    'personal-data.write': 'Change which content types hold personal data, and complete the records',
    'personal-data.export': 'Export the data of a person',
    'personal-data.erase': 'Erase the data of a person',
  }),
  ...actionsOfPage('requests', {
    'requests.read': 'Read data requests',
    'requests.handle': 'Handle data requests: assign, note, extend, answer, refuse',
    'requests.export': 'Send persons the link to their data',
    'requests.erase': 'Erase the data of persons who ask for it',
    'requests.templates': 'Edit the templates of mails',
  }),
  ...actionsOfPage('audit trail', {
    'audit.read': 'Search and read entries, and verify them',
    'audit.export': 'Export entries and checkpoints',
  }),
  ...actionsOfPage('settings', { 'settings.read': 'Read' }),
  ...actionsOfPage('translations', { 'translations.read': 'Read and export', 'translations.write': 'Edit and import' }),
];
export type Action = `plugin::${typeof PLUGIN_ID}.${(typeof ACTIONS)[number]['uid']}`;
export const ACTION_IDS = ACTIONS.map(({ uid }): Action => `plugin::${PLUGIN_ID}.${uid}`);
