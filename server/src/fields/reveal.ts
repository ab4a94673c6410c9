import type { Core } from '@strapi/strapi';
import type { RevealAnswer, RevealRequest } from '../../../contract';
import { isEntry, targetOf, type Entry, type FieldMap, type FieldMaps } from './map';

/** What has to be read for all values that are part of an entry. */
const populateParts = (maps: FieldMaps, { links }: FieldMap, strapi: Core.Strapi): Entry =>
  Object.fromEntries(
    links
      .filter(({ part }) => part)
      .map(({ name, target, typeKey }) => {
        if (target) return [name, { populate: populateParts(maps, target, strapi) }];
        const components = [...maps.values()].filter(
          ({ uid }) => typeKey === '__component' && strapi.components[uid as never],
        );
        return [
          name,
          {
            on: Object.fromEntries(components.map((map) => [map.uid, { populate: populateParts(maps, map, strapi) }])),
          },
        ];
      }),
  );

/** Follows a path; undefined where it leads to no encrypted value. */
const valueAt = (
  maps: FieldMaps,
  map: FieldMap,
  entry: Entry,
  path: readonly string[],
): { value: unknown } | undefined => {
  const [name, ...rest] = path;
  if (rest.length === 0)
    return map.attributes.some((attribute) => attribute.name === name) ? { value: entry[name!] } : undefined;
  const link = map.links.find((one) => one.part && one.name === name);
  const linked = entry[name!];
  const part = Array.isArray(linked) ? linked.find((one) => isEntry(one) && String(one.id) === rest[0]) : linked;
  const target = link && isEntry(part) ? targetOf(maps, link, part) : undefined;
  return target && valueAt(maps, target, part as Entry, Array.isArray(linked) ? rest.slice(1) : rest);
};

interface PermissionChecker {
  can: { read: (entry: unknown, field?: string) => boolean };
}

/**
 * One value, for an admin user who may also read the field in the Content Manager.
 *
 * @returns null if there is no such field, or not for this user
 */
export const reveal = async (
  strapi: Core.Strapi,
  maps: FieldMaps,
  { uid, documentId, locale, status, path }: RevealRequest,
  userAbility: unknown,
): Promise<RevealAnswer | null> => {
  const map = maps.get(uid);
  if (!map || !strapi.contentTypes[uid as never]) return null;
  const entry = (await strapi.documents(uid as never).findOne({
    documentId,
    status,
    ...(locale && { locale }),
    populate: populateParts(maps, map, strapi) as never,
  })) as Entry | null;
  if (!entry) return null;
  const { can }: PermissionChecker = strapi
    .plugin('content-manager')
    .service('permission-checker')
    .create({ userAbility, model: uid });
  const steps = path.split('.');
  // Permissions name fields without the place in a list.
  const field = steps.filter((step) => !/^\d+$/.test(step)).join('.');
  if (!can.read(entry, field)) return null;
  const found = valueAt(maps, map, entry, steps);
  return found ? { value: found.value ?? null } : null;
};
