import { createHash } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { LeaseLost, takeLease } from '../../database/lease';
import { qualified } from '../../database/own-tables';
import { getService } from '../../get-service';
import { keyedRandomness, loadReplace } from '../generators';
import { USER_UID } from '../map/paths';
import { anAdmin, resetAccounts } from './accounts';
import { createFiles, type FilesMode } from './files';
import type { IdSet } from './ids';
import { checkLeftovers, type CheckReport } from './leftovers/check';
import { createCollector, type Share } from './leftovers/originals';
import type { Replaced } from './leftovers/scan';
import { createProgress, newKey, type RunState } from './progress';
import { databaseName, markProduction, whyProduction } from './production';
import { reachedRows } from './reached-rows';
import { cutRelations } from './relations';
import { replaceRows } from './replace-rows';
import { personalStores } from './stores';
import { allTargets, type Target } from './targets';

/** How a database is anonymised; the same for `plan` and `run`. */
export interface AnonymisationOptions {
  /** The same seed and original have the same replacement; without one, another one each time. To be kept secret. */
  seed?: string | undefined;
  /** Language and country of names and places; the default locale of the site unless given. */
  locale?: string | undefined;
  /** Admins keep their names, addresses and passwords. */
  keepAdmins?: boolean | undefined;
  /** What happens to files of mapped media fields; `remove` unless they lie with a provider other than the local one. */
  files?: FilesMode | undefined;
  /** How many of the originals are looked for afterwards. */
  verify?: Share | 'off' | undefined;
  /** What is found then is replaced, too. */
  scrub?: boolean | undefined;
  /** Password of all accounts afterwards. */
  password: string;
  batchRows?: number | undefined;
  /** Begins anew where a run was interrupted. */
  restart?: boolean | undefined;
}

/** What would be done. */
export interface AnonymisationPlan {
  database: string;
  /** Why it is production; null: nothing says so. */
  production: string | null;
  /** A run was interrupted, and will be gone on with. */
  interrupted: boolean;
  targets: { name: string; table: string; rows: number; fields: { path: string; generator: string }[] }[];
  files: { count: number; provider: string; mode: FilesMode };
  stores: { what: string; rows: number }[];
  rows: number;
}

/** What was done. */
export interface AnonymisationReport {
  rows: number;
  files: { removed: number; failed: number };
  check: CheckReport | null;
  /** E-mail address of an admin to log in as. */
  admin: string | null;
}

/** Something stands in the way, and nothing was done. */
export class AnonymisationRefused extends Error {
  override name = 'AnonymisationRefused';
}

const LEASE = 'anonymise';
const LEASE_MS = 15_000;
const BATCH_ROWS = 2500;
const FILES_STEP = '(files)';

