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

/** One way to find entries. */
interface Search {
  where: Where;
  /** A path to a text that has to be one of these in lower case, where the database cannot be trusted with that. */
  exactly?: { path: string; texts: readonly string[] } | undefined;
}

/** What finds the entries that an owner path leads from to this person; none: the person has nothing to be found by. */
const searches = (strapi: Core.Strapi, uid: string, owner: Owner, { users, emails, subjects }: Person): Search[] => {
  if ('user' in owner) {
    const ids = users.map(({ id }) => id);
    if (ids.length === 0) return [];
    const condition = { id: { $in: ids } };
    return [{ where: owner.user === '.' ? condition : nested(owner.user, condition) }];
  }
  const path = ownerPath(owner);
  const isEncrypted = encryptedAt(strapi, uid, path) !== undefined;
  // Its usual collations take an address with an accent for the one without: another person's.
  const exactly = (texts: readonly string[]) =>
    strapi.db.dialect.client === 'mysql' && !isEncrypted ? { path, texts } : undefined;
  if ('email' in owner) {
    // A blind index is of the address in lower case.
    const operator = isEncrypted ? '$eq' : '$eqi';
    return emails.map((email) => ({ where: nested(path, { [operator]: email }), exactly: exactly([email]) }));
  }
  if (subjects.length === 0) return [];
  return [
    { where: nested(path, { $in: subjects }), exactly: exactly(subjects.map((subject) => subject.toLowerCase())) },
  ];
};

/** What has to be read to have the text at the end of a path. */
const reading = ([name, ...rest]: string[]): Record<string, unknown> =>
  rest.length === 0 ? { select: ['id', name] } : { select: ['id'], populate: { [name!]: reading(rest) } };

/** The texts at the end of a path, of all components and relations it leads through. */
const textsAt = (value: unknown, path: string[]): unknown[] => {
  if (Array.isArray(value)) return value.flatMap((one) => textsAt(one, path));
  if (path.length === 0) return [value];
  return value && typeof value === 'object' ? textsAt((value as Where)[path[0]!], path.slice(1)) : [];
};

/** Those of the rows that do have what was searched for. */
const exactRows = async (
  strapi: Core.Strapi,
  uid: string,
  { path, texts }: NonNullable<Search['exactly']>,
  ids: readonly number[],
): Promise<number[]> => {
  const parts = path.split('.');
  const exact: number[] = [];
  for (const batch of batches(ids)) {
    const rows = (await strapi.db.query(uid).findMany({ ...reading(parts), where: { id: { $in: batch } } })) as {
      id: number;
    }[];
    for (const row of rows)
      if (textsAt(row, parts).some((text) => typeof text === 'string' && texts.includes(text.toLowerCase())))
        exact.push(row.id);
  }
  return exact;
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
  for (const { where, exactly } of owners.flatMap((owner) => searches(strapi, uid, owner, person)))
    for (let last = 0; ;) {
      const rows = (await strapi.db.query(uid).findMany({
        select: ['id'],
        where: { $and: [where, { id: { $gt: last } }] },
        orderBy: { id: 'asc' },
        limit: PAGE,
      })) as { id: number }[];
      const ids = rows.map(({ id }) => id);
      for (const id of exactly ? await exactRows(strapi, uid, exactly, ids) : ids) found.add(id);
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
