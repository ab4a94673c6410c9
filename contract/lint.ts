import type { Block, InlineNode, ListItemNode, ListNode } from './blocks';
import { noChoice } from './choice';
import { UNCLASSIFIED, type Category, type ConsentConfig, type Regime, type TrackingItem } from './consent-config';
import { knownTracker } from './known-trackers';
import { lintRuleIds, lintRules, type FindingSeverity, type LintRule, type LintRuleId } from './lint-rules';
import {
  isMisleadingRefusal,
  isOptionalByName,
  isUnclearAcceptance,
  legitimateInterest,
  presumedConsent,
} from './lint-words';
import { decide } from './preferences';
import {
  regimeFinder,
  regionCodes,
  regionGroups,
  type Place,
  type RegimeRules,
  type RegionGroup,
} from './regime-rules';
import { vendorNames, vendors } from './vendors';

/** What the lint reports: a rule that a consent config breaks, and where. */
export interface Finding {
  rule: LintRuleId;
  severity: FindingSeverity;
  /** In the consent config: `categories.STATISTICS.items.matomo.storage[0].lifetime`; of the site: `site.origins`. */
  path: string;
  /** Key of the category and of the item that it is about. */
  category?: string;
  item?: string;
  /** Where the rule is about words: in which language. */
  locale?: string;
  /** What is filled into the message. */
  params: Record<string, string | number>;
  /** English, filled in; translated by `lint.<rule>.message`. */
  message: string;
  /** English; translated by `lint.<rule>.reason`. */
  reason: string;
  source: string;
}

/** What the lint wants to know of a site beside its consent config; all of it may be missing, and is then not looked at. */
export interface LintFacts {
  /** Where the website runs; empty: anywhere. */
  origins?: readonly string[];
  /** The country rules of a site whose regime is `by-country`. */
  regimeRules?: RegimeRules | null;
  /** Whether this server can tell in which country a visitor is. */
  knowsCountry?: boolean;
  /** How complete each language is: how many of the texts are missing, and whether there are built-in words. */
  locales?: readonly { code: string; missing: number; total: number; builtIn?: boolean }[];
  /** Whether consents are recorded; by default as the config says. */
  recordsConsents?: boolean;
}

const DAY_SECONDS = 86_400;
const THIRTEEN_MONTHS_DAYS = 396;
const SIX_MONTHS_DAYS = { least: 180, most: 184 };
const YEAR_DAYS = 365;

/** Those whose law asks first. */
const asksFirst: readonly RegionGroup[] = ['eu-eea', 'uk', 'opt-in-elsewhere'];

const place = (code: string): Place => {
  const [country, subdivision] = code.split('-') as [string, string?];
  return subdivision ? { country, subdivision } : { country };
};

const isIn = (group: RegionGroup, code: string): boolean => regionCodes(group).includes(code);

/** The country that an origin's top-level domain stands for; `EU` is one of them. */
const countryOf = (origin: string): string | undefined => {
  const tld = /\.([a-z]{2})(?::\d+)?\/?$/i.exec(origin)?.[1]?.toUpperCase();
  return tld === 'UK' ? 'GB' : tld;
};

const textOfNode = (node: InlineNode | ListItemNode | ListNode): string =>
  node.type === 'text' ? node.text : node.children.map(textOfNode).join(' ');
const textOf = (blocks: readonly Block[]): string =>
  blocks
    .map((block) => (block.children as (InlineNode | ListItemNode | ListNode)[]).map(textOfNode).join(' '))
    .join(' ')
    .trim();

const fill = (text: string, params: Finding['params']): string =>
  text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : placeholder,
  );

