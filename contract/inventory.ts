import type { Block } from './blocks';
import type { CategoryMode, StorageEntry } from './consent-config';
import type { PresetArea, ServicePreset } from './service-preset';
import type { SignalName } from './vendors';

/** Where an item is listed: a category's document ID, or `none` for the items that nobody has classified yet. */
export const UNCLASSIFIED_ITEMS = 'none';

/** At most so many items go into one request that changes them. */
export const MAX_BULK_ITEMS = 200;

/** Query of `GET /privacy-desk/inventory`; every filter narrows. */
export interface InventoryQuery {
  /** Document ID of a category, or `none`. */
  category?: string;
  /** Key of a site: items of all sites are on it too. */
  site?: string;
  state?: 'enabled' | 'disabled';
  /** Code of a locale into which the items are not wholly translated. */
  missing?: string;
  /** In names, keys, providers and names of storage entries, in any case. */
  search?: string;
  /** From 1. */
  page?: number;
  /** 1 to 100. */
  pageSize?: number;
}

export interface InventoryCategory {
  documentId: string;
  key: string;
  name: string;
  mode: CategoryMode;
  /** Items that fit the filters other than the category. */
  items: number;
}

export interface InventoryItem {
  documentId: string;
  key: string;
  name: string;
  provider: string | null;
  /** Document ID of its category; null: unclassified. */
  category: string | null;
  /** Keys of its sites; empty: all. */
  sites: string[];
  enabled: boolean;
  storageEntries: number;
  /** Locales into which it is not wholly translated. */
  missingLocales: string[];
}

/** Answer of `GET /privacy-desk/inventory` (permission `inventory.read`). */
export interface Inventory {
  /** In their order. */
  categories: InventoryCategory[];
  /** How many items fit the filters other than the category, and how many of them have none. */
  total: number;
  unclassified: number;
  /** One page of the items of the chosen category (of all categories if none is chosen), in their order. */
  items: InventoryItem[];
  /** How many items there are on all pages. */
  count: number;
  page: number;
  pageSize: number;
}

/** A storage entry with the id by which the rows of all languages are the same one. */
export type StorageEntryRow = StorageEntry & { id: string };

/** What the drawer of a tracking item edits: what is the same in every language, and the texts of the default one. */
export interface ItemForm {
  name: string;
  key: string;
  description: Block[];
  /** Document ID. */
  category: string | null;
  provider: string | null;
  providerPolicyUrl: string | null;
  storage: StorageEntryRow[];
  /** What vendors are told by it; null: it goes with its category. */
  signals: SignalName[] | null;
  /** Document IDs; empty: all sites. */
  sites: string[];
  enabled: boolean;
}

/** What the drawer of a category edits. */
export interface CategoryForm {
  name: string;
  key: string;
  description: Block[];
  mode: CategoryMode;
  honoursGpc: boolean;
  /** What vendors are told by it; null: the usual, empty: nothing. */
  signals: SignalName[] | null;
}

/** An entry to edit. */
export interface Editable<Form> {
  documentId: string;
  /** To be sent back with a save: it is refused with 409 if somebody else has saved in between. */
  version: string;
  /** The language of the texts: the default one, or another where the entry has none in it. */
  locale: string;
  /** Whether the key is fixed, because websites and visitors' choices refer to it. */
  keyFixed: boolean;
  form: Form;
}

/** Body of `PUT /privacy-desk/inventory/{items,categories}/:documentId`; without a version nothing is compared. */
export interface EntrySave<Form> {
  version?: string;
  form: Partial<Form>;
}

/** Body of `POST /privacy-desk/inventory/move`: puts items into a category, together, in the order given. */
export interface ItemMove {
  items: string[];
  /** Document ID; null: into none. */
  category: string | null;
  /** The item that is to come after them. */
  before?: string | null;
  /** The item that is to come before them, where `before` is not given. Neither: at the end. */
  after?: string | null;
}

/** Body of `POST /privacy-desk/inventory/bulk`. */
export interface BulkChange {
  items: string[];
  action: 'enable' | 'disable' | 'delete';
}

/** A service of the library, as it is offered. */
export interface PresetSummary {
  key: string;
  name: string;
  aliases: string[];
  area: PresetArea;
  provider: ServicePreset['provider'] | null;
  /** Suggested category, by key. */
  category: ServicePreset['category'];
  /** In the language that was asked for, else English. */
  purpose: string;
  note: string | null;
  storageEntries: number;
  googleConsentTypes: ServicePreset['googleConsentTypes'];
  hosts: string[];
  embeds: string[];
  /** The tracking item with its key, if there is one. */
  added: string | null;
}

/** Answer of `POST /privacy-desk/inventory/presets/:key`: what was added. */
export interface PresetAdded {
  documentId: string;
  name: string;
  /** Name of the category; null if the suggested one does not exist, so that the item waits among the unclassified. */
  category: string | null;
  storageEntries: number;
  /** Locales in which the library has the service's texts. */
  locales: string[];
}
