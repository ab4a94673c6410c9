import type { ConsentConfig } from '../../../contract';
import { canonicalJson } from '../canonical-json';
import { builtInTexts } from '../catalogue/texts';
import type { BuiltConfig } from './build-config';
import { contentHash } from './content-hash';
import { renderTexts } from './render-texts';
import type { LiveFacts } from './revisions';
import { slimConfig } from './slim-config';

/**
 * The content of a config that was published once, as it is published again: with the revisions and times of change of now,
 * and with the built-in words that its release did not have yet.
 */
export const restateConfig = (stored: ConsentConfig, facts: LiveFacts): BuiltConfig => {
  const builtIn = builtInTexts(stored.locale);
  const builtInWords = renderTexts(
    builtIn.ui,
    {},
    {
      language: builtIn.locale,
      controller: stored.controller.name ?? stored.site,
      regime: stored.regime,
      choiceLifetimeDays: Math.round(stored.choice.maxAgeSeconds / 86_400),
      categories: stored.categories,
    },
  );
  const { version: _version, ...rest } = stored;
  const content: Omit<ConsentConfig, 'version'> = {
    ...rest,
    texts: { ...builtInWords, ...stored.texts },
    categories: stored.categories.map((category) => ({
      ...category,
      revision: facts.categories.get(category.key)?.revision ?? category.revision,
      items: category.items.map((item) => ({
        ...item,
        changedAt: facts.items.get(item.key)?.changedAt ?? item.changedAt,
      })),
    })),
  };
  const version = contentHash(canonicalJson(content));
  const config = { ...content, version };
  return { version, json: Buffer.from(canonicalJson(config)), slim: slimConfig(config) };
};
