import type { Core } from '@strapi/strapi';
import type { ErasureItem, Generator, TypeMapping } from '../../../../contract';
import { getService } from '../../get-service';
import type { Replace } from '../generators';
import { modelOf, resolvePath, USER_UID, type ResolvedPath } from '../map/paths';
import { batches, ownedIds } from '../owned';
import type { Person } from '../person';
import type { Transaction } from '../sources';
import {
  countFiles,
  deleteHistory,
  deleteRows,
  documentsOf,
  FILE_UID,
  rowsAt,
  unlinkFiles,
  unlinkRelation,
} from './rows';

/** Rows whose values are read and replaced at a time. */
const BATCH = 500;

/** What erasure does with the person's entries of one type. */
export interface ErasureStep {
  uid: string;
  mapping: TypeMapping;
  ids: number[];
}

/** What lies within the transaction and is not a row: done once it is committed. */
export interface Aftermath {
  /** Rows of files that nothing uses any more, for their provider. */
  files: Record<string, unknown>[];
  /** Erased documents, by type. */
  documents: Record<string, string[]>;
}

/** Collected before anything changes: an entry may be the person's by what another one says. */
export const erasureSteps = async (
  strapi: Core.Strapi,
  map: ReadonlyMap<string, TypeMapping>,
  person: Person,
): Promise<ErasureStep[]> => {
  const steps: ErasureStep[] = [];
  for (const [uid, mapping] of map) {
    const ids = await ownedIds(strapi, uid, mapping, person);
    if (ids.length > 0) steps.push({ uid, mapping, ids });
  }
  return steps;
};

const generated = ({ fields }: TypeMapping): [path: string, generator: Generator][] =>
  Object.entries(fields).filter((field): field is [string, Generator] => typeof field[1] === 'string');

/** Media that are the person's own: named in the map, and not a picture that the site chose. */
const personalMedia = (strapi: Core.Strapi, uid: string, mapping: TypeMapping): ResolvedPath[] =>
  generated(mapping)
    .map(([path]) => resolvePath(strapi, uid, path))
    .filter(({ attribute }) => attribute.type === 'media');

const itemOf = (strapi: Core.Strapi, { uid, mapping, ids }: ErasureStep, files: number): ErasureItem => ({
  type: uid,
  name: modelOf(strapi, uid)!.info.displayName,
  action: mapping.erasure,
  entries: ids.length,
  files,
  replaced: mapping.erasure === 'anonymise' ? generated(mapping).map(([path]) => path) : [],
  kept:
    mapping.erasure === 'delete'
      ? []
      : Object.entries(mapping.fields).flatMap(([path, what]) =>
          typeof what === 'string' ? [] : [{ path, reason: what.keep }],
        ),
  reason: mapping.erasure === 'delete' ? null : (mapping.reason ?? null),
});

/** Puts other values in the place of those in a field; the same statement serves all rows if they get the same. */
const replaceValues = async (
  strapi: Core.Strapi,
  { model, name, attribute }: ResolvedPath,
  generator: Generator,
  ids: readonly number[],
  replace: Replace,
): Promise<void> => {
  const query = strapi.db.query(model);
  if (generator === 'empty') {
    for (const batch of batches(ids)) await query.updateMany({ where: { id: { $in: batch } }, data: { [name]: null } });
    return;
  }
  for (const batch of batches(ids, BATCH)) {
    const rows = (await query.findMany({ select: ['id', name], where: { id: { $in: batch } } })) as {
      id: number;
      [name: string]: unknown;
    }[];
    const byValue = new Map<unknown, number[]>();
    for (const row of rows) {
      await getService('fields', { strapi }).open(model, row);
      const { id, [name]: original } = row;
      if (original === null || original === undefined || original === '') continue;
      const value = replace(generator, { original, attribute, unique: attribute.unique });
      const key = typeof value === 'object' && value !== null ? {} : value;
      if (typeof key === 'object') await query.updateMany({ where: { id }, data: { [name]: value } });
      else byValue.set(key, [...(byValue.get(key) ?? []), id]);
    }
    for (const [value, same] of byValue)
      await query.updateMany({ where: { id: { $in: same } }, data: { [name]: value } });
  }
};

/** A user that is anonymised and stays: nobody gets in any more. */
const closeAccounts = async (strapi: Core.Strapi, ids: readonly number[]): Promise<void> => {
  const data = { password: null, resetPasswordToken: null, confirmationToken: null, blocked: true };
  for (const batch of batches(ids)) await strapi.db.query(USER_UID).updateMany({ where: { id: { $in: batch } }, data });
};

const SESSIONS = 'admin::session';

const endSessions = async (strapi: Core.Strapi, ids: readonly number[]): Promise<void> => {
  if (!strapi.db.metadata.has(SESSIONS)) return;
  for (const batch of batches(ids))
    await strapi.db
      .query(SESSIONS)
      .deleteMany({ where: { origin: 'users-permissions', userId: { $in: batch.map(String) } } });
};

const takeFiles = async (strapi: Core.Strapi, ids: number[]): Promise<Record<string, unknown>[]> => {
  const files: Record<string, unknown>[] = [];
  for (const batch of batches([...new Set(ids)])) {
    const where = { id: { $in: batch } };
    files.push(...((await strapi.db.query(FILE_UID).findMany({ where })) as Record<string, unknown>[]));
    await strapi.db.query(FILE_UID).deleteMany({ where });
  }
  return files;
};

/** Does one step within the transaction. */
export const applyStep = async (
  strapi: Core.Strapi,
  trx: Transaction,
  step: ErasureStep,
  replace: Replace,
  aftermath: Aftermath,
): Promise<ErasureItem> => {
  const { uid, mapping, ids } = step;
  if (mapping.erasure === 'keep') return itemOf(strapi, step, 0);
  const documents = await documentsOf(strapi, uid, ids);
  aftermath.documents[uid] = documents;
  await deleteHistory(strapi, uid, documents);

  const orphans: number[] = [];
  for (const { steps, model, name } of personalMedia(strapi, uid, mapping))
    orphans.push(...(await unlinkFiles(strapi, trx, model, name, await rowsAt(strapi, trx, uid, steps, ids))));
  const files = await takeFiles(strapi, orphans);
  aftermath.files.push(...files);

  if (mapping.erasure === 'delete') {
    await deleteRows(strapi, trx, uid, ids);
  } else {
    for (const [path, generator] of generated(mapping)) {
      const resolved = resolvePath(strapi, uid, path);
      if (resolved.attribute.type === 'media') continue;
      const rows = await rowsAt(strapi, trx, uid, resolved.steps, ids);
      if (resolved.attribute.type === 'relation')
        await unlinkRelation(strapi, trx, resolved.model, resolved.name, rows);
      else await replaceValues(strapi, resolved, generator, rows, replace);
    }
    if (uid === USER_UID) await closeAccounts(strapi, ids);
  }
  if (uid === USER_UID) await endSessions(strapi, ids);
  return itemOf(strapi, step, files.length);
};

/** What a step would do. Of a file that something else uses as well, only the step itself knows that it stays. */
export const plannedItem = async (strapi: Core.Strapi, trx: Transaction, step: ErasureStep): Promise<ErasureItem> => {
  const { uid, mapping, ids } = step;
  let files = 0;
  if (mapping.erasure !== 'keep')
    for (const { steps, model, name } of personalMedia(strapi, uid, mapping))
      files += await countFiles(strapi, trx, model, name, await rowsAt(strapi, trx, uid, steps, ids));
  return itemOf(strapi, step, files);
};
