import { z } from 'zod';
import {
  MAX_BULK_ITEMS,
  type BulkChange,
  type CategoryForm,
  type InventoryQuery,
  type ItemForm,
  type ItemMove,
} from '../../../contract';

const text = z.string('must be text').max(200, 'must not be longer than 200 characters');
const id = z.string('must be a document ID').regex(/^[a-z0-9]{1,64}$/i, 'must be a document ID');
const number = (least: number, most: number) =>
  z.coerce
    .number(`must be a whole number from ${least} to ${most}`)
    .int(`must be a whole number from ${least} to ${most}`)
    .min(least, `must be a whole number from ${least} to ${most}`)
    .max(most, `must be a whole number from ${least} to ${most}`);

export const inventoryQuery = z.strictObject({
  category: id.optional(),
  site: text.optional(),
  state: z.enum(['enabled', 'disabled'], 'must be enabled or disabled').optional(),
  missing: text.optional(),
  search: text.optional(),
  page: number(1, 1_000_000).optional(),
  pageSize: number(1, 100).optional(),
}) satisfies z.ZodType<InventoryQuery>;

const items = z
  .array(id, 'must be a list of document IDs')
  .min(1, 'must not be empty')
  .max(MAX_BULK_ITEMS, `must not have more than ${MAX_BULK_ITEMS} items`);

export const bulkChange = z.strictObject({
  items,
  action: z.enum(['enable', 'disable', 'delete'], 'must be enable, disable or delete'),
}) satisfies z.ZodType<BulkChange>;

export const itemMove = z.strictObject({
  items,
  category: id.nullable(),
  before: id.nullish(),
  after: id.nullish(),
}) satisfies z.ZodType<ItemMove>;

export const categoryOrder = z.strictObject({ categories: z.array(id, 'must be a list of document IDs').max(1000) });

/** Only the fields' names are looked at here: the document service knows the rules for what is in them. */
const formWith = (fields: string[]) =>
  z.strictObject(Object.fromEntries(fields.map((field) => [field, z.unknown().optional()])), 'must be an object');

const itemFields: (keyof ItemForm)[] = [
  'name',
  'key',
  'description',
  'category',
  'provider',
  'providerPolicyUrl',
  'storage',
  'signals',
  'sites',
  'enabled',
];
const categoryFields: (keyof CategoryForm)[] = ['name', 'key', 'description', 'mode', 'honoursGpc', 'signals'];

const itemForm = formWith(itemFields).extend({
  category: id.nullish(),
  sites: z.array(id, 'must be a list').optional(),
});
const categoryForm = formWith(categoryFields);
const version = z.string('must be text').optional();

export const itemSave = z.strictObject({ version, form: itemForm });
export const categorySave = z.strictObject({ version, form: categoryForm });
export const itemCreation = z.strictObject({ form: itemForm });
export const categoryCreation = z.strictObject({ form: categoryForm });

export const presetsQuery = z.strictObject({
  language: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,35}$/, 'must be a language code')
    .optional(),
});
