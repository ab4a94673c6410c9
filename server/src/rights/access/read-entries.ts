import type { Core } from '@strapi/strapi';
import type { TypeMapping } from '../../../../contract';
import { getService } from '../../get-service';
import { fieldsOf, isOwnAttribute, modelOf, type Attribute } from '../map/paths';
import { batches, ownedIds } from '../owned';
import type { Person } from '../person';
import type { ExportedEntry, ExportedFile, Json, ReadableGroup } from '../sources';

/** Rows read at a time: few enough for their components to fit into one statement each. */
const BATCH = 500;

type Row = Record<string, unknown>;

/** Passwords and tokens tell nothing of a person, and open the account to whoever finds the file. */
const isToken = ({ type, private: isPrivate, searchable }: Attribute): boolean =>
  type === 'password' || (isPrivate === true && searchable === false);

/** What is encrypted is never searchable, and yet no token. */
const isEncrypted = (strapi: Core.Strapi, uid: string, name: string): boolean =>
  getService('fields', { strapi })
    .mapOf(uid)
    ?.attributes.some((attribute) => attribute.name === name) ?? false;

const exportedAttributes = (strapi: Core.Strapi, uid: string): [string, Attribute][] =>
  Object.entries(modelOf(strapi, uid)!.attributes).filter(
    ([name, attribute]) => !isOwnAttribute(name) && (!isToken(attribute) || isEncrypted(strapi, uid, name)),
  );

/** A field by which people know an entry. */
const labelOf = (strapi: Core.Strapi, uid: string): string | null => {
  const attributes = modelOf(strapi, uid)?.attributes ?? {};
  const known = ['title', 'name', 'label', 'number', 'key', 'slug', 'type'].find((name) => attributes[name]);
  return known && !isEncrypted(strapi, uid, known) ? known : null;
};

/**
 * Relations that the type itself holds; the other side of somebody else's relation is reached through the map, where it is
 * personal.
 */
const isHeld = (attribute: Attribute & { mappedBy?: string }): boolean =>
  attribute.target !== undefined && !attribute.mappedBy && !attribute.relation?.startsWith('morph');

/** What has to be read along with an entry of a type. */
const populateOf = (strapi: Core.Strapi, uid: string, personal: ReadonlySet<string>): Row => {
  const populate: Row = {};
  for (const [name, attribute] of exportedAttributes(strapi, uid)) {
    if (attribute.type === 'media') populate[name] = true;
    if (attribute.type === 'component')
      populate[name] = { populate: populateOf(strapi, attribute.component!, personal) };
    if (attribute.type === 'dynamiczone')
      populate[name] = {
        on: Object.fromEntries(
          attribute.components!.map((component) => [component, { populate: populateOf(strapi, component, personal) }]),
        ),
      };
    if (attribute.type === 'relation' && isHeld(attribute)) {
      const label = personal.has(attribute.target!) ? null : labelOf(strapi, attribute.target!);
      populate[name] = { select: ['id', 'documentId', ...(label ? [label] : [])] };
    }
  }
  return populate;
};

/** Names in archives: no folders, no characters that a file system refuses. */
const fileName = (text: string): string => text.replace(/[^\p{L}\p{N}._ -]+/gu, '_').slice(-120) || 'file';

interface Reader {
  strapi: Core.Strapi;
  personal: ReadonlySet<string>;
  files: ExportedFile[];
}

const fileOf = ({ files }: Reader, row: Row): Json => {
  const path = `files/${String(row.id)}-${fileName(String(row.name ?? ''))}`;
  files.push({ path, url: String(row.url), provider: String(row.provider), id: Number(row.id) });
  const { name, alternativeText, caption, mime, size } = row as Record<string, Json>;
  return {
    file: path,
    name: name!,
    alternativeText: alternativeText ?? null,
    caption: caption ?? null,
    mime: mime!,
    sizeKb: Number(size),
  };
};

