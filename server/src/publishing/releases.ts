import type { Core } from '@strapi/strapi';
import {
  BY_COUNTRY,
  lint,
  lintRules,
  type Acknowledgement,
  type Actor,
  type ConfigChange,
  type ConfigDiff,
  type ConsentConfig,
  type Draft,
  type Finding,
  type History,
  type LintRule,
  type Publication,
  type PublicationDetails,
  type PublishingMode,
  type PublishRequest,
  type RollBackRequest,
} from '../../../contract';
import { installedLocales } from '../catalogue/installed-locales';
import { hasBuiltInTexts } from '../catalogue/texts';
import { validationError } from '../errors';
import { getService } from '../get-service';
import { factsOfConfig } from './config-facts';
import { diffConfigs, diffWords, explainAskedAgain } from './diff-configs';
import { readFingerprint } from './fingerprint';
import { createPublications } from './publications';
import { advanceRevisions, type LiveFacts } from './revisions';
import { StaleDraft } from './service';
import { localesOf } from './version-names';

const PAGE_SIZE = 20;
/** Changes that are told of a diff: more than anybody reads. */
const MOST_CHANGES = 500;

/** A reviewed draft, kept until something changes. */
interface Reviewed {
  /** What the catalogue and the live version were like. */
  seen: string;
  draft: Draft;
}

const keyOf = ({ rule, path, locale }: Pick<Finding, 'rule' | 'path' | 'locale'>): string =>
  JSON.stringify([rule, path, locale ?? null]);

/** Hints are good practice; the rest is to be read before it is published. */
const mustBeRead = ({ severity }: Finding): boolean => severity !== 'hint';

/** What the other languages change by words of their own; where they fall back on the default one, it was told of that. */
const ownWords = (known: readonly ConfigChange[], changes: readonly ConfigChange[]): ConfigChange[] => {
  const identity = ({ kind, of, category, item, storage, fields }: ConfigChange) =>
    JSON.stringify([kind, of, category, item, storage, fields]);
  const told = new Set(known.map(identity));
  return changes.filter((change) => !told.has(identity(change)));
};

const localesDiff = (before: readonly string[], after: readonly string[]) => ({
  addedLocales: after.filter((locale) => !before.includes(locale)),
  removedLocales: before.filter((locale) => !after.includes(locale)),
});

const limited = (changes: ConfigChange[]): Pick<ConfigDiff, 'changes' | 'total'> => ({
  changes: changes.slice(0, MOST_CHANGES),
  total: changes.length,
});

