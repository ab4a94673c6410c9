import type { Core } from '@strapi/strapi';
import type { ErasureItem, Generator, TypeMapping } from '../../../../contract';
import { dialectOf, qualified } from '../../database/own-tables';
import { runStatements } from '../../database/raw-insert';
import { createBatchUpdate } from '../anonymise/batch-update';
import { replaceCell } from '../anonymise/cells';
import { cutRelations } from '../anonymise/relations';
import { targetsOf, withCodecs, type Target } from '../anonymise/targets';
import type { Replace } from '../generators';
import { modelOf, resolvePath, USER_UID, type ResolvedPath } from '../map/paths';
import { batches, ownedIds } from '../owned';
import type { Person } from '../person';
import type { Transaction } from '../sources';
import { countFiles, deleteHistory, deleteRows, documentsOf, FILE_UID, rowsAt, unlinkFiles } from './rows';

/** Rows whose values are read and replaced at a time. */
const BATCH = 500;

/** What erasure does with the person's entries of one type. */
export interface ErasureStep {
  uid: string;
  mapping: TypeMapping;
  ids: number[];
  /** The tables in which values are replaced. */
  targets: Target[];
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
    if (ids.length === 0) continue;
    const targets = await withCodecs(strapi, targetsOf(strapi, uid, mapping.fields));
    steps.push({ uid, mapping, ids, targets });
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

/** Puts other values in the place of the columns' own, all of a row's at once. */
const replaceValues = async (
  strapi: Core.Strapi,
  trx: Transaction,
  { table, columns }: Target,
  ids: readonly number[],
  replace: Replace,
): Promise<void> => {
  if (columns.length === 0) return;
  const { client } = dialectOf(strapi);
  const statementsFor = createBatchUpdate(strapi, table, columns);
  for (const batch of batches(ids, BATCH)) {
    const rows = (await trx(qualified(strapi, table))
      .whereIn('id', batch)
      .select('id', ...columns.map(({ column }) => column))) as { id: number; [column: string]: unknown }[];
    const changed = rows.map((row) => ({
      id: Number(row.id),
      // A key that is lost may be found again: what it opens is the person's all the same.
      values: columns.map((column) => replaceCell(replace, client, column, row[column.column], 0, 'replace')),
    }));
    if (changed.length > 0) await runStatements(trx, statementsFor(changed));
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
  const { uid, mapping, ids, targets } = step;
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
    for (const target of targets) {
      const rows = await rowsAt(strapi, trx, uid, target.steps, ids);
      await cutRelations(strapi, target, rows, trx);
      await replaceValues(strapi, trx, target, rows, replace);
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