const referenceOf = ({ strapi, personal }: Reader, target: string, row: Row): Json => {
  const label = personal.has(target) ? null : labelOf(strapi, target);
  return {
    reference: target,
    id: String(row.documentId ?? row.id),
    ...(label && row[label] !== undefined && { label: row[label] as Json }),
  };
};

const each = (value: unknown, one: (row: Row) => Json): Json => {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? (value as Row[]).map(one) : one(value as Row);
};

const valueOf = (reader: Reader, attribute: Attribute, value: unknown): Json => {
  switch (attribute.type) {
    case 'media':
      return each(value, (row) => fileOf(reader, row));
    case 'relation':
      return each(value, (row) => referenceOf(reader, attribute.target!, row));
    case 'component':
      return each(value, (row) => fieldsOfRow(reader, attribute.component!, row));
    case 'dynamiczone':
      return each(value, (row) => ({
        component: String(row.__component),
        ...fieldsOfRow(reader, String(row.__component), row),
      }));
    default:
      return value instanceof Date ? value.toISOString() : ((value ?? null) as Json);
  }
};

const fieldsOfRow = (reader: Reader, uid: string, row: Row): Record<string, Json> =>
  Object.fromEntries(
    exportedAttributes(reader.strapi, uid)
      .filter(([, attribute]) => attribute.type !== 'relation' || isHeld(attribute))
      .map(([name, attribute]) => [name, valueOf(reader, attribute, row[name])]),
  );

const text = (value: unknown): string | null =>
  value instanceof Date ? value.toISOString() : ((value ?? null) as string);

/** The columns of a type in CSV: components that occur once are taken apart, lists stay in one cell. */
const columnsOf = (strapi: Core.Strapi, uid: string, prefix = ''): string[] =>
  exportedAttributes(strapi, uid).flatMap(([name, attribute]) => {
    if (attribute.type === 'relation' && !isHeld(attribute)) return [];
    if (attribute.type === 'component' && !attribute.repeatable)
      return columnsOf(strapi, attribute.component!, `${prefix}${name}.`);
    return [`${prefix}${name}`];
  });

/**
 * The person's entries of a mapped type, a batch in memory at a time; null: there are none.
 *
 * @param personal uids of all mapped types: of what they refer to, only the id is told, since it may be another person's
 */
export const readEntries = async (
  strapi: Core.Strapi,
  uid: string,
  mapping: TypeMapping,
  person: Person,
  personal: ReadonlySet<string>,
): Promise<ReadableGroup | null> => {
  const ids = await ownedIds(strapi, uid, mapping, person);
  if (ids.length === 0) return null;
  const { info, options } = modelOf(strapi, uid) as {
    info: { displayName: string };
    options?: { draftAndPublish?: boolean };
  };
  const populate = populateOf(strapi, uid, personal);
  async function* entries(): AsyncGenerator<ExportedEntry> {
    for (const batch of batches(ids, BATCH)) {
      const rows = (await strapi.db
        .query(uid)
        .findMany({ where: { id: { $in: batch } }, orderBy: { id: 'asc' }, populate })) as Row[];
      for (const row of rows) {
        await getService('fields', { strapi }).open(uid, row);
        const reader: Reader = { strapi, personal, files: [] };
        const fields = fieldsOfRow(reader, uid, row);
        yield {
          id: String(row.documentId ?? row.id),
          locale: (row.locale as string | undefined) ?? null,
          status: options?.draftAndPublish ? (row.publishedAt ? 'published' : 'draft') : null,
          fields: { ...fields, createdAt: text(row.createdAt), updatedAt: text(row.updatedAt) },
          files: reader.files,
        };
      }
    }
  }
  const { purpose, legalBasis, retentionDays } = mapping;
  return {
    type: uid,
    name: info.displayName,
    purpose,
    legalBasis,
    retentionDays,
    columns: [...columnsOf(strapi, uid), 'createdAt', 'updatedAt'],
    entries: entries(),
  };
};

export const hasMedia = (strapi: Core.Strapi, uid: string): boolean =>
  [...fieldsOf(strapi, uid)].some(({ attribute }) => attribute.type === 'media');
