import type { Core } from '@strapi/strapi';
import { MASK } from '../../../contract';
import { validationError } from '../errors';
import type { Schema } from './encrypted-attribute';
import { REVEAL } from './kinds';
import { isEntry, type Entry, type FieldMap, type FieldMaps } from './map';
import { askedFor } from './query';

interface Ability {
  can: (action: string) => boolean;
}
type Sanitizer = (data: unknown, options?: { subject?: unknown }) => Promise<unknown>;
interface PermissionsManager {
  sanitizeOutput: Sanitizer;
  sanitizeQuery: Sanitizer;
  validateQuery: Sanitizer;
}
interface PermissionService {
  createPermissionsManager: (options: { ability: Ability; model: string }) => PermissionsManager;
}

interface Configuration {
  settings?: { mainField?: string; defaultSortBy?: string };
  metadatas?: Record<string, { edit?: { mainField?: string }; list?: { sortable?: boolean; searchable?: boolean } }>;
}
interface ConfigurationService {
  findConfiguration: (model: Schema) => Promise<Configuration>;
  updateConfiguration: (model: Schema, configuration: Configuration) => Promise<Configuration>;
}

interface Tools {
  maps: FieldMaps;
  maskAll: (map: FieldMap, entry: Entry, mask: string | null) => void;
}

const CONFIGURATION_SERVICES = ['content-types', 'components'].map((name) => `plugin::content-manager.${name}`);

const encryptedNames = (maps: FieldMaps, uid: string): string[] =>
  (maps.get(uid)?.attributes ?? []).map(({ name }) => name);

/** Where a configuration shows encrypted values as titles, or sorts by them. */
const encryptedTitles = (
  maps: FieldMaps,
  { uid, attributes }: Schema,
  { settings, metadatas }: Configuration,
): { path: string[]; name: string }[] => {
  const own = (['mainField', 'defaultSortBy'] as const).map((setting) => ({
    path: ['settings', setting],
    name: settings?.[setting] ?? '',
    of: uid,
  }));
  const related = Object.entries(metadatas ?? {}).map(([name, { edit }]) => ({
    path: ['metadatas', name, 'edit', 'mainField'],
    name: edit?.mainField ?? '',
    of: attributes[name]?.target ?? '',
  }));
  return [...own, ...related].filter(({ name, of }) => encryptedNames(maps, of).includes(name));
};

/**
 * The Content Manager shows a mask to everybody: who has the permission reveals one value at a time, which is recorded.
 * All that it answers passes the permissions manager.
 */
export const guardContentManager = (strapi: Core.Strapi, { maps, maskAll }: Tools): void => {
  const services = strapi.get('services');

  services.extend('admin::permission', ((service: PermissionService) => ({
    ...service,
    createPermissionsManager(options: { ability: Ability; model: string }) {
      const manager = service.createPermissionsManager(options);
      const map = maps.get(options.model);
      if (!map) return manager;
      const asked =
        (handle: Sanitizer): Sanitizer =>
        async (query, more) => {
          const path = isEntry(query) ? askedFor(maps, map, query) : null;
          if (path && !options.ability.can(REVEAL))
            throw validationError(strapi, [{ path, message: 'is encrypted, and you may not search by it' }]);
          return handle(query, more);
        };
      const { sanitizeOutput, sanitizeQuery, validateQuery } = manager;
      // The manager's own methods refer to one another by `this`.
      return Object.assign(manager, {
        async sanitizeOutput(data: unknown, more?: object) {
          const result = await sanitizeOutput(data, more);
          for (const entry of [result].flat()) if (isEntry(entry)) maskAll(map, entry, MASK);
          return result;
        },
        sanitizeQuery: asked(sanitizeQuery),
        validateQuery: asked(validateQuery),
      });
    },
  })) as never);

  // The title of an entry is shown in many places, to whoever may see that it is there.
  for (const uid of CONFIGURATION_SERVICES)
    services.extend(uid, ((service: ConfigurationService) => ({
      ...service,
      async findConfiguration(model: Schema) {
        const configuration = await service.findConfiguration(model);
        const encrypted = encryptedNames(maps, model.uid);
        if (encrypted.length === 0) return configuration;
        const metadatas = { ...configuration.metadatas };
        for (const name of encrypted)
          metadatas[name] = {
            ...metadatas[name],
            list: { ...metadatas[name]?.list, sortable: false, searchable: false },
          };
        return { ...configuration, metadatas };
      },
      async updateConfiguration(model: Schema, configuration: Configuration) {
        const shown = encryptedTitles(maps, model, configuration);
        if (shown.length > 0)
          throw validationError(
            strapi,
            shown.map(({ path, name }) => ({ path, message: `${name} is encrypted` })),
          );
        return service.updateConfiguration(model, configuration);
      },
    })) as never);
};

/** A field that became encrypted is no title any more. */
export const repairConfigurations = async (strapi: Core.Strapi, maps: FieldMaps): Promise<void> => {
  for (const { uid } of maps.values()) {
    const schema = strapi.getModel(uid as never) as unknown as Schema;
    const kind = schema.modelType === 'component' ? 'components' : 'content-types';
    const service: ConfigurationService = strapi.plugin('content-manager').service(kind);
    const configuration = await service.findConfiguration(schema);
    const shown = encryptedTitles(maps, schema, configuration);
    if (shown.length === 0) continue;
    const repaired = structuredClone(configuration);
    for (const { path } of shown) {
      const holder = path.slice(0, -1).reduce((value, key) => value[key] as Entry, repaired as Entry);
      holder[path.at(-1)!] = 'id';
    }
    await service.updateConfiguration(schema, repaired);
  }
};
