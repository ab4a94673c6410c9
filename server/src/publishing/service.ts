import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Core } from '@strapi/strapi';
import {
  gpcStatement,
  occurringRegimes,
  type Actor,
  type AppearancePreview,
  type ChoiceStorage,
  type ConsentConfig,
  type Publication,
  type PublishingMode,
  type PublishingProblem,
  type Regime,
  type RegimeRules,
} from '../../../contract';
import { actorOfContext, currentContext, requestOfContext } from '../audit/origin';
import { breathe } from '../breathe';
import { canonicalJson } from '../canonical-json';
import { readCatalogue, type Catalogue } from '../catalogue/read';
import { builtInTexts } from '../catalogue/texts';
import { CATALOGUE_UIDS, SITE_UID, type CatalogueUid } from '../constants';
import { pluginConfig } from '../config';
import { createTables } from '../database/own-tables';
import { failureName } from '../failure-name';
import { getService } from '../get-service';
import { answerFirst } from '../http/answer-first';
import type { Prepared } from '../http/prepared';
import { publicPaths } from '../http/public-paths';
import { createAnswers } from './answers';
import { browserFiles } from './browser-files';
import { choiceStorage, renewable } from './choice-storage';
import { createChangeLog } from './change-log';
import { buildConfig, textFacts, type BuiltConfig } from './build-config';
import { factsOfConfig } from './config-facts';
import { draftToken } from './draft-token';
import { endpoints } from './endpoints';
import { createProblemFinder } from './find-problems';
import { readFingerprint } from './fingerprint';
import { createLiveStore, writeFacts, type LiveRow, type PublicationNote, type PublishingCause } from './live-store';
import { publicEndpoints } from './public-endpoints';
import {
  answersByName,
  answersOf,
  byCountry,
  type Published,
  type PublishedLocale,
  type PublishedLocales,
  type PublishedSite,
} from './published';
import { readOrigins } from './read-origins';
import { textValues } from './render-texts';
import { restateConfig } from './restate-config';
import { advanceRevisions, raisedRevisions, type LiveFacts } from './revisions';
import { planSite, type SitePlan } from './site-plan';
import { slimConfig } from './slim-config';
import { publishingTables } from './tables';
import { localeOf, localesOf, versionName } from './version-names';

const gunzip = promisify(zlib.gunzip);
const gzip = promisify<zlib.InputType, Buffer>(zlib.gzip);

/** Edits come in bursts (a save touches one row per language): wait for a pause, but not for ever. */
const PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 400;
/** A large catalogue that is edited all the time is published half of the time at most. */
const LONGEST_REST_MS = 4000;
/** Changes of other processes are live within five seconds, so failures must not be waited for longer. */
const LONGEST_RETRY_MS = 4000;
const ATTEMPTS = 5;
/** Where instances tell each other that something was published. */
const CHANNEL = 'published';

/** The state of a site's publication. */
export interface PublishingStatus {
  status: 'live' | 'invalid' | 'never';
  /** Content hash of the live config in the default locale. */
  version: string | null;
  /** ISO 8601. */
  publishedAt: string | null;
  problems: PublishingProblem[];
  /** By category key. */
  revisions: Record<string, number>;
  mode: PublishingMode;
}

type Regimes = Map<Regime, Map<string, PublishedLocale>>;

/** A site as it would be published. */
export interface SiteDraft {
  key: string;
  plan: SitePlan;
  facts: LiveFacts;
  finder: ReturnType<typeof createProblemFinder>;
}

/** What somebody publishes by hand. */
export interface Release {
  site: string;
  /** Names the draft that was reviewed. */
  token: string;
  actors: Actor[];
  note: string;
  acknowledged: Publication['acknowledged'];
}

/** Content of a former publication, to be live again. */
export interface PutBack {
  site: string;
  versions: Record<string, string>;
  defaultLocale: string;
  publication: Omit<PublicationNote, 'askedAgain'>;
  /** Key of a category whose visitors are to be asked again in any case. */
  askAgain?: string;
  /** Whether the site is published by hand from now on; as it was otherwise. */
  manual?: boolean;
}

/** What is to be published is not what was reviewed. */
export class StaleDraft extends Error {}

