import { regimes, type Regime } from './consent-config';

/**
 * Regions whose law treats visitors alike, named together so that nobody has to list them.
 * `US-CA` is ISO 3166-2, `DE` is ISO 3166-1 alpha-2.
 */
export const regionGroups = {
  /**
   * The European Economic Area: GDPR and ePrivacy Directive, Art. 5(3). With the parts of member states that have a
   * country code of their own, where Union law applies (TFEU Art. 355(1), (4)): Åland and the French outermost regions.
   */
  'eu-eea': [
    ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU'],
    ...['LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
    ...['IS', 'LI', 'NO'],
    ...['AX', 'GF', 'GP', 'MF', 'MQ', 'RE', 'YT'],
  ],
  /** PECR, reg. 6, as amended by the Data (Use and Access) Act 2025; with Gibraltar and the Crown dependencies, whose own laws follow it. */
  uk: ['GB', 'GG', 'GI', 'IM', 'JE'],
  /** Further countries that ask first: Switzerland taken strictly, Brazil (LGPD), Quebec (Law 25), South Korea (PIPA). */
  'opt-in-elsewhere': ['BR', 'CA-QC', 'CH', 'KR'],
  /** States whose law lets visitors object and has Global Privacy Control honoured as an objection. */
  'us-state-laws': [
    ...['US-CA', 'US-CO', 'US-CT', 'US-DE', 'US-MD', 'US-MN', 'US-MT', 'US-NE', 'US-NH', 'US-NJ', 'US-OR', 'US-TX'],
  ],
} as const satisfies Record<string, readonly string[]>;
export type RegionGroup = keyof typeof regionGroups;

/** One line of a site's country rules. */
export interface RegimeRule {
  /** Countries (`DE`), subdivisions (`US-CA`) or groups (`eu-eea`). */
  regions: string[];
  regime: Regime;
}

/** Which regime applies where, for a site whose `regime` is `by-country`. */
export interface RegimeRules {
  rules: RegimeRule[];
  /** For visitors whose country nobody knows. */
  unknown: Regime;
  /** For every country without a rule. */
  default: Regime;
}

/** A site's `regime` when it goes by country. */
export const BY_COUNTRY = 'by-country';
/** How a site chooses the regime of its visitors: one for all, or by country. */
export type SiteRegime = Regime | typeof BY_COUNTRY;
export const siteRegimes = [...regimes, BY_COUNTRY] as const satisfies readonly SiteRegime[];

/** Where a visitor is, as far as it is known; never stored. */
export interface Place {
  /** ISO 3166-1 alpha-2, in capitals. */
  country: string;
  /** The second half of an ISO 3166-2 code, in capitals: `CA` of `US-CA`. */
  subdivision?: string;
}

const strictness: Record<Regime, number> = { 'opt-out': 0, 'as-configured': 1, 'opt-in': 2 };

/** The one of several regimes that lets least run without a choice. */
export const strictestRegime = (...candidates: Regime[]): Regime =>
  candidates.reduce<Regime>((a, b) => (strictness[b] > strictness[a] ? b : a), candidates[0] ?? 'opt-in');

export const isRegionGroup = (region: string): region is RegionGroup => Object.hasOwn(regionGroups, region);

/** The codes that a region of a rule stands for: itself, or the members of the group. */
export const regionCodes = (region: string): readonly string[] =>
  isRegionGroup(region) ? regionGroups[region] : [region];

/** By code, `DE` or `US-CA`, the regime that the rules give it; what is named itself counts before its group. */
const regimesByCode = ({ rules }: RegimeRules): Map<string, Regime> => {
  const byCode = new Map<string, Regime>();
  for (const grouped of [true, false])
    for (const { regions, regime } of rules)
      for (const region of regions)
        if (isRegionGroup(region) === grouped) for (const code of regionCodes(region)) byCode.set(code, regime);
  return byCode;
};

/**
 * Makes of the rules a function from a visitor's place (null: unknown) to their regime: the subdivision's, else the country's,
 * else the default. Where only the country is known and has no rule of its own, but its subdivisions have, the strictest
 * of these and the default applies, because the visitor may be in any of them.
 */
export const regimeFinder = (rules: RegimeRules): ((place: Place | null) => Regime) => {
  const byCode = regimesByCode(rules);
  const anywhereIn = new Map<string, Regime>();
  for (const [code, regime] of byCode) {
    const [country, subdivision] = code.split('-') as [string, string?];
    if (subdivision) anywhereIn.set(country, strictestRegime(anywhereIn.get(country) ?? rules.default, regime));
  }
  return (place) => {
    if (!place) return rules.unknown;
    const { country, subdivision } = place;
    const own = (subdivision && byCode.get(`${country}-${subdivision}`)) || byCode.get(country);
    return own || (!subdivision && anywhereIn.get(country)) || rules.default;
  };
};

/** Every regime that can occur under the rules, the strictest first. `opt-in` always can: it applies while the place cannot be looked up. */
export const occurringRegimes = (rules: RegimeRules): Regime[] =>
  [...new Set<Regime>(['opt-in', ...regimesByCode(rules).values(), rules.unknown, rules.default])].sort(
    (a, b) => strictness[b] - strictness[a],
  );

/** What the law of a part of the world asks for, as the product offers it for a start. */
export interface RegimePreset {
  id: RegionGroup | 'rest-of-world';
  /** English; the admin panel translates by `id`. */
  name: string;
  regime: Regime;
  /** What to write into a rule's `regions`; empty: it is the rules' `default`. */
  regions: RegionGroup[];
  /** Why, in English, with its source. Not legal advice. */
  reason: string;
  source: string;
}

export const regimePresets: readonly RegimePreset[] = [
  {
    id: 'eu-eea',
    name: 'EU/EEA',
    regime: 'opt-in',
    regions: ['eu-eea'],
    reason: 'Nothing that is not strictly necessary may be stored or read before the visitor agreed.',
    source: 'ePrivacy Directive 2002/58/EC, Art. 5(3); GDPR Art. 4(11), 7; CJEU C-673/17 (Planet49)',
  },
  {
    id: 'uk',
    name: 'UK',
    regime: 'opt-in',
    regions: ['uk'],
    reason:
      'Consent comes first. Statistics for the improvement of the service alone may run until the visitor objects, with clear information and a simple way to do so; that is for you to judge.',
    source: 'PECR reg. 6 as amended by the Data (Use and Access) Act 2025; ICO guidance of 29 April 2026',
  },
  {
    id: 'opt-in-elsewhere',
    name: 'Switzerland, Brazil, Quebec, South Korea',
    regime: 'opt-in',
    regions: ['opt-in-elsewhere'],
    reason: 'Taken strictly, these laws ask for consent first.',
    source: 'revFADP and TCA Art. 45c (CH); LGPD Art. 7, 8 (BR); Law 25, s. 8.1 (Quebec); PIPA (KR)',
  },
  {
    id: 'us-state-laws',
    name: 'US state laws',
    regime: 'opt-out',
    regions: ['us-state-laws'],
    reason:
      'Visitors may object to the sale and sharing of their data, and Global Privacy Control is such an objection.',
    source: 'Cal. Civ. Code 1798.120, 1798.135; 11 CCR 7025; the laws of CO, CT, DE, MD, MN, MT, NE, NH, NJ, OR, TX',
  },
  {
    id: 'rest-of-world',
    name: 'Rest of the world',
    regime: 'as-configured',
    regions: [],
    reason: 'No common rule: each category’s own mode applies.',
    source: 'the law of the country',
  },
];

/** Country rules made of all presets; an unknown country is asked first. */
export const recommendedRegimeRules = (): RegimeRules => ({
  rules: regimePresets
    .filter(({ regions }) => regions.length > 0)
    .map(({ regions, regime }) => ({ regions: [...regions], regime })),
  unknown: 'opt-in',
  default: regimePresets.find(({ regions }) => regions.length === 0)!.regime,
});
