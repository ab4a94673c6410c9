import { isMask } from '../../../contract';
import type { FieldProblem } from '../errors';
import type { EncryptedAttribute } from './encrypted-attribute';
import { isEntry, targetOf, type Entry, type FieldMap, type FieldMaps } from './map';
import { isStored } from './sealed-value';

// As browsers check type="email", with a dot in the domain.
const EMAIL =
  /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/i;

/** What is wrong with a plain value; null if nothing is. */
export const problemOf = (attribute: EncryptedAttribute, value: unknown): string | null => {
  const { kind, minLength, maxLength } = attribute;
  const text = kind === 'encrypted-json' ? JSON.stringify(value) : value;
  if (typeof text !== 'string') return kind === 'encrypted-json' ? 'must be JSON' : 'must be a text';
  if (kind === 'encrypted-email' && !EMAIL.test(text)) return 'must be an e-mail address';
  const characters = [...text].length;
  if (characters < minLength) return `must have at least ${minLength} characters`;
  if (characters > maxLength) return `must have at most ${maxLength} characters`;
  // Neither the databases nor UTF-8 have a place for half a character.
  return /\p{Surrogate}/u.test(text) ? 'must be well-formed Unicode' : null;
};

type Path = FieldProblem['path'];

/** A plain value that is to be saved. */
export interface WrittenValue {
  attribute: EncryptedAttribute;
  value: unknown;
  path: Path;
}

/** A copy of what is to be saved, with `change` done to the entry and to each of its components. */
const copyParts = (
  maps: FieldMaps,
  map: FieldMap,
  entry: Entry,
  change: (map: FieldMap, copy: Entry, path: Path) => void,
  path: Path = [],
): Entry => {
  const copy = { ...entry };
  change(map, copy, path);
  for (const link of map.links) {
    const linked = entry[link.name];
    if (!link.part || !linked) continue;
    const copied = (part: unknown, partPath: Path): unknown => {
      const target = isEntry(part) ? targetOf(maps, link, part) : undefined;
      return target ? copyParts(maps, target, part as Entry, change, partPath) : part;
    };
    copy[link.name] = Array.isArray(linked)
      ? linked.map((part, index) => copied(part, [...path, link.name, index]))
      : copied(linked, [...path, link.name]);
  }
  return copy;
};

/**
 * What a save writes: a copy of `data` without masks, so that what is stored stays, and the plain values in it.
 * Values that are encrypted already (a copy that Strapi makes) are left as they are.
 */
export const readWrite = (maps: FieldMaps, map: FieldMap, data: Entry): { data: Entry; values: WrittenValue[] } => {
  const values: WrittenValue[] = [];
  const copy = copyParts(maps, map, data, ({ attributes }, entry, path) => {
    for (const attribute of attributes) {
      const value = entry[attribute.name];
      if (isMask(value)) delete entry[attribute.name];
      else if (value !== undefined && value !== null && !isStored(value))
        values.push({ attribute, value, path: [...path, attribute.name] });
    }
  });
  return { data: copy, values };
};

/** A copy without the nulls that stand for values somebody may not see. */
export const withoutUnseen = (maps: FieldMaps, map: FieldMap, data: Entry): Entry =>
  copyParts(maps, map, data, ({ attributes }, entry) => {
    for (const { name } of attributes) if (entry[name] === null) delete entry[name];
  });

/** What is wrong with the values of a save, for all of them at once. */
export const problemsOf = (values: readonly WrittenValue[]): FieldProblem[] =>
  values.flatMap(({ attribute, value, path }) => {
    const message = problemOf(attribute, value);
    return message ? { path, message } : [];
  });
