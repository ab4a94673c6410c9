import {
  BY_COUNTRY,
  occurringRegimes,
  UNCLASSIFIED,
  type CategoryMode,
  type Lifetime,
  type Regime,
  type RegimeRules,
  type SignalName,
} from '../../../contract';
import type { Catalogue, CatalogueDocument, CategoryRow, ItemRow, SiteRow } from '../catalogue/read';
import type { ItemFacts, SiteFacts } from './revisions';

export interface PlannedCategory {
  key: string;
  mode: CategoryMode;
  honoursGpc: boolean;
  /** What vendors are told by it; null: the usual. */
  signals: readonly SignalName[] | null;
  /** null: the items without a category. */
  document: CatalogueDocument<CategoryRow> | null;
  items: ItemRow[];
}

/** What a site tells its visitors of, in order; the same in every language. */
export interface SitePlan {
  site: CatalogueDocument<SiteRow>;
  categories: PlannedCategory[];
  facts: SiteFacts;
  /** Every regime that a visitor can be under, the strictest first. */
  regimes: readonly Regime[];
}

export const byOrder = (a: { order: number | null; key: string }, b: { order: number | null; key: string }): number =>
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

/** The country rules, of a site that goes by them. */
const rulesOf = ({ regime, regimeRules }: SiteRow): RegimeRules | undefined =>
  (regime === BY_COUNTRY && regimeRules) || undefined;

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
    signals: document.structure.signals,
    document,
    items: listed.get(document.structure.documentId)!,
  }));
  const rest = listed.get(null)!;
  if (rest.length > 0)
    categories.push({ key: UNCLASSIFIED, mode: 'opt-in', honoursGpc: true, signals: [], document: null, items: rest });
  const regimeRules = rulesOf(site.structure);
  const { regime } = site.structure;
  return {
    site,
    categories,
    // Without its rules, a site that goes by country cannot be published.
    regimes: regimeRules ? occurringRegimes(regimeRules) : regime === BY_COUNTRY ? [] : [regime],
    facts: {
      categories: new Map(categories.map(({ key, mode }) => [key, { mode }])),
      items: new Map(categories.flatMap(({ key, items }) => items.map((item) => [item.key, factsOf(item, key)]))),
      ...(regimeRules && { regimeRules }),
    },
  };
};
