import { UNCLASSIFIED, type CategoryMode, type Lifetime } from '../../../contract';
import type { Catalogue, CatalogueDocument, CategoryRow, ItemRow, SiteRow } from '../catalogue/read';
import type { ItemFacts, SiteFacts } from './revisions';

export interface PlannedCategory {
  key: string;
  mode: CategoryMode;
  honoursGpc: boolean;
  /** null: the items without a category. */
  document: CatalogueDocument<CategoryRow> | null;
  items: ItemRow[];
}

/** What a site tells its visitors of, in order; the same in every language. */
export interface SitePlan {
  site: CatalogueDocument<SiteRow>;
  categories: PlannedCategory[];
  facts: SiteFacts;
}

const byOrder = (a: { order: number | null; key: string }, b: { order: number | null; key: string }): number =>
  (a.order ?? 0) - (b.order ?? 0) || (a.key < b.key ? -1 : 1);

const factsOf = (item: ItemRow, category: string): ItemFacts => ({
  category,
  ...(item.provider && { provider: item.provider }),
  storage: (item.storage ?? []).map(({ name, match, kind, domain, lifetime }) => ({
    name,
    match,
    kind,
    ...(domain && { domain }),
    ...(lifetime !== undefined && lifetime !== null && { lifetime: lifetime as Lifetime }),
  })),
});

/** Sorts the catalogue into what one site shows. */
export const planSite = (catalogue: Catalogue, site: CatalogueDocument<SiteRow>): SitePlan => {
  const listed = new Map<string | null, ItemRow[]>([[null, []]]);
  const documents = catalogue.categories.toSorted((a, b) => byOrder(a.structure, b.structure));
  for (const { structure } of documents) listed.set(structure.documentId, []);
  for (const item of catalogue.items) {
    if (item.enabled === false) continue;
    if (item.sites.length > 0 && !item.sites.includes(site.structure.documentId)) continue;
    (listed.get(item.category) ?? listed.get(null)!).push(item);
  }
  for (const items of listed.values()) items.sort(byOrder);
  const categories: PlannedCategory[] = documents.map((document) => ({
    key: document.structure.key,
    mode: document.structure.mode,
    honoursGpc: document.structure.honoursGpc !== false,
    document,
    items: listed.get(document.structure.documentId)!,
  }));
  const rest = listed.get(null)!;
  if (rest.length > 0)
    categories.push({ key: UNCLASSIFIED, mode: 'opt-in', honoursGpc: true, document: null, items: rest });
  return {
    site,
    categories,
    facts: {
      categories: new Map(categories.map(({ key, mode }) => [key, { mode }])),
      items: new Map(categories.flatMap(({ key, items }) => items.map((item) => [item.key, factsOf(item, key)]))),
    },
  };
};