const answersUnder = (regimeRules: RegimeRules | undefined, regimes: ReadonlyMap<Regime, PublishedLocales>) =>
  regimeRules ? byCountry(regimeRules, regimes) : { locales: regimes.values().next().value!, byCountry: null };

/** Another instance published meanwhile. */
class Overtaken extends Error {}

/**
 * Turns the catalogue into what the public endpoints answer, and keeps the two equal: after changes in this process
 * at once, after those of others by looking for them. Whatever fails, what is live stays live.
 */
export const createPublishingService = ({ strapi }: { strapi: Core.Strapi }) => {
  let cause: PublishingCause | null = null;
  const store = createLiveStore(strapi, () => cause);
  // Made outside of any request: a timer inherits the transaction of the request that started it otherwise.
  const outside = new AsyncResource('privacy-desk.publishing');

  let published: Published = {
    sites: new Map(),
    waiting: null,
    assets: new Map(),
    chunks: new Map(),
    outdated: new Map(),
  };
  let answers = createAnswers(strapi, null);
  let problems = new Map<string, PublishingProblem[]>();
  /** What was seen in the database, and left there, when it was last published. */
  let known: string | null = null;
  let dirtySince: number | null = null;
  let restUntil = 0;
  let failures = 0;
  let started = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let improving: Promise<void> = Promise.resolve();
  const unsubscribe: (() => void)[] = [];
  /** Names this process among those that hear of changes. */
  const self = randomUUID();
  let wrote = false;
  /** Whom an admin wants to ask again with the next publication. */
  let asked: { site: string; category: string; actors: Actor[] } | null = null;
  /** Keys of the sites that are published by hand. */
  let manual: ReadonlySet<string> = new Set();
  const changeLog = createChangeLog(strapi);

  /** Compresses again, as well as can be, what was compressed quickly. */
  const improveLater = (): void => {
    improving = improving.then(async () => {
      const { sites, assets, outdated } = published;
      const locales = [...sites.values()].flatMap(answersOf);
      const all = [
        ...assets.values(),
        ...outdated.values(),
        ...[...sites.values()].map(({ gpc }) => gpc),
        ...locales.flatMap((l) => [...l.client.values(), l.config]),
      ];
      for (const prepared of all) {
        if (!started || published.sites !== sites) return;
        await prepared.improve();
      }
    });
    improving.catch((error) => strapi.log.error(`Privacy Desk could not compress: ${failureName(error)}`));
  };

  const show = (next: Partial<Published>): void => {
    published = { ...published, ...next };
    improveLater();
  };

  /** The sites as they would be published; `wanted` names them by key. */
  const draftSites = async (
    catalogue: Catalogue,
    rows: ReadonlyMap<string, LiveRow>,
    nowSeconds: number,
    wanted: (key: string) => boolean,
    askAgain: typeof asked = null,
  ): Promise<SiteDraft[]> => {
    const drafts: SiteDraft[] = [];
    for (const site of catalogue.sites) {
      const { key } = site.structure;
      if (!wanted(key)) continue;
      await breathe();
      const plan = planSite(catalogue, site);
      await breathe();
      const again = new Set(askAgain?.site === key ? [askAgain.category] : []);
      drafts.push({
        key,
        plan,
        facts: advanceRevisions(rows.get(key)?.facts ?? null, plan.facts, nowSeconds, again),
        finder: createProblemFinder(catalogue, plan),
      });
    }
    return drafts;
  };

  /** Builds all locales of the sites; what did not change is taken over as it is. */
  const buildSites = async (catalogue: Catalogue, rows: ReadonlyMap<string, LiveRow>, release?: Release) => {
    const drafts = (
      await draftSites(
        catalogue,
        rows,
        Math.floor(Date.now() / 1000),
        (key) => !manual.has(key) || key === release?.site,
        asked,
      )
    ).map((draft) => ({
      ...draft,
      regimes: new Map(draft.plan.regimes.map((regime) => [regime, new Map()])) as Regimes,
    }));
    // What was reviewed, built again from the same rows: nothing that changed meanwhile slips in.
    const reviewed = release && (await draftSites(catalogue, rows, 0, (key) => key === release.site))[0];
    const reviewedVersions = new Map<string, string>();
    // While one config is compressed in another thread, the next is built; but only one, or all would be in memory.
    let compressing: Promise<void> = Promise.resolve();
    for (const locale of catalogue.locales) {
      const texts = await catalogue.itemTexts(locale);
      for (const { key, plan, facts, regimes, finder } of drafts) {
        await finder.addItems(texts);
        if (finder.problems().length > 0) continue;
        const live = published.sites.get(key);
        for (const [regime, locales] of regimes) {
          const { version, json, slim } = await buildConfig(plan, facts, locale, regime, texts, endpoints(strapi, key));
          if (reviewed?.key === key) {
            const { plan, facts } = reviewed;
            const { version } = await buildConfig(plan, facts, locale, regime, texts, endpoints(strapi, key));
            reviewedVersions.set(versionName(locale, regime, plan.regimes), version);
          }
          const before = live && (live.byCountry?.regimes.get(regime) ?? live.locales).get(locale);
          await compressing;
          if (before?.version === version) locales.set(locale, before);
          else compressing = answers.locale(version, json, slim).then((prepared) => void locales.set(locale, prepared));
          compressing.catch(() => {}); // it is awaited a little later
        }
      }
    }
    await compressing;
    if (
      release &&
      draftToken(rows.get(release.site), catalogue.defaultLocale, reviewedVersions, reviewed?.facts.regimeRules) !==
        release.token
    )
      throw new StaleDraft();
    return drafts;
  };

  const readConfig = async (version: string): Promise<ConsentConfig | null> => {
    const kept = await store.readVersion(version);
    return kept && (JSON.parse((await gunzip(kept)).toString()) as ConsentConfig);
  };

  /** Serves the live version as the database keeps it, for a catalogue that cannot be published. */
  const restoreSite = async (
    key: string,
    { facts, versions, defaultLocale, publishedAtMs }: LiveRow,
  ): Promise<PublishedSite | null> => {
    const regimes: Regimes = new Map();
    let gpc: Prepared | undefined;
    let choice: ChoiceStorage | undefined;
    for (const version of Object.values(versions)) {
      const kept = await store.readVersion(version);
      if (!kept) continue;
      const json = await gunzip(kept);
      const config = JSON.parse(json.toString()) as ConsentConfig;
      gpc ??= await answers.gpc(gpcStatement(config.categories, config.controller.name, publishedAtMs));
      choice ??= config.choice;
      const locales = regimes.get(config.regime) ?? new Map<string, PublishedLocale>();
      regimes.set(config.regime, locales.set(config.locale, await answers.locale(version, json, slimConfig(config))));
    }
    // A site that goes by country needs the version that is answered when in doubt.
    const first = facts.regimeRules ? occurringRegimes(facts.regimeRules)[0]! : regimes.keys().next().value!;
    if (!gpc || !choice || !regimes.has(first)) return null;
    const origins = await readOrigins(strapi, key);
    return { origins, facts, ...answersUnder(facts.regimeRules, regimes), defaultLocale, choice, publishedAtMs, gpc };
  };

  /** What to answer when not even the reason is known why nothing can be published. */
  const restoreAll = async (): Promise<void> => {
    const sites = new Map(published.sites);
    for (const [key, row] of await store.read()) {
      const site = sites.get(key) ?? (await restoreSite(key, row));
      if (site) sites.set(key, site);
    }
    show({ sites });
  };

  const fingerprintOf = (catalogue: string, generations: Map<string, number>): string =>
    JSON.stringify([catalogue, [...generations].sort()]);

  const hasChanged = async (): Promise<boolean> =>
    dirtySince !== null || fingerprintOf(await readFingerprint(strapi), await store.readGenerations()) !== known;

  /** A site that is published by hand, as the database has it. */
  const keepSite = async (key: string, row: LiveRow): Promise<PublishedSite | null> => {
    const site = published.sites.get(key);
    const shown = site && Object.fromEntries([...answersByName(site)].map(([name, { version }]) => [name, version]));
    return site && canonicalJson(shown) === canonicalJson(row.versions) && site.defaultLocale === row.defaultLocale
      ? { ...site, facts: row.facts, publishedAtMs: row.publishedAtMs }
      : restoreSite(key, row);
  };

  const publishOnce = async (release?: Release): Promise<void> => {
    const [seen, catalogue, rows] = [await readFingerprint(strapi), await readCatalogue(strapi), await store.read()];
    manual = await store.readManual();
    const drafts = await buildSites(catalogue, rows, release);
    const sites = new Map<string, PublishedSite>();
    const found = new Map<string, PublishingProblem[]>();
    const generations = new Map([...rows].map(([key, { generation }]) => [key, generation]));
    const write = async (
      key: string,
      row: Omit<LiveRow, 'generation' | 'facts'>,
      raise: boolean,
      note: PublicationNote,
    ): Promise<void> => {
      const generation = generations.get(key) ?? 0;
      if (!(await store.write(key, row, generation, raise, note))) throw new Overtaken();
      wrote = true;
      generations.set(key, generation === 0 ? 1 : generation + (raise ? 1 : 0));
    };
    const { actors, taken } = changeLog.look();
    const noteOf = (key: string, facts: LiveFacts): PublicationNote => ({
      kind: asked?.site === key ? 'ask-again' : 'automatic',
      actors: asked?.site === key ? asked.actors : actors,
      note: '',
      rolledBackTo: null,
      acknowledged: [],
      askedAgain: raisedRevisions(rows.get(key)?.facts ?? null, facts),
      ...(release?.site === key && {
        kind: 'publish',
        actors: release.actors,
        note: release.note,
        acknowledged: release.acknowledged,
      }),
    });

    for (const [key, row] of rows) {
      if (!manual.has(key) || key === release?.site) continue;
      const site = await keepSite(key, row);
      if (site) sites.set(key, site);
    }

    for (const { key, plan, facts, regimes, finder } of drafts) {
      const row = rows.get(key);
      const problems = finder.problems();
      if (problems.length > 0) {
        found.set(key, problems);
        const site = published.sites.get(key) ?? (row && (await restoreSite(key, row)));
        if (site) sites.set(key, site);
        continue;
      }
      const under = answersUnder(facts.regimeRules, regimes);
      const named = [...answersByName(under)];
      const versions = Object.fromEntries(named.map(([name, { version }]) => [name, version]));
      await breathe();
      const next = {
        factsJson: writeFacts(facts),
        versions,
        defaultLocale: catalogue.defaultLocale,
        publishedAtMs: Date.now(),
      };
      // Others look for generations, so what somebody publishes by hand always has a new one.
      const raise = row?.factsJson !== next.factsJson || release?.site === key;
      const rewrite = JSON.stringify(row?.versions) !== JSON.stringify(versions);
      if (!row || raise || rewrite || row.defaultLocale !== next.defaultLocale) {
        const changed = named.filter(([name, { version }]) => row?.versions[name] !== version);
        await store.keep(
          changed.map(([name, { version, config }]) => ({
            version,
            site: key,
            locale: localeOf(name),
            gzip: config.gzip,
          })),
        );
        await write(key, next, raise, noteOf(key, facts));
      } else next.publishedAtMs = row.publishedAtMs;
      if (asked?.site === key) asked = null;
      const { defaultLocale, publishedAtMs } = next;
      const gpc = await answers.gpc(gpcStatement(plan.categories, plan.site.structure.controllerName, publishedAtMs));
      const { structure } = plan.site;
      const origins = structure.origins ?? [];
      const choice = choiceStorage(structure, endpoints(strapi, key));
      sites.set(key, { origins, facts, ...under, defaultLocale, choice, publishedAtMs, gpc });
    }

    if (catalogue.sites.length === 0) {
      // Everything gone at once is an accident, or an import half way: what is live stays.
      for (const [key, row] of rows) {
        const site = sites.get(key) ?? published.sites.get(key) ?? (await restoreSite(key, row));
        if (!site) continue;
        sites.set(key, site);
        found.set(key, [
          {
            type: 'site',
            documentId: '',
            key,
            locale: catalogue.defaultLocale,
            field: 'key',
            message: 'There is no site in the catalogue',
          },
        ]);
      }
    } else {
      for (const [key, row] of rows) {
        if (manual.has(key) || drafts.some((draft) => draft.key === key)) continue;
        if (Object.keys(row.versions).length === 0) continue;
        const removed = { ...row, versions: {}, publishedAtMs: Date.now() };
        await write(key, removed, true, { ...noteOf(key, row.facts), kind: 'removal' });
      }
    }
    problems = found;
    known = fingerprintOf(seen, generations);
    taken();
    show({ sites, waiting: new Set(catalogue.sites.map(({ structure }) => structure.key)) });
  };

  const publish = async (release?: Release): Promise<void> => {
    const start = performance.now();
    for (let attempt = 1; ; attempt++) {
      dirtySince = null;
      try {
        await publishOnce(release);
        break;
      } catch (error) {
        dirtySince = Date.now();
        // Whoever publishes by hand has seen what was live before the other one.
        if (!(error instanceof Overtaken) || attempt === ATTEMPTS) throw error;
      }
    }
    if (wrote) getService('redis', { strapi }).publish(CHANNEL, self);
    wrote = false;
    restUntil = Date.now() + Math.min(performance.now() - start, LONGEST_REST_MS);
  };

  /** One after the other, outside of the caller's transaction. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const ctx = currentContext(strapi);
    const asks = ctx ? { actor: actorOfContext(ctx), request: requestOfContext(ctx) } : null;
    const result = outside.runInAsyncScope(() =>
      running.then(() => {
        cause = asks;
        return work();
      }),
    );
    running = result.catch(() => {});
    return result;
  };

  const publishIfChanged = (): Promise<void> =>
    inTurn(async () => {
      if (await hasChanged()) await publish();
    });

  const schedule = (delayMs: number): void => {
    if (!started) return;
    outside.runInAsyncScope(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void tick(), delayMs);
      timer.unref();
    });
  };

  const tick = async (): Promise<void> => {
    const pollMs = pluginConfig(strapi).pollIntervalSeconds * 1000;
    try {
      await publishIfChanged();
      if (failures > 0) strapi.log.info('Privacy Desk can publish again');
      failures = 0;
    } catch (error) {
      if (!started) return;
      if (failures === 0) strapi.log.warn(`Privacy Desk cannot publish and keeps what is live: ${failureName(error)}`);
      failures += 1;
    }
    if (failures > 0) schedule(Math.min(LONGEST_RETRY_MS, 250 * 2 ** failures));
    else if (dirtySince !== null) wake();
    else schedule(pollMs);
  };

  /** Something in the catalogue changed. */
  const wake = (): void => {
    const now = Date.now();
    dirtySince ??= now;
    if (failures === 0) schedule(Math.max(Math.min(PAUSE_MS, dirtySince + LONGEST_PAUSE_MS - now), restUntil - now, 0));
  };

  /** Calls `first` with each change of the models, and `then` after it: after the commit, if a transaction is open, as nobody sees it before. */
  const watch = (models: string[], then: () => void, first = () => {}): void => {
    const after = (): void => {
      first();
      if (strapi.db.inTransaction()) void strapi.db.transaction(({ onCommit }) => onCommit(then));
      else then();
    };
    unsubscribe.push(
      strapi.db.lifecycles.subscribe({
        models,
        afterCreate: after,
        afterCreateMany: after,
        afterUpdate: after,
        afterUpdateMany: after,
        afterDelete: after,
        afterDeleteMany: after,
      }),
    );
  };

  /** Publishes the content of former versions; see `PutBack`. */
  const putBack = async ({
    site,
    versions,
    defaultLocale,
    publication,
    askAgain,
    manual: byHand,
  }: PutBack): Promise<void> => {
    const row = (await store.read()).get(site);
    const configs = new Map<string, ConsentConfig>();
    for (const [name, version] of Object.entries(versions)) {
      const config = await readConfig(version);
      if (config) configs.set(name, config);
    }
    const first = configs.get(defaultLocale) ?? configs.values().next().value;
    if (!row || !first) throw new Error(`Nothing is kept of this publication of ${site}`);
    const now = Date.now();
    const asked = new Set(askAgain ? [askAgain] : []);
    // Rules are no part of what visitors were told: a site that goes by country is put back under those of now. Without any,
    // everybody is answered by the strictest regime.
    const { regimeRules } = row.facts;
    const former = { ...factsOfConfig(first), ...(configs.size > localesOf(versions).length && { regimeRules }) };
    const facts = advanceRevisions(row.facts, former, Math.floor(now / 1000), asked);
    const restated: [string, BuiltConfig, Buffer][] = [];
    for (const [name, config] of configs) {
      if (!regimeRules && name !== localeOf(name)) continue;
      const offered = endpoints(strapi, site);
      const choice = renewable(config.choice, offered);
      const built = restateConfig({ ...config, consents: offered.consents, choice }, facts);
      restated.push([name, built, await gzip(built.json)]);
      await breathe();
    }
    await store.keep(
      restated.map(([name, { version }, bytes]) => ({ version, site, locale: localeOf(name), gzip: bytes })),
    );
    const written = await store.write(
      site,
      {
        factsJson: writeFacts(facts),
        versions: Object.fromEntries(restated.map(([name, { version }]) => [name, version])),
        defaultLocale,
        publishedAtMs: now,
      },
      row.generation,
      true,
      { ...publication, askedAgain: raisedRevisions(row.facts, facts) },
      byHand,
    );
    if (!written) throw new Overtaken();
    wrote = true;
    await publish();
  };

  const isPublished = (uid: CatalogueUid, key: string): boolean => {
    const sites = [...published.sites];
    return uid === SITE_UID
      ? sites.some(([site]) => site === key)
      : sites.some(([, { facts }]) => facts.categories.has(key) || facts.items.has(key));
  };

  return {
    /** Puts the public endpoints in front of Koa; for `register()`. Before `start` they answer 503. */
    answer(): void {
      unsubscribe.push(
        answerFirst(
          strapi.server.httpServer,
          publicEndpoints(
            publicPaths(strapi),
            () => published,
            getService('geo', { strapi }).locate,
            getService('install', { strapi }).note,
          ),
        ),
      );
    },

    /** Creates the tables, publishes, and watches for changes. It fails only if the tables cannot be made. */
    async start(): Promise<void> {
      started = true;
      try {
        answers = createAnswers(strapi, browserFiles());
      } catch (error) {
        strapi.log.error((error as Error).message);
      }
      await createTables(strapi, publishingTables);
      await store.startHistories();
      show(await answers.assets());
      getService('keys', { strapi }).useIsPublished(async (uid, key) => isPublished(uid, key));
      watch([...CATALOGUE_UIDS], wake, changeLog.note);
      // The core store holds Strapi's default locale, among much else: only look whether that is what changed.
      watch(['plugin::i18n.locale', 'strapi::core-store'], () => failures === 0 && schedule(PAUSE_MS));
      // Without Redis, or where its message is lost, the change is found by looking for it.
      getService('redis', { strapi }).subscribe(CHANNEL, (from) => {
        if (from !== self && failures === 0) schedule(0);
      });
      await tick();
      if (failures > 0) await inTurn(restoreAll).catch(() => {});
    },

    /** Stops watching and answering. */
    async stop(): Promise<void> {
      started = false;
      clearTimeout(timer);
      for (const off of unsubscribe.splice(0)) off();
      await Promise.allSettled([running, improving]);
    },

    /** What is answered at the moment; another object after each publication. */
    current: (): Published => published,

    /** Publishes now if anything changed. Rejects if that fails. */
    refresh: (): Promise<void> => publishIfChanged(),

    /** null: there is no such site. */
    async status(siteKey: string): Promise<PublishingStatus | null> {
      const site = published.sites.get(siteKey);
      const found = problems.get(siteKey) ?? [];
      if (!site && !published.waiting?.has(siteKey)) return null;
      return {
        status: found.length > 0 ? 'invalid' : site ? 'live' : 'never',
        version: site?.locales.get(site.defaultLocale)?.version ?? null,
        publishedAt: site ? new Date(site.publishedAtMs).toISOString() : null,
        problems: found,
        revisions: Object.fromEntries(
          [...(site?.facts.categories ?? [])].flatMap(([key, { revision, removed }]) =>
            removed ? [] : [[key, revision]],
          ),
        ),
        mode: manual.has(siteKey) ? 'manual' : 'auto',
      };
    },

    /**
     * Builds a site as it would be published now; nothing is changed. `use` sees it locale by locale, the default one first,
     * under the strictest of its regimes.
     *
     * @returns null if the catalogue has no such site
     */
    async draft(
      siteKey: string,
      use: (locale: string, config: ConsentConfig, plan: SitePlan) => Promise<void>,
    ): Promise<{ draft: SiteDraft; token: string; row: LiveRow | null; catalogue: Catalogue } | null> {
      const rows = await store.read();
      const catalogue = await readCatalogue(strapi);
      const [draft] = await draftSites(catalogue, rows, 0, (key) => key === siteKey);
      if (!draft) return null;
      const versions = new Map<string, string>();
      for (const locale of catalogue.locales) {
        const texts = await catalogue.itemTexts(locale);
        await draft.finder.addItems(texts);
        if (draft.finder.problems().length > 0) break;
        const { plan, facts } = draft;
        for (const regime of plan.regimes) {
          const { version, json } = await buildConfig(plan, facts, locale, regime, texts, endpoints(strapi, siteKey));
          versions.set(versionName(locale, regime, plan.regimes), version);
          if (regime === plan.regimes[0]) await use(locale, JSON.parse(json.toString()) as ConsentConfig, plan);
        }
      }
      const row = rows.get(siteKey) ?? null;
      return {
        draft,
        token: draftToken(row ?? undefined, catalogue.defaultLocale, versions, draft.facts.regimeRules),
        row,
        catalogue,
      };
    },

    /**
     * What a site would tell its visitors now, in one language and under any regime, with what its texts are made of;
     * nothing is changed.
     *
     * @returns null if the catalogue has no such site or language, its problems if there are any
     */
    async preview(
      siteKey: string,
      locale: string,
      regime: Regime,
    ): Promise<AppearancePreview | PublishingProblem[] | null> {
      const catalogue = await readCatalogue(strapi);
      const [draft] = await draftSites(catalogue, await store.read(), 0, (key) => key === siteKey);
      if (!draft || !catalogue.locales.includes(locale)) return null;
      const { plan, facts, finder } = draft;
      const texts = await catalogue.itemTexts(locale);
      await finder.addItems(texts);
      const found = finder.problems();
      if (found.length > 0) return found;
      const { json } = await buildConfig(plan, facts, locale, regime, texts, endpoints(strapi, siteKey));
      const config = JSON.parse(json.toString()) as ConsentConfig;
      return {
        config,
        builtIn: builtInTexts(locale).ui,
        values: textValues(textFacts(plan.site, locale, regime, config.categories)),
      };
    },

    /** A config as it was published; null if that version is unknown. */
    readConfig,

    /**
     * Publishes the draft of a site.
     *
     * @throws StaleDraft if it is not the one that was reviewed
     */
    release: (release: Release): Promise<void> => inTurn(() => publish(release)),

    /**
     * Publishes what was live before.
     *
     * @throws StaleDraft if another instance published meanwhile
     */
    putBack: (request: PutBack): Promise<void> =>
      inTurn(() =>
        putBack(request).catch((error: unknown) => {
          throw error instanceof Overtaken ? new StaleDraft() : error;
        }),
      ),

    /** Whether a site is published by hand. */
    isManual: async (siteKey: string): Promise<boolean> => (await store.readManual()).has(siteKey),

    /** Switches a site between publishing by hand and at once; at once publishes what waits. */
    setMode: (siteKey: string, mode: PublishingMode): Promise<void> =>
      inTurn(async () => {
        await store.setMode(siteKey, mode === 'manual');
        await publish();
      }),

    /**
     * Raises the revision of a category, so that all its visitors are asked again. A site that is published by hand keeps
     * the content that is live.
     *
     * @throws Error if nothing is published of it, or if the catalogue cannot be published now
     */
    askAgain: (siteKey: string, categoryKey: string, actors: Actor[] = []): Promise<void> =>
      inTurn(async () => {
        const category = published.sites.get(siteKey)?.facts.categories.get(categoryKey);
        if (!category || category.removed) throw new Error(`Nothing is published of ${categoryKey} on ${siteKey}`);
        for (let attempt = 1; (await store.readManual()).has(siteKey); attempt++) {
          const { versions, defaultLocale } = (await store.read()).get(siteKey)!;
          try {
            return await putBack({
              site: siteKey,
              versions,
              defaultLocale,
              askAgain: categoryKey,
              publication: { kind: 'ask-again', actors, note: '', rolledBackTo: null, acknowledged: [] },
            });
          } catch (error) {
            if (!(error instanceof Overtaken) || attempt === ATTEMPTS) throw error;
          }
        }
        asked = { site: siteKey, category: categoryKey, actors };
        try {
          await publish();
          if (asked) throw new Error('The catalogue has problems, so it cannot be published now');
        } finally {
          asked = null;
        }
      }),
  };
};
