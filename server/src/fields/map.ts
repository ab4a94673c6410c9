import { encryptedAttributesOf, type EncryptedAttribute, type Schema } from './encrypted-attribute';

/** An attribute by which an entry leads to others that may hold encrypted values. */
export interface Link {
  name: string;
  /** Whether the others are part of the entry, and are written with it. */
  part: boolean;
  /** Where the others are; for several types the entry itself says which it is, under `typeKey`. */
  target: FieldMap | null;
  typeKey: '__component' | '__type';
}

/** Where the encrypted values of a type, and of all that its entries lead to, are. */
export interface FieldMap {
  uid: string;
  attributes: EncryptedAttribute[];
  links: Link[];
}

export type FieldMaps = ReadonlyMap<string, FieldMap>;

const isPart = (type: string): boolean => type === 'component' || type === 'dynamiczone';

/** The types that an attribute leads to; `*` for any. */
const targetsOf = (attribute: Schema['attributes'][string]): string[] => {
  if (attribute.type === 'component') return [attribute.component!];
  if (attribute.type === 'dynamiczone') return attribute.components ?? [];
  if (attribute.type === 'media') return ['plugin::upload.file'];
  if (attribute.type !== 'relation') return [];
  return attribute.relation?.startsWith('morphTo') ? ['*'] : [attribute.target!];
};

/** Maps of all types whose entries hold, or lead to, encrypted values; a type without a map needs no further look. */
export const createFieldMaps = (schemas: readonly Schema[]): FieldMaps => {
  const own = new Map(schemas.map((schema) => [schema.uid, encryptedAttributesOf(schema)]));
  const reaching = new Set(schemas.filter(({ uid }) => own.get(uid)!.length > 0).map(({ uid }) => uid));
  if (reaching.size === 0) return new Map();
  const leads = (attribute: Schema['attributes'][string]): boolean =>
    targetsOf(attribute).some((target) => target === '*' || reaching.has(target));
  for (let before = -1; before !== reaching.size;) {
    before = reaching.size;
    for (const { uid, attributes } of schemas) if (Object.values(attributes).some(leads)) reaching.add(uid);
  }

  const maps = new Map(
    schemas
      .filter(({ uid }) => reaching.has(uid))
      .map(({ uid }): [string, FieldMap] => [uid, { uid, attributes: own.get(uid)!, links: [] }]),
  );
  for (const { uid, attributes } of schemas)
    for (const [name, attribute] of Object.entries(attributes)) {
      if (!maps.has(uid) || !leads(attribute)) continue;
      const several = attribute.type === 'dynamiczone' || targetsOf(attribute)[0] === '*';
      maps.get(uid)!.links.push({
        name,
        part: isPart(attribute.type),
        target: several ? null : maps.get(targetsOf(attribute)[0]!)!,
        typeKey: attribute.type === 'dynamiczone' ? '__component' : '__type',
      });
    }
  return maps;
};

export type Entry = Record<string, unknown>;

export const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** The map of what a link leads to in this very case. */
export const targetOf = (maps: FieldMaps, { target, typeKey }: Link, entry: Entry): FieldMap | undefined =>
  target ?? maps.get(String(entry[typeKey]));

/** What `populate` asks for of what a link leads to, by the map of that; of several types, what it asks for of each. */
export const populated = (maps: FieldMaps, { name, target }: Link, populate: Entry): [FieldMap, Entry][] => {
  const below = populate[name];
  if (!isEntry(below)) return [];
  if (target) return [[target, below]];
  return Object.entries(isEntry(below.on) ? below.on : {}).flatMap(([uid, part]): [FieldMap, Entry][] => {
    const map = maps.get(uid);
    return map && isEntry(part) ? [[map, part]] : [];
  });
};

/** Calls `visit` for each encrypted value that is there, in the entry and all that is populated in it. */
export const eachValue = (
  maps: FieldMaps,
  { attributes, links }: FieldMap,
  entry: Entry,
  visit: (attribute: EncryptedAttribute, entry: Entry, value: unknown) => void,
): void => {
  for (const attribute of attributes) {
    const value = entry[attribute.name];
    if (value !== null && value !== undefined) visit(attribute, entry, value);
  }
  for (const link of links) {
    const linked = entry[link.name];
    if (typeof linked !== 'object' || linked === null) continue;
    for (const one of Array.isArray(linked) ? (linked as unknown[]) : [linked]) {
      if (!isEntry(one)) continue;
      const map = targetOf(maps, link, one);
      if (map) eachValue(maps, map, one, visit);
    }
  }
};
