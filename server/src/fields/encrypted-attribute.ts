import { PLUGIN_ID } from '../constants';
import { FIELD_KINDS, fieldKinds, type FieldKind } from './kinds';

/** What the Content-Type Builder lets one choose, below `options` of the attribute. */
export interface FieldOptions {
  blindIndex: boolean;
  unique: boolean;
  minLength: number;
  maxLength: number;
}

/** An attribute whose values are encrypted. */
export interface EncryptedAttribute extends FieldOptions {
  /** Content type or component. */
  uid: string;
  name: string;
  kind: FieldKind;
  localized: boolean;
  /** What a sealed value is bound to: copies of a row keep it, other fields have another. */
  context: string;
}

/** What of Strapi's attributes is looked at here. */
export interface SchemaAttribute {
  type: string;
  customField?: string;
  options?: Record<string, unknown>;
  pluginOptions?: { i18n?: { localized?: boolean } };
  component?: string;
  components?: string[];
  target?: string;
  relation?: string;
  searchable?: boolean;
  default?: unknown;
  unique?: unknown;
  minLength?: unknown;
  maxLength?: unknown;
  regex?: unknown;
}

export interface Schema {
  uid: string;
  modelType: 'contentType' | 'component';
  attributes: Record<string, SchemaAttribute>;
}

const PREFIX = `plugin::${PLUGIN_ID}.`;

const kindOf = ({ customField }: SchemaAttribute): FieldKind | undefined =>
  customField?.startsWith(PREFIX) ? FIELD_KINDS.find((kind) => customField === PREFIX + kind) : undefined;

const length = (value: unknown): number | null =>
  Number.isInteger(value) && Number(value) >= 0 ? Number(value) : null;

/** The encrypted attributes of a schema. */
export const encryptedAttributesOf = (schema: Schema): EncryptedAttribute[] =>
  Object.entries(schema.attributes).flatMap(([name, attribute]) => {
    const kind = kindOf(attribute);
    if (!kind) return [];
    const { searchable, maxLength } = fieldKinds[kind];
    const options = attribute.options ?? {};
    const blindIndex = searchable && options.blindIndex === true;
    return {
      uid: schema.uid,
      name,
      kind,
      localized: attribute.pluginOptions?.i18n?.localized === true,
      context: `fields:${schema.uid}:${name}`,
      blindIndex,
      // Copies of a component (draft, published, languages) are rows that nothing tells apart from others.
      unique: blindIndex && options.unique === true && schema.modelType === 'contentType',
      minLength: length(options.minLength) ?? 0,
      maxLength: Math.min(length(options.maxLength) ?? Infinity, maxLength ?? Infinity),
    };
  });

/**
 * Keeps Strapi from treating what is encrypted as text: it would search in it, compare its length with that of the plain
 * text, or insert a default that nobody encrypted. What was said in Strapi's own words holds as our option.
 */
export const prepareSchema = (schema: Schema): void => {
  for (const { name } of encryptedAttributesOf(schema)) {
    const attribute = schema.attributes[name]!;
    const { unique, minLength, maxLength } = attribute;
    attribute.options = { unique, minLength, maxLength, ...attribute.options };
    for (const word of ['unique', 'minLength', 'maxLength', 'regex', 'default'] as const) delete attribute[word];
    attribute.searchable = false;
  }
};
