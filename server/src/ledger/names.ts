import type { Core } from '@strapi/strapi';
import { getService } from '../get-service';

/** How many config versions are looked into; beside each other they rarely differ in a name. */
const MOST_VERSIONS = 3;

/**
 * What the keys of choices are called: categories, and items as `item:<key>`. As the site has it now, else as it was in the
 * config versions that were decided on.
 */
export const namesOf = async (
  strapi: Core.Strapi,
  site: string,
  versions: Iterable<string>,
): Promise<Record<string, string>> => {
  const publishing = getService('publishing', { strapi });
  const live = (await publishing.status(site))?.version;
  const names: Record<string, string> = {};
  // Most were decided on as it is now: that is read once.
  for (const version of [...new Set([...(live ? [live] : []), ...versions])].slice(0, MOST_VERSIONS)) {
    const config = await publishing.readConfig(version);
    for (const { key, name, items } of config?.categories ?? []) {
      names[key] ??= name;
      for (const item of items) names[`item:${item.key}`] ??= item.name;
    }
  }
  return names;
};
