import type { FieldProblem } from '../errors';
import type { EncryptedAttribute } from './encrypted-attribute';
import { isEntry, populated, type Entry, type FieldMap, type FieldMaps } from './map';

type Path = FieldProblem['path'];

/** What a query may not ask, as 400 tells it. */
export class QueryProblem extends Error {
  constructor(
    readonly path: Path,
    readonly reason: string,
  ) {
    super(`${path.join('.')}: ${reason}`);
  }
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** The beginnings of stored values that a condition on an encrypted attribute asks for, as a condition of the database. */
const condition = (
  attribute: EncryptedAttribute,
  asked: unknown,
  path: Path,
  blindIndex: (attribute: EncryptedAttribute, value: string) => string,
): unknown => {
  const operators: Entry = isEntry(asked)
    ? asked
    : asked === null
      ? { $null: true }
      : { [Array.isArray(asked) ? '$in' : '$eq']: asked };
  let beginnings: string[] | null = null;
  const rest: Entry = {};
  for (const [operator, value] of Object.entries(operators)) {
    if (operator === '$null' || operator === '$notNull') rest[operator] = value;
    else if (operator === '$eq' && value === null) rest.$null = true;
    else if (operator === '$ne' && value === null) rest.$notNull = true;
    else if (operator === '$not') rest.$not = condition(attribute, value, path, blindIndex);
    else if (operator !== '$eq' && operator !== '$in')
      throw new QueryProblem(
        path,
        `is encrypted, so the operator ${operator} does not work; ` +
          (attribute.blindIndex ? '$eq, $in, $null and $notNull do' : '$null and $notNull do'),
      );
    else if (!attribute.blindIndex)
      throw new QueryProblem(path, `is encrypted and has no blind index, so it cannot be searched with ${operator}`);
    else {
      const found = list(value)
        .filter((one) => one !== null && one !== undefined)
        .map((one) => blindIndex(attribute, String(one)));
      beginnings = beginnings ? beginnings.filter((one) => found.includes(one)) : found;
    }
  }
  if (!beginnings) return rest;
  // An empty list of beginnings would ask for nothing, and everything would be found.
  return { ...rest, ...(beginnings.length > 0 ? { $startsWith: beginnings } : { $in: [] }) };
};

/** Rewrites the conditions of a query to what the database knows of encrypted values. */
export const createConditions = (blindIndex: (attribute: EncryptedAttribute, value: string) => string) => {
  const rewrite = (map: FieldMap, where: unknown, path: Path = []): unknown => {
    if (Array.isArray(where)) return where.map((one) => rewrite(map, one, path));
    if (!isEntry(where)) return where;
    const { attributes, links } = map;
    const rewritten: Entry = {};
    for (const [key, value] of Object.entries(where)) {
      const attribute = attributes.find(({ name }) => name === key);
      const target = !attribute && links.find(({ name }) => name === key)?.target;
      rewritten[key] = attribute
        ? condition(attribute, value, [...path, key], blindIndex)
        : target
          ? rewrite(target, value, [...path, key])
          : key.startsWith('$')
            ? rewrite(map, value, path)
            : value;
    }
    return rewritten;
  };

  /** @throws QueryProblem where the order of encrypted values is asked for */
  const refuseOrder = (map: FieldMap, order: unknown, path: Path = []): void => {
    for (const { name, rest } of sortKeys(order)) {
      const found = map.attributes.some((attribute) => attribute.name === name);
      if (found) throw new QueryProblem([...path, name], 'is encrypted, so nothing can be sorted by it');
      const target = map.links.find((link) => link.name === name)?.target;
      if (target && rest) refuseOrder(target, rest, [...path, name]);
    }
  };

  return { rewrite, refuseOrder };
};

/** `a:desc`, `a.b`, `{ a: { b: 'asc' } }`, or lists of them: what is sorted by, and what below it. */
const sortKeys = (order: unknown): { name: string; rest: unknown }[] => {
  if (Array.isArray(order)) return order.flatMap(sortKeys);
  if (typeof order === 'string')
    return order.split(',').map((one) => {
      const [name, ...rest] = one.trim().split(':')[0]!.split('.');
      return { name: name!, rest: rest.join('.') };
    });
  return isEntry(order) ? Object.entries(order).map(([name, rest]) => ({ name, rest })) : [];
};

/** The first encrypted attribute that filters or an order of a query (as REST knows it) ask for; for who may not. */
export const askedFor = (maps: FieldMaps, map: FieldMap, query: Entry, path: Path = []): Path | null => {
  const inKeys = (at: FieldMap, asked: unknown, where: Path): Path | null => {
    for (const one of list(asked)) {
      if (!isEntry(one)) continue;
      for (const [key, value] of Object.entries(one)) {
        if (at.attributes.some(({ name }) => name === key)) return [...where, key];
        const target = at.links.find(({ name }) => name === key)?.target;
        const found = target ? inKeys(target, value, [...where, key]) : key.startsWith('$') && inKeys(at, value, where);
        if (found) return found;
      }
    }
    return null;
  };
  const inPopulate = (at: FieldMap, populate: unknown, where: Path): Path | null => {
    for (const link of isEntry(populate) ? at.links : [])
      for (const [target, below] of populated(maps, link, populate as Entry)) {
        const found = askedFor(maps, target, below, [...where, link.name]);
        if (found) return found;
      }
    return null;
  };
  return inKeys(map, query.filters, path) ?? inPopulate(map, query.populate, path);
};
