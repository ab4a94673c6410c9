import type { Core } from '@strapi/strapi';
import type { Owner, TypeMapping } from '../../../contract';
import { encryptedAt, ownerPath } from './map/check';
import type { Person } from './person';

/** Ids are looked up so many at a time. */
const PAGE = 20_000;
/** Databases take only so many values in one statement. */
const MOST_VALUES = 500;

type Where = Record<string, unknown>;

/** `a.b` and a condition → `{ a: { b: condition } }` */
const nested = (path: string, condition: unknown): Where =>
  path
    .split('.')
    .reverse()
    .reduce<unknown>((inner, part) => ({ [part]: inner }), condition) as Where;

/** What finds the entries that an owner path leads from to this person; none: the person has nothing to be found by. */
const conditions = (strapi: Core.Strapi, uid: string, owner: Owner, { users, emails, subjects }: Person): Where[] => {
  if ('user' in owner) {
    const ids = users.map(({ id }) => id);
    if (ids.length === 0) return [];
    const condition = { id: { $in: ids } };
    return [owner.user === '.' ? condition : nested(owner.user, condition)];
  }
  if ('email' in owner) {
    // A blind index is of the address in lower case.
    const operator = encryptedAt(strapi, uid, owner.email) ? '$eq' : '$eqi';
    return emails.map((email) => nested(owner.email, { [operator]: email }));
  }
  return subjects.length > 0 ? [nested(owner.subject, { $in: subjects })] : [];
};

/** Finds the rows that say nothing of their own about whose they are. */
const ownerless = (owners: Owner[]): Where[] =>
  owners.flatMap((owner) => {
    if ('user' in owner) return owner.user === '.' ? [] : [nested(owner.user, { id: { $null: true } })];
    return [nested(ownerPath(owner), { $null: true })];
  });

/**
 * Ids of all rows of a type that are the person's, drafts and every language among them, in ascending order. Each way to
 * them is asked for alone: an index serves one, and none serves all with "or".
 */
export const ownedIds = async (
  strapi: Core.Strapi,
  uid: string,
  { owners }: TypeMapping,
  person: Person,
): Promise<number[]> => {
  const found = new Set<number>();
  for (const where of owners.flatMap((owner) => conditions(strapi, uid, owner, person)))
    for (let last = 0; ;) {
      const rows = (await strapi.db.query(uid).findMany({
        select: ['id'],
        where: { $and: [where, { id: { $gt: last } }] },
        orderBy: { id: 'asc' },
        limit: PAGE,
      })) as { id: number }[];
      for (const { id } of rows) found.add(id);
      if (rows.length < PAGE) break;
      last = rows.at(-1)!.id;
    }
  // Strapi keeps relations for each language and for drafts apart: a translation often has none, and is the person's all the same.
  for (const batch of batches([...found])) {
    const documents = (await strapi.db
      .query(uid)
      .findMany({ select: ['id', 'documentId'], where: { id: { $in: batch } } })) as { documentId: string | null }[];
    const documentIds = [...new Set(documents.flatMap(({ documentId }) => documentId ?? []))];
    const others = (await strapi.db.query(uid).findMany({
      select: ['id'],
      where: { $and: [{ documentId: { $in: documentIds } }, ...ownerless(owners)] },
    })) as { id: number }[];
    for (const { id } of others) found.add(id);
  }
  return [...found].sort((a, b) => a - b);
};

/** Splits ids into groups that fit into one statement. */
export function* batches<Value>(values: readonly Value[], size = MOST_VALUES): Generator<Value[]> {
  for (let start = 0; start < values.length; start += size) yield values.slice(start, start + size);
}