/** Anonymises a whole database by the personal-data map, so that people can develop with what is left. */
export const createAnonymisationService = ({ strapi }: { strapi: Core.Strapi }) => {
  const prepare = async (options: AnonymisationOptions) => {
    const map = await getService('personalDataMap', { strapi }).usable();
    const keepAdmins = options.keepAdmins ?? false;
    const targets = await allTargets(strapi, map, keepAdmins);
    const rows = new Map<Target, IdSet | null>();
    for (const target of targets) rows.set(target, await reachedRows(strapi, target.type, target.steps));
    const media = targets.filter((target) => target.media.length > 0);
    const files = createFiles(
      strapi,
      media.map((target) => ({ target, rows: rows.get(target)! })),
    );
    return {
      map,
      targets,
      rows,
      files,
      filesMode: options.files ?? files.usualMode,
      stores: personalStores(strapi, [...map.keys()], keepAdmins),
      locale: options.locale ?? ((await strapi.plugin('i18n').service('locales').getDefaultLocale()) as string),
    };
  };

  const countRows = async (target: Target, rows: IdSet | null): Promise<number> => {
    if (rows) return rows.size;
    const [row] = await strapi.db.connection(qualified(strapi, target.table)).count({ count: '*' });
    return Number(row!.count);
  };

  /** The run that is gone on with, or a new one. */
  const begin = async (
    progress: ReturnType<typeof createProgress>,
    { seed, restart, verify = 'full' }: AnonymisationOptions,
    plan: string,
  ): Promise<RunState> => {
    const key = seed === undefined ? null : createHash('sha256').update(`privacy-desk seed ${seed}`).digest('base64');
    const interrupted = restart ? null : await progress.interrupted();
    const share = verify === 'off' ? null : verify;
    if (!interrupted) {
      await progress.end();
      const state = { key: key ?? newKey(), plan, share, startedAtMs: Date.now() };
      await progress.begin(state);
      return state;
    }
    if (interrupted.plan !== plan || interrupted.share !== share || (key !== null && key !== interrupted.key))
      throw new AnonymisationRefused(
        'An interrupted run is there that was started with another map, seed or other options. Go on with those, or begin anew with --restart: what was anonymised already is then anonymised again.',
      );
    return interrupted;
  };

  /** Only one at a time; a run that was killed is waited for until its lease ends. */
  const alone = async <Result>(work: (goOn: () => void) => Promise<Result>): Promise<Result> => {
    let lease = await takeLease(strapi, LEASE, LEASE_MS);
    for (
      const end = Date.now() + LEASE_MS + 2000;
      !lease && Date.now() < end;
      lease = await takeLease(strapi, LEASE, LEASE_MS)
    )
      await new Promise((resolve) => setTimeout(resolve, 500));
    if (!lease) throw new AnonymisationRefused('Another process is anonymising this database.');
    const held = lease;
    let lost = false;
    const timer = setInterval(() => {
      held.renew().catch((error) => {
        lost = lost || error instanceof LeaseLost;
      });
    }, LEASE_MS / 4);
    try {
      return await work(() => {
        if (lost) throw new LeaseLost(LEASE);
      });
    } finally {
      clearInterval(timer);
      await held.release().catch(() => {});
    }
  };

  return {
    /** Remembers which database serves production. */
    start: (): Promise<void> => markProduction(strapi),

    /**
     * What `run` would do.
     *
     * @throws Error listing the problems of the personal-data map while there are any
     */
    async plan(options: AnonymisationOptions): Promise<AnonymisationPlan> {
      const { targets, rows, files, filesMode, stores } = await prepare(options);
      const planned = [];
      for (const target of targets)
        planned.push({
          name: target.id,
          table: target.table,
          rows: await countRows(target, rows.get(target)!),
          fields: [
            ...target.columns.map(({ path, generator }) => ({ path, generator: generator as string })),
            ...target.relations.map(({ path }) => ({ path, generator: 'empty' })),
            ...target.media.map((path) => ({ path, generator: 'empty' })),
          ],
        });
      const counted = [];
      for (const { what, count } of stores) counted.push({ what, rows: await count() });
      return {
        database: await databaseName(strapi),
        production: await whyProduction(strapi),
        interrupted: (await createProgress(strapi).interrupted()) !== null,
        targets: planned,
        files: { count: await files.count(), provider: files.provider, mode: filesMode },
        stores: counted,
        rows: planned.reduce((sum, { rows: count, fields }) => sum + (fields.length > 0 ? count : 0), 0),
      };
    },

    /**
     * Anonymises the database, or goes on where a run was interrupted. It does not ask whether this is production: who calls
     * it has to.
     *
     * @param report how many rows of which step are done
     * @throws AnonymisationRefused if another run is in the way
     */
    run(
      options: AnonymisationOptions,
      report: (step: string, rows: number) => void = () => {},
    ): Promise<AnonymisationReport> {
      return alone(async (goOn) => {
        const { map, targets, rows, files, filesMode, stores, locale } = await prepare(options);
        const progress = createProgress(strapi);
        const keepAdmins = options.keepAdmins ?? false;
        const described = JSON.stringify([locale, keepAdmins, filesMode, [...map]]);
        const state = await begin(progress, options, createHash('sha256').update(described).digest('hex'));
        const key = Buffer.from(state.key, 'base64');
        const randomness = keyedRandomness(key);
        const replace = await loadReplace(locale, randomness);
        const collector = state.share ? createCollector(key, state.share) : null;

        // Files first: which they are follows from relations that are still there.
        let removed = { removed: 0, failed: 0 };
        const filesState = await progress.stateOf(FILES_STEP);
        if (!filesState.done) {
          removed = await files.remove(filesMode, (text) => collector?.add({ text, generator: 'scramble' }));
          const done = { lastId: 1, rows: removed.removed, done: removed.failed === 0 };
          await progress.advance(strapi.db.connection, FILES_STEP, done, collector?.take() ?? null);
        }
        const workshop = {
          strapi,
          replace,
          collector,
          progress,
          batchRows: options.batchRows ?? BATCH_ROWS,
          report: (step: string, count: number) => {
            goOn();
            report(step, count);
          },
        };
        let replacedRows = 0;
        for (const target of targets) {
          await replaceRows(workshop, target, rows.get(target)!);
          await cutRelations(strapi, target, rows.get(target)!);
          replacedRows += (await progress.stateOf(target.id)).rows;
        }
        for (const { clear } of stores) await clear();
        await resetAccounts(strapi, options.password, { users: map.has(USER_UID), admins: !keepAdmins });

        let check: CheckReport | null = null;
        if (state.share) {
          const replaced: Replaced = new Map();
          for (const target of targets)
            for (const { column } of target.columns) {
              const columns = replaced.get(target.table) ?? new Map<string, (IdSet | null)[]>();
              replaced.set(target.table, columns);
              columns.set(column, [...(columns.get(column) ?? []), rows.get(target)!]);
            }
          let searched = 0;
          const originals = { count: await progress.countOriginals(), all: progress.originals() };
          check = await checkLeftovers(strapi, key, originals, replaced, {
            scrub: options.scrub ? randomness : null,
            onRows: (_table, count) => {
              goOn();
              report('(check)', (searched += count));
            },
          });
        }
        await progress.end();
        return { rows: replacedRows, files: removed, check, admin: await anAdmin(strapi) };
      });
    },
  };
};

export type AnonymisationService = ReturnType<typeof createAnonymisationService>;
