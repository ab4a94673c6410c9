import type { Core } from '@strapi/strapi';
import { qualified } from '../../database/own-tables';
import { modelOf, type PathStep } from '../map/paths';
import { batches } from '../owned';
import type { Transaction } from '../sources';

/** What is looked at of the metadata of Strapi's database layer. */
interface RelationMeta {
  type: string;
  relation?: string;
  target?: string;
  morphBy?: string;
  joinTable?: {
    name: string;
    joinColumn: { name: string };
    inverseJoinColumn?: { name: string };
    morphColumn?: { idColumn: { name: string }; typeColumn: { name: string } };
  };
}

export const FILE_UID = 'plugin::upload.file';
const HISTORY_UID = 'plugin::content-manager.history-version';

const metaOf = (strapi: Core.Strapi, uid: string, name: string): RelationMeta =>
  strapi.db.metadata.get(uid).attributes[name] as unknown as RelationMeta;

/** Column of Strapi's join tables with components. */
const TYPE = 'component_type';
const FIELD = 'field';

/** The rows of components in a field of these rows, by the uid of their component. */
const componentsIn = async (
  strapi: Core.Strapi,
  trx: Transaction,
  uid: string,
  name: string,
  ids: readonly number[],
): Promise<Map<string, number[]>> => {
  const { joinTable } = metaOf(strapi, uid, name);
  const { name: table, joinColumn, inverseJoinColumn, morphColumn } = joinTable!;
  const idColumn = (inverseJoinColumn ?? morphColumn!.idColumn).name;
  const found = new Map<string, number[]>();
  for (const batch of batches(ids)) {
    const rows = (await trx(qualified(strapi, table))
      .whereIn(joinColumn.name, batch)
      .where({ [FIELD]: name })
      .select({ id: idColumn, type: TYPE })) as { id: number; type: string }[];
    for (const { id, type } of rows) {
      const known = found.get(type);
      if (known) known.push(id);
      else found.set(type, [id]);
    }
  }
  return found;
};

/** Ids of the rows that a path's last step leads to; without steps the rows themselves. */
export const rowsAt = async (
  strapi: Core.Strapi,
  trx: Transaction,
  uid: string,
  steps: readonly PathStep[],
  ids: readonly number[],
): Promise<number[]> => {
  let model = uid;
  let current = [...ids];
  for (const { attribute, target } of steps) {
    current = (await componentsIn(strapi, trx, model, attribute, current)).get(target) ?? [];
    model = target;
  }
  return current;
};

/** Where the upload plugin notes what a file belongs to. */
const fileLinks = (strapi: Core.Strapi) => {
  const { joinTable } = metaOf(strapi, FILE_UID, 'related');
  const { idColumn, typeColumn } = joinTable!.morphColumn!;
  return {
    table: qualified(strapi, joinTable!.name),
    file: joinTable!.joinColumn.name,
    id: idColumn.name,
    type: typeColumn.name,
  };
};

/**
 * Cuts media off the rows.
 *
 * @param field null: those of every field
 * @returns ids of the files that nothing else uses any more
 */
export const unlinkFiles = async (
  strapi: Core.Strapi,
  trx: Transaction,
  uid: string,
  field: string | null,
  ids: readonly number[],
): Promise<number[]> => {
  const links = fileLinks(strapi);
  const orphans: number[] = [];
  for (const batch of batches(ids)) {
    const of = () => {
      const query = trx(links.table).whereIn(links.id, batch).where(links.type, uid);
      return field === null ? query : query.where(FIELD, field);
    };
    const rows = (await of().select({ file: links.file })) as { file: number }[];
    if (rows.length === 0) continue;
    await of().delete();
    const files = [...new Set(rows.map(({ file }) => file))];
    for (const some of batches(files)) {
      const used = (await trx(links.table).whereIn(links.file, some).distinct({ file: links.file })) as {
        file: number;
      }[];
      const usedIds = new Set(used.map(({ file }) => file));
      orphans.push(...some.filter((file) => !usedIds.has(file)));
    }
  }
  return orphans;
};

/** How many files hang at a field of the rows. */
export const countFiles = async (
  strapi: Core.Strapi,
  trx: Transaction,
  uid: string,
  field: string,
  ids: readonly number[],
): Promise<number> => {
  const links = fileLinks(strapi);
  const files = new Set<number>();
  for (const batch of batches(ids)) {
    const rows = (await trx(links.table)
      .whereIn(links.id, batch)
      .where({ [links.type]: uid, [FIELD]: field })
      .distinct({ file: links.file })) as { file: number }[];
    for (const { file } of rows) files.add(file);
  }
  return files.size;
};

/**
 * Deletes rows with their components, and what other tables note of them. Join tables of relations clean themselves: their
 * foreign keys cascade.
 */
export const deleteRows = async (
  strapi: Core.Strapi,
  trx: Transaction,
  uid: string,
  ids: readonly number[],
): Promise<void> => {
  for (const [name, { type }] of Object.entries(modelOf(strapi, uid)!.attributes)) {
    if (type !== 'component' && type !== 'dynamiczone') continue;
    for (const [component, rows] of await componentsIn(strapi, trx, uid, name, ids))
      await deleteRows(strapi, trx, component, rows);
    const { name: table, joinColumn } = metaOf(strapi, uid, name).joinTable!;
    for (const batch of batches(ids))
      await trx(qualified(strapi, table))
        .whereIn(joinColumn.name, batch)
        .where({ [FIELD]: name })
        .delete();
  }
  await unlinkFiles(strapi, trx, uid, null, ids);
  for (const batch of batches(ids)) await strapi.db.query(uid).deleteMany({ where: { id: { $in: batch } } });
};

/** Deletes the earlier versions that Strapi's content history keeps of documents. */
export const deleteHistory = async (
  strapi: Core.Strapi,
  uid: string,
  documentIds: readonly string[],
): Promise<void> => {
  if (!strapi.db.metadata.has(HISTORY_UID)) return;
  for (const batch of batches(documentIds))
    await strapi.db.query(HISTORY_UID).deleteMany({ where: { contentType: uid, relatedDocumentId: { $in: batch } } });
};

export const documentsOf = async (strapi: Core.Strapi, uid: string, ids: readonly number[]): Promise<string[]> => {
  const found = new Set<string>();
  for (const batch of batches(ids)) {
    const rows = (await strapi.db
      .query(uid)
      .findMany({ select: ['id', 'documentId'], where: { id: { $in: batch } } })) as { documentId: string | null }[];
    for (const { documentId } of rows) if (documentId) found.add(documentId);
  }
  return [...found];
};
