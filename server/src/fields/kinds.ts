import { PLUGIN_ID } from '../constants';

/** Who may see plain values: an action of the admin panel's roles, and one of the content API's roles and tokens. */
export const REVEAL = `plugin::${PLUGIN_ID}.fields.reveal`;

/** Of the values that can be searched for: what fits into an index of every database when it is encrypted. */
export const MAX_SEARCHABLE_LENGTH = 255;
const MAX_EMAIL_LENGTH = 254;

/**
 * The custom fields. `type` is Strapi's type of the column: long enough for what is encrypted, and what REST, GraphQL and
 * the generated types call the value.
 */
export const fieldKinds = {
  'encrypted-text': { type: 'text', searchable: true, maxLength: MAX_SEARCHABLE_LENGTH },
  'encrypted-long-text': { type: 'text', searchable: false, maxLength: null },
  'encrypted-email': { type: 'text', searchable: true, maxLength: MAX_EMAIL_LENGTH },
  'encrypted-json': { type: 'json', searchable: false, maxLength: null },
} as const;

export type FieldKind = keyof typeof fieldKinds;
export const FIELD_KINDS = Object.keys(fieldKinds) as FieldKind[];