const hostOf = (origin: string): string =>
  origin
    .replace(/^https?:\/\//, '')
    .replace(/[:/].*$/, '')
    .toLowerCase();
const liesBelow = (host: string, domain: string): boolean => `.${host}`.endsWith(`.${domain}`);

type Report = (rule: LintRuleId, path: string, params?: Finding['params'], more?: Partial<Finding>) => void;

/** Which regimes let what run at once, and where. */
const lintDefaults = (config: ConsentConfig, facts: LintFacts, report: Report): void => {
  /** Keys of the optional categories that run without a choice. */
  const running = (regime: Regime): Set<string> => {
    const { allowed, undecided } = decide({ ...config, regime }, noChoice(), { gpc: false });
    return new Set(undecided.filter((key) => allowed[key]));
  };
  const byRegime = {
    'opt-in': running('opt-in'),
    'opt-out': running('opt-out'),
    'as-configured': running('as-configured'),
  };
  const { regimeRules } = facts;
  const findRegime = regimeRules ? regimeFinder(regimeRules) : () => config.regime;
  const homes = new Set((facts.origins ?? []).map(countryOf));

  for (const { key, name } of config.categories) {
    const path = `categories.${key}`;
    const lax: string[] = [];
    let statisticsInUk = false;
    for (const group of asksFirst)
      for (const code of regionGroups[group]) {
        if (!byRegime[findRegime(place(code))].has(key)) continue;
        // The key is all that tells statistics from advertising.
        if (group === 'uk' && key === 'STATISTICS') statisticsInUk = true;
        else lax.push(code);
      }
    const shown = (codes: readonly string[]): string => summarise(codes).join(', ');
    const params = { category: name };
    if (!regimeRules && lax.length > 0) {
      const home = lax.filter((code) => homes.has(code) || (homes.has('EU') && isIn('eu-eea', code)));
      if (home.length > 0) report('default-on', path, { ...params, regions: shown(home) }, { category: key });
      else
        report(
          'default-on-anywhere',
          path,
          { ...params, regions: shown(asksFirst.flatMap((group) => regionGroups[group] as readonly string[])) },
          { category: key },
        );
    } else if (lax.length > 0) report('default-on', path, { ...params, regions: shown(lax) }, { category: key });
    if (statisticsInUk && (regimeRules || homes.has('GB'))) report('uk-statistics', path, params, { category: key });
  }

  if (!regimeRules) return;
  if (byRegime[regimeRules.unknown].size > 0)
    report('unknown-country', 'site.regimeRules.unknown', { regime: regimeRules.unknown });
  if (facts.knowsCountry === false) report('country-not-known', 'site.regimeRules', { regime: regimeRules.unknown });
};

/** Groups that have a name which every language knows. */
const groupNames = { 'eu-eea': 'EU/EEA', uk: 'UK' } as const;

/** Codes, with the members of whole groups replaced by the group's name. */
const summarise = (codes: readonly string[]): string[] => {
  const left = new Set(codes);
  const names: string[] = [];
  for (const group of ['eu-eea', 'uk'] as const) {
    const members = regionCodes(group);
    if (!members.every((code) => left.has(code))) continue;
    for (const code of members) left.delete(code);
    names.push(groupNames[group]);
  }
  return [...names, ...left];
};

/** What visitors who object are promised. */
const lintObjections = (config: ConsentConfig, facts: LintFacts, report: Report): void => {
  const { regimeRules } = facts;
  const findRegime = regimeRules ? regimeFinder(regimeRules) : () => config.regime;
  const inStates = regionGroups['us-state-laws'].map((code) => findRegime(place(code)));
  for (const { key, name, mode, honoursGpc } of config.categories)
    if (mode !== 'required' && !honoursGpc)
      // Who has rules of its own for places where the signal binds, has visitors there.
      report(
        'gpc-ignored',
        `categories.${key}.honoursGpc`,
        { category: name },
        { category: key, ...(inStates.includes('opt-out') && { severity: 'error' }) },
      );
  const days = Math.round(config.choice.maxAgeSeconds / DAY_SECONDS);
  if (days >= YEAR_DAYS || !inStates.includes('opt-out')) return;
  const again = decide({ ...config, regime: 'opt-out' }, noChoice(), { gpc: false });
  const names = config.categories
    .filter(({ key }) => again.undecided.includes(key) && again.allowed[key])
    .map(({ name }) => name);
  if (names.length > 0) report('objection-forgotten', 'choice.maxAgeSeconds', { days, categories: names.join(', ') });
};

const lintStorage = (item: TrackingItem, optional: boolean, path: string, report: Report): void => {
  item.storage.forEach(({ name, kind, lifetime, purpose }, index) => {
    const at = `${path}.storage[${index}]`;
    const params = { item: item.name, name };
    // A pixel is not kept, and what belongs to a session ends with it.
    if (lifetime === undefined && kind !== 'pixel' && kind !== 'sessionStorage')
      report('storage-without-lifetime', `${at}.lifetime`, params);
    if (!purpose?.trim()) report('storage-without-purpose', `${at}.purpose`, params);
    if (optional && typeof lifetime === 'number' && lifetime > THIRTEEN_MONTHS_DAYS * DAY_SECONDS)
      report('storage-kept-long', `${at}.lifetime`, { ...params, days: Math.round(lifetime / DAY_SECONDS) });
  });
};

const lintItem = (item: TrackingItem, category: Category, facts: LintFacts, reportAt: Report): void => {
  const path = `categories.${category.key}.items.${item.key}`;
  const report: Report = (rule, at, params, more) =>
    reportAt(rule, at, params, { category: category.key, item: item.key, ...more });
  const optional = category.mode !== 'required';
  const name = { item: item.name };
  const hosts = (facts.origins ?? []).map(hostOf);
  const isForeign = (domain = ''): boolean => {
    const host = domain.replace(/^\./, '').toLowerCase();
    return host !== '' && hosts.length > 0 && !hosts.some((own) => liesBelow(own, host) || liesBelow(host, own));
  };
  const tracker = item.storage.find((entry) => knownTracker(entry.name));

  if (!optional && tracker)
    report('tracker-in-required', path, { ...name, name: tracker.name, vendor: knownTracker(tracker.name)! });
  if (!textOf(item.description))
    report(optional ? 'item-without-purpose' : 'essential-unjustified', `${path}.description`, name);
  if (!item.provider?.trim()) {
    const foreign = tracker || item.storage.some(({ kind, domain }) => kind === 'pixel' || isForeign(domain));
    // What the website does itself for what the visitor asked for hardly needs a name.
    report('item-without-provider', `${path}.provider`, name, optional || foreign ? {} : { severity: 'hint' });
  } else if (optional && !item.providerPolicyUrl)
    report('provider-without-policy', `${path}.providerPolicyUrl`, { ...name, provider: item.provider });
  if (item.storage.length === 0 && optional) report('item-without-storage', `${path}.storage`, name);
  lintStorage(item, optional, path, report);
};

const lintCategories = (config: ConsentConfig, facts: LintFacts, report: Report): void => {
  const seen = new Map<string, { name: string; categories: Map<string, string> }>();
  for (const category of config.categories) {
    const { key, name, mode, items, description } = category;
    const path = `categories.${key}`;
    const about = { category: key };
    if (key === UNCLASSIFIED) {
      report('unclassified', path, { items: items.length, names: items.map((item) => item.name).join(', ') }, about);
    } else {
      if (!textOf(description)) report('category-without-purpose', `${path}.description`, { category: name }, about);
      if (mode === 'required' && isOptionalByName(key))
        report('required-by-name', `${path}.mode`, { category: name }, about);
      if (mode !== 'required' && items.length === 0)
        report('category-empty', `${path}.items`, { category: name }, about);
    }
    for (const item of items) {
      lintItem(item, category, facts, report);
      for (const { name: stored, kind, match, domain } of item.storage) {
        const identity = JSON.stringify([stored, kind, match, domain?.replace(/^\./, '')]);
        const known = seen.get(identity) ?? { name: stored, categories: new Map<string, string>() };
        seen.set(identity, known);
        known.categories.set(key, name);
      }
    }
  }
  for (const { name, categories } of seen.values())
    if (categories.size > 1)
      report('in-two-categories', 'categories', { name, categories: [...categories.values()].join(', ') });
};

const lintWords = (config: ConsentConfig, report: Report): void => {
  const { texts, controller, categories } = config;
  const [accept, reject, settings] = [texts.acceptAll.trim(), texts.rejectAll.trim(), texts.openSettings.trim()];
  const labels = [accept, reject, settings].filter(Boolean).map((label) => label.toLowerCase());
  const same = [accept, reject, settings].find(
    (label) => labels.indexOf(label.toLowerCase()) !== labels.lastIndexOf(label.toLowerCase()),
  );
  if (!reject) report('reject-missing', 'texts.rejectAll');
  else if (isMisleadingRefusal(reject)) report('reject-misleading', 'texts.rejectAll', { label: reject });
  else if (accept && reject.length > 3 * accept.length && reject.length > 40)
    report('reject-longwinded', 'texts.rejectAll', { label: reject });
  if (same) report('labels-equal', 'texts', { label: same });
  if (isUnclearAcceptance(accept)) report('accept-unclear', 'texts.acceptAll', { label: accept });

  const banner = `${texts.bannerTitle} ${texts.bannerText}`;
  const says = (name: string) => banner.toLowerCase().includes(name.trim().toLowerCase());
  if (controller.name && !says(controller.name))
    report('banner-without-controller', 'texts.bannerText', {
      controller: controller.name,
      placeholder: '{controller}',
    });
  const purposes = categories.filter(({ key, mode }) => mode !== 'required' && key !== UNCLASSIFIED);
  if (purposes.length > 0 && !purposes.some(({ name }) => says(name)))
    report('banner-without-purposes', 'texts.bannerText', { placeholder: '{purposes}' });

  const presumed = presumedConsent(banner, texts.settingsText);
  if (presumed) report('consent-presumed', 'texts.bannerText', { words: presumed });
  const claimed = (path: string, about: Partial<Finding>, ...said: string[]) => {
    const words = legitimateInterest(...said);
    if (words) report('legitimate-interest', path, { words }, about);
  };
  claimed('texts.bannerText', {}, banner, texts.settingsText);
  for (const { key, description, items } of categories) {
    claimed(`categories.${key}.description`, { category: key }, textOf(description));
    for (const item of items)
      claimed(
        `categories.${key}.items.${item.key}.description`,
        { category: key, item: item.key },
        textOf(item.description),
        ...item.storage.map(({ purpose }) => purpose ?? ''),
      );
  }
};

const lintSite = (config: ConsentConfig, facts: LintFacts, report: Report): void => {
  if (!config.links.policy?.trim()) report('policy-missing', 'links.policy');
  if (!config.controller.name?.trim()) report('controller-missing', 'controller.name');
  const days = Math.round(config.choice.maxAgeSeconds / DAY_SECONDS);
  const kept = 'choice.maxAgeSeconds';
  if (days > THIRTEEN_MONTHS_DAYS) report('choice-kept-long', kept, { days });
  else if (days > SIX_MONTHS_DAYS.most) report('choice-kept-over-six-months', kept, { days });
  else if (days < SIX_MONTHS_DAYS.least) report('choice-kept-short', kept, { days });
  if (!(facts.recordsConsents ?? !!config.consents)) report('consents-not-recorded', 'consents');

  const { origins } = facts;
  if (origins?.length === 0) report('origins-missing', 'site.origins');
  const domain = config.choice.domain?.replace(/^\./, '').toLowerCase();
  for (const origin of origins ?? [])
    if (domain && !liesBelow(hostOf(origin), domain)) report('cookie-domain', 'choice.domain', { domain, origin });
  for (const { code, missing, total, builtIn } of facts.locales ?? []) {
    if (missing > 0)
      report('language-incomplete', `site.locales.${code}`, { language: code, missing, total }, { locale: code });
    if (builtIn === false)
      report('language-without-texts', `site.locales.${code}`, { language: code }, { locale: code });
  }
};

/** Signals that are about what a website cannot do without. */
const functional: readonly (string | null)[] = ['functionality_storage', 'security_storage'];

/** What vendors are told. */
const lintSignals = ({ signals = {} }: ConsentConfig, report: Report): void => {
  const { google, matomo, posthog } = signals;
  if (google?.mode === 'advanced') report('advanced-consent-mode', 'signals.google.mode');
  if (matomo?.mode === 'cookies') report('counted-without-consent', 'signals.matomo.mode', { vendor: 'Matomo' });
  if (posthog?.cookieless_mode)
    report('counted-without-consent', 'signals.posthog.cookieless_mode', { vendor: 'PostHog' });
  for (const vendor of vendorNames) {
    const spokenFor: Readonly<Record<string, string | null>> = vendors[vendor];
    for (const [signal, keys] of Object.entries<readonly string[]>(signals[vendor]?.grants ?? {}))
      if (keys.length === 0 && !functional.includes(spokenFor[signal] ?? null))
        report('signal-always-granted', `signals.${vendor}.grants.${signal}`, { signal });
  }
};

const order = new Map(lintRuleIds.map((rule, index) => [rule, index]));
const severities: Record<FindingSeverity, number> = { error: 0, warning: 1, hint: 2 };

/**
 * Holds a consent config against the law as the project's checklist tells it: what is unlawful, what may be, what could be
 * better, each with its reason and source, the worst first. A pure function; it finds what a machine can find, and is
 * no legal advice.
 *
 * @param config in the default locale; of a site with country rules the config of any of its regimes
 */
export const lint = (config: ConsentConfig, facts: LintFacts = {}): Finding[] => {
  const findings: Finding[] = [];
  const report: Report = (rule, path, params = {}, more = {}) => {
    const { severity, message, reason, source, words }: LintRule = lintRules[rule];
    findings.push({
      rule,
      severity,
      path,
      ...(words && { locale: config.locale }),
      params,
      message: fill(message, params),
      reason,
      source,
      ...more,
    });
  };
  lintDefaults(config, facts, report);
  lintObjections(config, facts, report);
  lintCategories(config, facts, report);
  lintWords(config, report);
  lintSite(config, facts, report);
  lintSignals(config, report);
  return findings.sort(
    (a, b) => severities[a.severity] - severities[b.severity] || order.get(a.rule)! - order.get(b.rule)!,
  );
};

/**
 * The findings of a site in all its languages: everything for the first config, and of the others only what is about words.
 *
 * @param configs one per language, the default one first
 */
export const lintLanguages = (configs: readonly ConsentConfig[], facts: LintFacts = {}): Finding[] =>
  configs
    .flatMap((config, index) =>
      lint(config, facts).filter(({ rule }) => index === 0 || (lintRules[rule] as LintRule).words),
    )
    .sort((a, b) => severities[a.severity] - severities[b.severity] || order.get(a.rule)! - order.get(b.rule)!);
