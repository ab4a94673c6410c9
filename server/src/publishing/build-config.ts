import { paragraphs, UNCLASSIFIED, type ConsentConfig, type SlimConfig, type TrackingItem } from '../../../contract';
import { breathe, type ItemRow, type ItemTextRow } from '../catalogue/read';
import { builtInTexts } from '../catalogue/texts';
import { canonicalJson, WrittenJson } from './canonical-json';
import { contentHash } from './content-hash';
import { renderTexts } from './render-texts';
import type { LiveFacts } from './revisions';
import type { SitePlan } from './site-plan';
import { slimConfig } from './slim-config';

/** A consent config as it is sent. */
export interface BuiltConfig {
  version: string;
  json: string;
  slim: SlimConfig;
}

const buildItem = (item: ItemRow, texts: ItemTextRow[], changedAt: number): TrackingItem => ({
  key: item.key,
  name: texts.find(({ name }) => name?.trim())?.name ?? item.key,
  description: texts.find(({ description }) => description?.length)?.description ?? [],
  provider: item.provider || undefined,
  providerPolicyUrl: item.providerPolicyUrl || undefined,
  changedAt,
  storage: (item.storage ?? []).map(({ id, name, match, kind, domain, lifetime }) => ({
    name,
    match,
    kind,
    domain: domain || undefined,
    lifetime: lifetime ?? undefined,
    purpose:
      texts.flatMap(({ storage }) => storage?.find((row) => row.id === id && row.purpose)?.purpose ?? [])[0] ??
      undefined,
  })),
});

/** How long items are written before requests get their turn. */
const SLICE_MS = 8;

/**
 * Builds the consent config of a site in one locale. Its JSON has sorted keys, and `version` is the hash of all the rest.
 *
 * @param textsOf the rows that an item's texts are taken from, closest first
 */
export const buildConfig = async (
  { site, categories }: SitePlan,
  facts: LiveFacts,
  locale: string,
  textsOf: (item: ItemRow) => ItemTextRow[],
): Promise<BuiltConfig> => {
  const builtIn = builtInTexts(locale);
  const { structure } = site;
  const text = site.text(locale);
  let since = performance.now();
  const built: ConsentConfig['categories'] = [];
  const written: unknown[] = [];
  for (const { key, mode, honoursGpc, document, items } of categories) {
    const seeded = key in builtIn.categories ? builtIn.categories[key as keyof typeof builtIn.categories] : undefined;
    const category = {
      key,
      name:
        key === UNCLASSIFIED && !document
          ? builtIn.ui.unclassifiedName
          : (document?.text(locale, ({ name }) => name?.trim()).name ?? seeded?.name ?? key),
      description:
        key === UNCLASSIFIED && !document
          ? paragraphs(builtIn.ui.unclassifiedText)
          : (document?.text(locale, ({ description }) => description?.length).description ??
            paragraphs(...(seeded?.description ?? []))),
      mode,
      honoursGpc,
      revision: facts.categories.get(key)!.revision,
    };
    const slimItems: TrackingItem[] = [];
    const fullItems: WrittenJson[] = [];
    for (const item of items) {
      const full = buildItem(item, textsOf(item), facts.items.get(item.key)!.changedAt);
      fullItems.push(new WrittenJson(canonicalJson(full)));
      slimItems.push({ ...full, description: [], storage: [] });
      if (performance.now() - since < SLICE_MS) continue;
      await breathe();
      since = performance.now();
    }
    built.push({ ...category, items: slimItems });
    written.push({ ...category, items: fullItems });
  }
  const config: ConsentConfig = {
    version: '',
    site: structure.key,
    locale,
    dir: builtIn.dir,
    regime: structure.regime,
    choice: {
      cookie: structure.cookieName,
      maxAgeSeconds: structure.choiceLifetimeDays * 86_400,
      ...(structure.cookieDomain && { domain: structure.cookieDomain }),
    },
    texts: renderTexts(builtIn.ui, text, {
      language: builtIn.locale,
      controller: structure.controllerName?.trim() || text.name?.trim() || structure.key,
      regime: structure.regime,
      choiceLifetimeDays: structure.choiceLifetimeDays,
      categories: built,
    }),
    links: {
      policy: site.text(locale, ({ policyUrl }) => policyUrl).policyUrl || undefined,
      imprint: site.text(locale, ({ imprintUrl }) => imprintUrl).imprintUrl || undefined,
    },
    controller: { name: structure.controllerName?.trim() || undefined },
    theme: structure.theme ?? {},
    reloadOnWithdrawal: structure.reloadOnWithdrawal === true,
    categories: built,
  };
  const content = canonicalJson({ ...config, version: undefined, categories: written });
  const version = contentHash(content);
  return {
    version,
    // "version" is the last of the sorted keys, so what is sent has sorted keys as well.
    json: `${content.slice(0, -1)},"version":"${version}"}`,
    slim: slimConfig({ ...config, version }),
  };
};
