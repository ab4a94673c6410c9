import {
  decide,
  fillTexts,
  noChoice,
  UNCLASSIFIED,
  type Category,
  type Regime,
  type SiteTextKey,
  type Texts,
} from '../../../contract';

/** What the placeholders of the texts are filled with; see contract/texts.ts. */
export interface TextFacts {
  /** BCP 47 code for lists, numbers and units: the language of the texts. */
  language: string;
  controller: string;
  regime: Regime;
  choiceLifetimeDays: number;
  categories: readonly (Pick<Category, 'key' | 'name' | 'mode' | 'honoursGpc' | 'revision'> & {
    items: readonly { key: string; provider?: string | null }[];
  })[];
}

/** The largest unit in which a number of days is a whole number: "6 months" says more than "180 days". */
const duration = (days: number, language: string): string => {
  const [unit, length] = (
    [
      ['year', 365],
      ['month', 30],
      ['week', 7],
    ] as const
  ).find(([, unitDays]) => days % unitDays === 0) ?? ['day', 1];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(days / length);
};

/** What stands for the placeholders of the texts; `active` is empty where nothing runs before a decision. */
export const textValues = (facts: TextFacts): Record<string, string> => {
  const optional = facts.categories.filter(({ mode }) => mode !== 'required');
  const withoutItems = { ...facts, categories: facts.categories.map((category) => ({ ...category, items: [] })) };
  const byDefault = decide(withoutItems, noChoice(), { gpc: false }).allowed;
  const providers = new Set(
    optional.flatMap(({ items }) => items.flatMap(({ provider }) => provider?.trim().toLowerCase() || [])),
  );
  // What the controller runs itself is not a third party's.
  providers.delete(facts.controller.trim().toLowerCase());
  const list = (names: readonly { key: string; name: string }[]) =>
    new Intl.ListFormat(facts.language, { type: 'conjunction' }).format(names.map(({ name }) => name));
  return {
    controller: facts.controller,
    purposes: list(optional.filter(({ key }) => key !== UNCLASSIFIED)),
    active: list(optional.filter(({ key }) => byDefault[key])),
    thirdParties: new Intl.NumberFormat(facts.language).format(providers.size),
    duration: duration(facts.choiceLifetimeDays, facts.language),
  };
};

/** The texts of a site in one locale: its own over the built-in ones, with the facts filled in. */
export const renderTexts = (
  builtIn: Texts,
  own: Partial<Record<SiteTextKey, string | null>>,
  facts: TextFacts,
): Texts => fillTexts(builtIn, own, textValues(facts));
