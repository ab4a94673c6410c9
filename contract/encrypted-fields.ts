/** What stands in place of an encrypted value in the Content Manager; sent back on save it means "as it was". */
export const MASK = '••••••••';
/** The same in a JSON field, whose form takes only what can be read as JSON. */
export const JSON_MASK = JSON.stringify(MASK);

export const isMask = (value: unknown): boolean => value === MASK || value === JSON_MASK;

/** Which encrypted value somebody wants to see: `POST /privacy-desk/fields/reveal`. */
export interface RevealRequest {
  /** Content type. */
  uid: string;
  documentId: string;
  locale: string | null;
  status: 'draft' | 'published';
  /** Names from the entry to the field, with the id of the component after the name of a list: `identities.12.number`. */
  path: string;
}

export interface RevealAnswer {
  /** null: there is none, or it cannot be opened. */
  value: unknown;
}
