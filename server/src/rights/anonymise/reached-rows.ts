import type { Core } from '@strapi/strapi';
import type { PathStep } from '../map/paths';
import { IdSet } from './ids';
import { metaOf } from './targets';

const PAGE_ROWS = 20_000;

interface ComponentLink {
  id: number;
  entity_id: number;
  cmp_id: number;
}

/**
 * Ids of the components that a type has at the end of a path, in drafts, published entries and all locales.
 * Strapi puts no index on the way from a component to its entry, so the links are read once, and not for each component.
 *
 * @returns null for the entries themselves: all of them
 */
export const reachedRows = async (
  strapi: Core.Strapi,
  type: string,
  steps: readonly PathStep[],
): Promise<IdSet | null> => {
  let parent = type;
  let parents: IdSet | null = null;
  for (const { attribute, target } of steps) {
    const reached = new IdSet();
    const table = metaOf(strapi, parent).attributes[attribute]!.joinTable!.name;
    for (let after = 0; ;) {
      const links: ComponentLink[] = await strapi.db
        .getConnection(table)
        .where({ field: attribute, component_type: target })
        .where('id', '>', after)
        .orderBy('id')
        .limit(PAGE_ROWS)
        .select('id', 'entity_id', 'cmp_id');
      for (const { entity_id, cmp_id } of links)
        if (parents === null || parents.has(Number(entity_id))) reached.add(Number(cmp_id));
      if (links.length < PAGE_ROWS) break;
      after = Number(links.at(-1)!.id);
    }
    [parent, parents] = [target, reached];
  }
  return parents;
};
