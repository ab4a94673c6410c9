import { AsyncResource } from 'node:async_hooks';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Core } from '@strapi/strapi';
import type { ConsentConfig, PublishingProblem } from '../../../contract';
import { breathe } from '../breathe';
import { readCatalogue, type Catalogue } from '../catalogue/read';
import { CATALOGUE_UIDS, SITE_UID, type CatalogueUid } from '../constants';
import { pluginConfig } from '../config';
import { getService } from '../get-service';
import { answerFirst } from '../http/answer-first';
import { publicPaths } from '../http/public-paths';
import { createAnswers } from './answers';
import { browserFiles } from './browser-files';
import { buildConfig } from './build-config';
import { createProblemFinder } from './find-problems';
import { readFingerprint } from './fingerprint';
import { createLiveStore, writeFacts, type LiveRow } from './live-store';
import { publicEndpoints } from './public-endpoints';
import type { Published, PublishedLocale, PublishedSite } from './published';
import { advanceRevisions } from './revisions';
import { planSite } from './site-plan';
import { slimConfig } from './slim-config';
import { createTables } from './tables';

const gunzip = promisify(zlib.gunzip);

/** Edits come in bursts (a save touches one row per language): wait for a pause, but not for ever. */
const PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 400;
/** A large catalogue that is edited all the time is published half of the time at most. */
const LONGEST_REST_MS = 4000;
/** Changes of other processes are live within five seconds, so failures must not be waited for longer. */
const LONGEST_RETRY_MS = 4000;
const ATTEMPTS = 5;

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
}

/** Another instance published meanwhile. */
class Overtaken extends Error {}

/** The name and code of an error: messages of database drivers contain the statement with all its values. */
const nameOf = (error: unknown): string => {
  const { name, code, message } = error as Error & { code?: string };
  return code ? `${name} ${code}` : /\b(select|insert|update|delete)\b/i.test(message) ? name : `${name}: ${message}`;
};

/**
 * Turns the catalogue into what the public endpoints answer, and keeps the two equal: after changes in this process
 * at once, after those of others by looking for them. Whatever fails, what is live stays live.
 */