/** Publishing by hand: review, publish, history, roll back. */
export const createReleasesService = ({ strapi }: { strapi: Core.Strapi }) => {
  const publications = createPublications(strapi);
  const reviewed = new Map<string, Reviewed>();
  const reviewing = new Map<string, Promise<Draft | null>>();
  const publishing = () => getService('publishing', { strapi });

  const review = async (site: string): Promise<Draft | null> => {
    const last = await publications.last(site);
    const seen = JSON.stringify([await readFingerprint(strapi), last?.number]);
    const known = reviewed.get(site);
    if (known?.seen === seen) return known.draft;

    const live = last?.versions ?? {};
    const changes: ConfigChange[] = [];
    const findings: Finding[] = [];
    let first: ConsentConfig | undefined;
    // What is not translated is told by the page on translations, and the checklist; it is no reason to hold back a draft.
    const locales = (await installedLocales(strapi))
      .filter(({ code }) => !hasBuiltInTexts(code))
      .map(({ code }) => ({ code, missing: 0, total: 0, builtIn: false }));
    const result = await publishing().draft(site, async (locale, config, { site: { structure } }) => {
      const version = live[locale];
      const before = version ? await publishing().readConfig(version) : null;
      changes.push(...(first ? ownWords(changes, diffWords(before, config)) : diffConfigs(before, config)));
      const found = lint(config, {
        origins: structure.origins ?? [],
        regimeRules: structure.regime === BY_COUNTRY ? structure.regimeRules : null,
        knowsCountry: getService('geo', { strapi }).knowsCountry(),
        locales,
      });
      findings.push(...(first ? found.filter(({ rule }) => (lintRules[rule] as LintRule).words) : found));
      first ??= config;
    });
    if (!result) return null;
    const { draft, token, row, catalogue } = result;
    const keys = new Set(findings.map(keyOf));
    const reviewedDraft: Draft = {
      token,
      problems: draft.finder.problems(),
      diff: {
        ...limited(changes),
        ...localesDiff(last ? localesOf(live) : catalogue.locales, catalogue.locales),
        askedAgain: first ? explainAskedAgain(row?.facts ?? null, draft.facts, first) : [],
      },
      findings,
      acknowledged: (last?.acknowledged ?? []).filter((acknowledgement) => keys.has(keyOf(acknowledgement))),
      locales: catalogue.locales,
      defaultLocale: catalogue.defaultLocale,
    };
    if (reviewedDraft.problems.length === 0) reviewed.set(site, { seen, draft: reviewedDraft });
    return reviewedDraft;
  };

  /** What a publication's configs say of revisions; enough to tell who was asked again. */
  const factsOf = (config: ConsentConfig): LiveFacts => {
    const facts = advanceRevisions(null, factsOfConfig(config), 0);
    return {
      ...facts,
      categories: new Map(config.categories.map(({ key, mode, revision }) => [key, { mode, revision }])),
    };
  };

  const diffOf = async (before: Publication | null, after: Publication): Promise<ConfigDiff> => {
    const changes: ConfigChange[] = [];
    let askedAgain: ConfigDiff['askedAgain'] = [];
    const locales = localesOf(after.versions);
    for (const locale of [after.defaultLocale, ...locales.filter((code) => code !== after.defaultLocale)]) {
      const [version, versionBefore] = [after.versions[locale], before?.versions[locale]];
      const config = version && version !== versionBefore ? await publishing().readConfig(version) : null;
      if (!config) continue;
      const configBefore = versionBefore ? await publishing().readConfig(versionBefore) : null;
      if (locale !== after.defaultLocale) changes.push(...ownWords(changes, diffWords(configBefore, config)));
      else {
        changes.push(...diffConfigs(configBefore, config));
        askedAgain = explainAskedAgain(configBefore && factsOf(configBefore), factsOf(config), config);
      }
    }
    return {
      ...limited(changes),
      ...localesDiff(before ? localesOf(before.versions) : locales, locales),
      askedAgain,
    };
  };

  return {
    /** What is live of a site, as the history has it; null if nothing ever was. */
    live: (site: string): Promise<Publication | null> => publications.last(site),

    /** What would be published now, compared with what is live; null if there is no such site. */
    review(site: string): Promise<Draft | null> {
      let running = reviewing.get(site);
      if (!running) {
        running = review(site).finally(() => reviewing.delete(site));
        reviewing.set(site, running);
      }
      return running;
    },

    /** The config that would be published now in one language; null if there is none. */
    async draftConfig(site: string, wanted: string | undefined): Promise<ConsentConfig | null> {
      let found: ConsentConfig | null = null;
      await publishing().draft(site, async (locale, config) => {
        if (locale === wanted || (!wanted && !found)) found = config;
      });
      return found;
    },

    /**
     * Publishes what was reviewed.
     *
     * @throws StaleDraft if the draft is another by now
     * @throws ValidationError if it has problems, or a finding that nobody acknowledged
     */
    async publish(site: string, { draft: token, note = '', acknowledged = [] }: PublishRequest, actor: Actor) {
      const draft = await this.review(site);
      if (draft?.token !== token) throw new StaleDraft();
      if (draft.problems.length > 0)
        throw validationError(
          strapi,
          draft.problems.map(({ type, key, field, message }) => ({ path: [type, key, field], message })),
        );
      const reasons = new Map(
        [...draft.acknowledged, ...acknowledged].map((acknowledgement) => [keyOf(acknowledgement), acknowledgement]),
      );
      const read = draft.findings.filter(mustBeRead);
      const open = read.filter((finding) => !reasons.get(keyOf(finding))?.reason.trim());
      if (open.length > 0)
        throw validationError(
          strapi,
          open.map(({ rule, path, message }) => ({
            path: ['acknowledged', rule, path],
            message: `${message} Say why it is published all the same.`,
          })),
        );
      // What was kept of the review may be what is stale.
      reviewed.delete(site);
      await publishing().release({
        site,
        token,
        actors: [actor],
        note: note.trim(),
        acknowledged: read.map((finding): Acknowledgement => {
          const { rule, path, locale, message } = finding;
          return { rule, path, ...(locale && { locale }), message, reason: reasons.get(keyOf(finding))!.reason.trim() };
        }),
      });
    },

    /**
     * Makes the content of a former publication live again, and the site one that is published by hand.
     *
     * @returns false if there is no such publication
     * @throws StaleDraft if something else was published since the admin looked
     */
    async rollBack(site: string, { number, live, note = '' }: RollBackRequest, actor: Actor): Promise<boolean> {
      const [target, last] = [await publications.find(site, number), await publications.last(site)];
      if (!target || Object.keys(target.versions).length === 0) return false;
      if (last?.number !== live) throw new StaleDraft();
      await publishing().putBack({
        site,
        versions: target.versions,
        defaultLocale: target.defaultLocale,
        manual: true,
        publication: {
          kind: 'roll-back',
          actors: [actor],
          note: note.trim(),
          rolledBackTo: number,
          acknowledged: target.acknowledged,
        },
      });
      return true;
    },

    setMode: (site: string, mode: PublishingMode): Promise<void> => publishing().setMode(site, mode),

    /** Newest first. */
    async history(site: string, page: number): Promise<History> {
      const { publications: found, total } = await publications.page(site, page, PAGE_SIZE);
      return { publications: found, page, pageCount: Math.max(1, Math.ceil(total / PAGE_SIZE)) };
    },

    /** null: there is no such publication. */
    async details(site: string, number: number): Promise<PublicationDetails | null> {
      const publication = await publications.find(site, number);
      if (!publication) return null;
      return { publication, diff: await diffOf(await publications.find(site, number - 1), publication) };
    },
  };
};
