import { Lock } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';
import { PLUGIN_ID } from '../pluginId';

type CustomField = Exclude<Parameters<StrapiApp['customFields']['register']>[0], unknown[]>;

const ours = (key: string) => ({ id: `${PLUGIN_ID}.fields.${key}`, defaultMessage: key });
/** The Content-Type Builder's own words, which are there where these are shown. */
const theirs = (key: string) => ({ id: `content-type-builder.form.attribute.item.${key}`, defaultMessage: key });
const checkbox = (name: string, key: string) => ({
  name,
  type: 'checkbox',
  intlLabel: theirs(key),
  description: theirs(`${key}.description`),
});
const length = (name: string, key: string) => ({
  name,
  type: 'checkbox-with-number-field',
  intlLabel: theirs(key),
  description: theirs(`${key}.description`),
});

const search = [
  { name: 'options.blindIndex', type: 'checkbox', intlLabel: ours('search'), description: ours('search.description') },
  checkbox('options.unique', 'uniqueField'),
];
const lengths = [length('options.maxLength', 'maximumLength'), length('options.minLength', 'minimumLength')];

const field = (kind: string, type: 'text' | 'json', items: object[]): CustomField => ({
  name: `encrypted-${kind}`,
  pluginId: PLUGIN_ID,
  type,
  icon: Lock,
  intlLabel: ours(`${kind}.label`),
  intlDescription: ours(`${kind}.description`),
  components: { Input: () => import('../components/EncryptedField') },
  options: {
    // Strapi's type knows only its own names, its form any path.
    advanced: [
      {
        sectionTitle: null,
        items: [checkbox('required', 'requiredField'), checkbox('private', 'privateField'), ...items] as never,
      },
    ],
  },
});

/** The custom fields whose values are encrypted at rest: server/src/fields/kinds.ts. */
export const encryptedFields: CustomField[] = [
  field('text', 'text', [...search, ...lengths]),
  field('long-text', 'text', lengths),
  field('email', 'text', search),
  field('json', 'json', []),
];