export const createPublishingService = ({ strapi }: { strapi: Core.Strapi }) => {
  const store = createLiveStore(strapi);
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
  /** Whom an admin wants to ask again with the next publication. */
  let asked: { site: string; category: string } | null = null;

  /** Compresses again, as well as can be, what was compressed quickly. */
  const improveLater = (): void => {
    improving = improving.then(async () => {
      const { sites, assets, outdated } = published;
      const locales = [...sites.values()].flatMap((site) => [...site.locales.values()]);
      const all = [
        ...assets.values(),
        ...outdated.values(),
        ...locales.flatMap((l) => [...l.client.values(), l.config]),
      ];
      for (const prepared of all) {
        if (!started || published.sites !== sites) return;
        await prepared.improve();
      }
    });
    improving.catch((error) => strapi.log.error(`Privacy Desk could not compress: ${nameOf(error)}`));
  };

  const show = (next: Partial<Published>): void => {
    published = { ...published, ...next };
    improveLater();
  };

  /** Builds all locales of the sites; what did not change is taken over as it is. */
  const buildSites = async (catalogue: Catalogue, rows: ReadonlyMap<string, LiveRow>) => {
    const now = Math.floor(Date.now() / 1000);
    const drafts = [];
    for (const site of catalogue.sites) {
      await breathe();
      const plan = planSite(catalogue, site);
      const { key } = site.structure;
      await breathe();
      drafts.push({
        key,
        plan,
        facts: advanceRevisions(
          rows.get(key)?.facts ?? null,
          plan.facts,
          now,
          new Set(asked?.site === key ? [asked.category] : []),
        ),
        locales: new Map<string, PublishedLocale>(),
        finder: createProblemFinder(catalogue, plan),
      });
    }
    // While one config is compressed in another thread, the next is built; but only one, or all would be in memory.
    let compressing: Promise<void> = Promise.resolve();
    for (const locale of catalogue.locales) {
      const texts = await catalogue.itemTexts(locale);
      for (const { key, plan, facts, locales, finder } of drafts) {
        await finder.addItems(texts);
        if (finder.problems().length > 0) continue;
        const { version, json, slim } = await buildConfig(plan, facts, locale, texts);
        const before = published.sites.get(key)?.locales.get(locale);
        await compressing;
        if (before?.version === version) locales.set(locale, before);
        else compressing = answers.locale(version, json, slim).then((prepared) => void locales.set(locale, prepared));
        compressing.catch(() => {}); // it is awaited a little later
      }
    }
    await compressing;
    return drafts;
  };

  /** Serves the live version as the database keeps it, for a catalogue that cannot be published. */
  const restoreSite = async ({
    facts,
    versions,
    defaultLocale,
    publishedAtMs,
  }: LiveRow): Promise<PublishedSite | null> => {
    const locales = new Map<string, PublishedLocale>();
    for (const [locale, version] of Object.entries(versions)) {
      const kept = await store.readVersion(version);
      if (!kept) continue;
      const json = await gunzip(kept);
      locales.set(
        locale,
        await answers.locale(version, json, slimConfig(JSON.parse(json.toString()) as ConsentConfig)),
      );
    }
    return locales.size > 0 ? { facts, locales, defaultLocale, publishedAtMs } : null;
  };

  /** What to answer when not even the reason is known why nothing can be published. */
  const restoreAll = async (): Promise<void> => {
    const sites = new Map(published.sites);
    for (const [key, row] of await store.read()) {
      const site = sites.get(key) ?? (await restoreSite(row));
      if (site) sites.set(key, site);
    }
    show({ sites });
  };

  const fingerprintOf = (catalogue: string, generations: Map<string, number>): string =>
    JSON.stringify([catalogue, [...generations].sort()]);

  const hasChanged = async (): Promise<boolean> =>
    dirtySince !== null || fingerprintOf(await readFingerprint(strapi), await store.readGenerations()) !== known;

  const publishOnce = async (): Promise<void> => {
    const [seen, catalogue, rows] = [await readFingerprint(strapi), await readCatalogue(strapi), await store.read()];
    const drafts = await buildSites(catalogue, rows);
    const sites = new Map<string, PublishedSite>();
    const found = new Map<string, PublishingProblem[]>();
    const generations = new Map([...rows].map(([key, { generation }]) => [key, generation]));
    const write = async (key: string, row: Omit<LiveRow, 'generation' | 'facts'>, raise: boolean): Promise<void> => {
      const generation = generations.get(key) ?? 0;
      if (!(await store.write(key, row, generation, raise))) throw new Overtaken();
      if (raise) generations.set(key, generation + 1);
    };

    for (const { key, facts, locales, finder } of drafts) {
      const row = rows.get(key);
      const problems = finder.problems();
      if (problems.length > 0) {
        found.set(key, problems);
        const site = published.sites.get(key) ?? (row && (await restoreSite(row)));
        if (site) sites.set(key, site);
        continue;
      }
      const versions = Object.fromEntries([...locales].map(([locale, { version }]) => [locale, version]));
      await breathe();
      const next = {
        factsJson: writeFacts(facts),
        versions,
        defaultLocale: catalogue.defaultLocale,
        publishedAtMs: Date.now(),
      };
      const raise = row?.factsJson !== next.factsJson;
      const rewrite = JSON.stringify(row?.versions) !== JSON.stringify(versions);
      if (!row || raise || rewrite || row.defaultLocale !== next.defaultLocale) {
        const changed = [...locales].filter(([locale, { version }]) => row?.versions[locale] !== version);
        await store.keep(
          changed.map(([locale, { version, config }]) => ({ version, site: key, locale, gzip: config.gzip })),
        );
        await write(key, next, raise);
      } else next.publishedAtMs = row.publishedAtMs;
      if (asked?.site === key) asked = null;
      sites.set(key, { facts, locales, defaultLocale: next.defaultLocale, publishedAtMs: next.publishedAtMs });
    }

    if (catalogue.sites.length === 0) {
      // Everything gone at once is an accident, or an import half way: what is live stays.
      for (const [key, row] of rows) {
        const site = published.sites.get(key) ?? (await restoreSite(row));
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
        if (drafts.some((draft) => draft.key === key) || Object.keys(row.versions).length === 0) continue;
        await write(key, { ...row, versions: {} }, true);
      }
    }
    problems = found;
    known = fingerprintOf(seen, generations);
    show({ sites, waiting: new Set(drafts.map(({ key }) => key)) });
  };

  const publish = async (): Promise<void> => {
    const start = performance.now();
    for (let attempt = 1; ; attempt++) {
      dirtySince = null;
      try {
        await publishOnce();
        break;
      } catch (error) {
        dirtySince = Date.now();
        if (!(error instanceof Overtaken) || attempt === ATTEMPTS) throw error;
      }
    }
    restUntil = Date.now() + Math.min(performance.now() - start, LONGEST_REST_MS);
  };

  /** One after the other, outside of the caller's transaction. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = outside.runInAsyncScope(() => running.then(work));
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
      if (failures === 0) strapi.log.warn(`Privacy Desk cannot publish and keeps what is live: ${nameOf(error)}`);
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

  /** Calls `then` after each change of the models: after the commit, if a transaction is open, as nobody sees it before. */
  const watch = (models: string[], then: () => void): void => {
    const after = (): void => {
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
          publicEndpoints(publicPaths(strapi), () => published),
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
      await createTables(strapi);
      show(await answers.assets());
      getService('keys', { strapi }).useIsPublished(async (uid, key) => isPublished(uid, key));
      watch([...CATALOGUE_UIDS], wake);
      // The core store holds Strapi's default locale, among much else: only look whether that is what changed.
      watch(['plugin::i18n.locale', 'strapi::core-store'], () => failures === 0 && schedule(PAUSE_MS));
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
      };
    },

    /**
     * Raises the revision of a category, so that all its visitors are asked again.
     *
     * @throws Error if nothing is published of it, or if the catalogue cannot be published now
     */
    askAgain: (siteKey: string, categoryKey: string): Promise<void> =>
      inTurn(async () => {
        const category = published.sites.get(siteKey)?.facts.categories.get(categoryKey);
        if (!category || category.removed) throw new Error(`Nothing is published of ${categoryKey} on ${siteKey}`);
        asked = { site: siteKey, category: categoryKey };
        try {
          await publish();
          if (asked) throw new Error('The catalogue has problems, so it cannot be published now');
        } finally {
          asked = null;
        }
      }),
  };
};
