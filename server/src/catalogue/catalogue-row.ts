import type { StorageRow } from './validation';

export interface RelatedRow {
  id: number;
  documentId: string;
}

/** A row of the catalogue: one language of a document, as `strapi.db.query` reads it. */
export interface CatalogueRow {
  id: number;
  documentId: string;
  /** null where an extension has made the type not localized. */
  locale: string | null;
  key: string;
  name: string;
}

/** A row of a tracking item with its facts. */
export interface ItemRow extends CatalogueRow {
  storage: StorageRow[] | null;
  category: RelatedRow | null;
  sites: RelatedRow[];
}
