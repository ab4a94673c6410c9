import { paragraphs, UNCLASSIFIED, type Regime, type SlimConfig, type TrackingItem } from '../../../contract';
import { breathe, createPace } from '../breathe';
import { canonicalJson } from '../canonical-json';
import type { ItemRow, ItemTextRow, ItemTexts } from '../catalogue/read';
import { builtInTexts } from '../catalogue/texts';
import { choiceStorage } from './choice-storage';
import { contentHash } from './content-hash';
import type { Endpoints } from './endpoints';
import { renderTexts, type TextFacts } from './render-texts';
import type { LiveFacts } from './revisions';
import type { SitePlan } from './site-plan';
import { createTextBytes } from './text-bytes';
import { vendorSignals } from './vendor-signals';
import { slimConfig, type SlimmableConfig } from './slim-config';

/** A consent config as it is sent. */
export interface BuiltConfig {
  version: string;
  /** JSON with sorted keys. */
  json: Buffer;
  slim: SlimConfig;
}

/** JSON of a `TrackingItem`. The keys stand in their order, so that nothing has to be sorted: there may be very many. */
const writeItem = (item: ItemRow, texts: ItemTextRow[], changedAt: number): string => {
  const rest: Omit<TrackingItem, 'changedAt' | 'description'> = {
    key: item.key,
    name: texts.find(({ name }) => name?.trim())?.name ?? item.key,
    provider: item.provider || undefined,
    providerPolicyUrl: item.providerPolicyUrl || undefined,
    storage: (item.storage ?? []).map(({ id, name, match, kind, domain, lifetime }) => ({
      domain: domain || undefined,
      kind,
      lifetime: lifetime ?? undefined,
      match,
      name,
      purpose: texts.find(({ purposes }) => purposes.has(id))?.purposes.get(id),
    })),
  };
  const description = texts.find(({ descriptionJson }) => descriptionJson)?.descriptionJson ?? '[]';
  return `{"changedAt":${changedAt},"description":${description},${JSON.stringify(rest).slice(1)}`;
};

/** What the texts of a site say of it in one locale and under one regime. */
export const textFacts = (
  { structure, text }: SitePlan['site'],
  locale: string,
  regime: Regime,
  categories: TextFacts['categories'],
): TextFacts => ({
  language: builtInTexts(locale).locale,
  controller: structure.controllerName?.trim() || text(locale).name?.trim() || structure.key,
  regime,
  choiceLifetimeDays: structure.choiceLifetimeDays,
  categories,
});

/**
 * Builds the consent config of a site in one locale and under one regime. Its JSON has sorted keys, and `version` is the hash of all the rest.
 *
 * @param texts what the items say in it
 * @param endpoints where the client finds what else the server offers
 */
export const buildConfig = async (
  { site, categories }: SitePlan,
  facts: LiveFacts,
  locale: string,
  regime: Regime,
  texts: ItemTexts,
  endpoints: Endpoints,
): Promise<BuiltConfig> => {
  const builtIn = builtInTexts(locale);
  const { structure } = site;
  const text = site.text(locale);
  const pace = createPace();
  const built: SlimmableConfig['categories'] = [];
  // The keys are written in their order, so that nothing large is ever held as objects: "categories" comes first.
  const json = createTextBytes();
  json.add('{"categories":[');
  for (const { key, mode, honoursGpc, document, items } of categories) {
    const seeded = key in builtIn.categories ? builtIn.categories[key as keyof typeof builtIn.categories] : undefined;
    const name =
      key === UNCLASSIFIED
        ? builtIn.unclassified.name
        : (document?.text(locale, (row) => row.name?.trim()).name ?? seeded?.name ?? key);
    const description =
      key === UNCLASSIFIED
        ? paragraphs(...builtIn.unclassified.description)
        : (document?.text(locale, (row) => row.description?.length).description ??
          paragraphs(...(seeded?.description ?? [])));
    const { revision } = facts.categories.get(key)!;
    json.add(`${built.length ? ',' : ''}${canonicalJson({ description, honoursGpc }).slice(0, -1)},"items":[`);
    for (const [index, item] of items.entries()) {
      json.add(`${index ? ',' : ''}${writeItem(item, texts.of(item), facts.items.get(item.key)!.changedAt)}`);
      await pace();
    }
    json.add(`],${canonicalJson({ key, mode, name, revision }).slice(1)}`);
    built.push({ key, name, description, mode, honoursGpc, revision, items });
  }
  json.add('],');
  const config: SlimmableConfig = {
    version: '',
    site: structure.key,
    locale,
    dir: builtIn.dir,
    regime,
    choice: choiceStorage(structure, endpoints),
    ...(endpoints.consents && { consents: endpoints.consents }),
    texts: renderTexts(builtIn.ui, text, textFacts(site, locale, regime, built)),
    links: {
      policy: site.text(locale, ({ policyUrl }) => policyUrl).policyUrl || undefined,
      imprint: site.text(locale, ({ imprintUrl }) => imprintUrl).imprintUrl || undefined,
    },
    controller: { name: structure.controllerName?.trim() || undefined },
    theme: structure.theme ?? {},
    reloadOnWithdrawal: structure.reloadOnWithdrawal === true,
    signals: vendorSignals(structure.signals, categories),
    categories: built,
  };
  await breathe();
  json.add(canonicalJson({ ...config, version: undefined, categories: undefined }).slice(1, -1));
  // "version" is the last key; it is the hash of the JSON without it.
  const ending = (version: string) => `,"version":"${version}"}`;
  const unknown = ending(contentHash(''));
  json.add(unknown);
  const bytes = json.bytes();
  const start = bytes.length - unknown.length;
  const version = contentHash(bytes.subarray(0, start), '}');
  bytes.write(ending(version), start);
  await breathe();
  return { version, json: bytes, slim: slimConfig({ ...config, version }) };
};
