import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { RegimeRules } from '../../../contract';
import type { AuditEvent } from '../audit/event';
import { breathe } from '../breathe';
import { getService } from '../get-service';
import { insertFirstPublication, insertPublication, type NewPublication } from './publications';
import type { LiveFacts } from './revisions';
import { CONFIG_VERSIONS, LIVE_SITES, PUBLISHING_MODES } from './tables';

/** What is live of a site. */
export interface LiveRow {
  /** Raised with every change of the facts. */
  generation: number;
  facts: LiveFacts;
  /** The facts as they are stored: two states are the same if these are. */
  factsJson: string;
  /** Config version by locale, and of a site that goes by country by `<locale>;<regime>` too; empty once the site was removed. */
  versions: Record<string, string>;
  defaultLocale: string;
  publishedAtMs: number;
}

interface Stored {
  site: string;
  generation: number | string;
  facts: string;
  versions: string;
  default_locale: string;
  published_at_ms: number | string;
}

/** What the history tells of a publication, beside what the live row says. */
export type PublicationNote = Omit<NewPublication, 'site' | 'versions' | 'defaultLocale' | 'publishedAtMs'>;

/** Who has something published, and with which request. */
export type PublishingCause = Pick<AuditEvent, 'actor' | 'request'>;

/** A consent config to keep for good. */
export interface ConfigVersion {
  version: string;
  site: string;
  locale: string;
  /** gzip of its JSON. */
  gzip: Buffer;
}

const fromStored = ({ generation, facts, versions, default_locale, published_at_ms }: Stored): LiveRow => {
  const { categories, items, regimeRules } = JSON.parse(facts) as Record<
    'categories' | 'items',
    Record<string, never>
  > & {
    regimeRules?: RegimeRules;
  };
  return {
    generation: Number(generation),
    facts: {
      categories: new Map(Object.entries(categories)),
      items: new Map(Object.entries(items)),
      ...(regimeRules && { regimeRules }),
    },
    factsJson: facts,
    versions: JSON.parse(versions) as Record<string, string>,
    defaultLocale: default_locale,
    publishedAtMs: Number(published_at_ms),
  };
};

/** JSON in which the facts are stored. */
export const writeFacts = ({ categories, items, regimeRules }: LiveFacts): string =>
  JSON.stringify({ categories: Object.fromEntries(categories), items: Object.fromEntries(items), regimeRules });

const toStored = ({ factsJson, versions, defaultLocale, publishedAtMs }: Omit<LiveRow, 'generation' | 'facts'>) => ({
  facts: factsJson,
  versions: JSON.stringify(versions),
  default_locale: defaultLocale,
  published_at_ms: publishedAtMs,
});

/** The row of a site of which nothing is live: never published, or removed. */
const NOTHING_LIVE = toStored({
  factsJson: writeFacts({ categories: new Map(), items: new Map() }),
  versions: {},
  defaultLocale: '',
  publishedAtMs: 0,
});

/** The published state in the database, shared by all instances. Knex without `strapi.db.query`: it joins nobody's transaction. */
export const createLiveStore = (strapi: Core.Strapi, causeOf: () => PublishingCause | null = () => null) => {
  const audit = (event: AuditEvent, transaction: Knex.Transaction): Promise<void> =>
    getService('audit', { strapi }).record({ actor: { type: 'system' }, ...causeOf(), ...event }, transaction);

  const table = (transaction?: Knex.Transaction) => {
    const query = strapi.db.getConnection(LIVE_SITES);
    return transaction ? query.transacting(transaction) : query;
  };
  const modes = (transaction?: Knex.Transaction) => {
    const query = strapi.db.getConnection(PUBLISHING_MODES);
    return transaction ? query.transacting(transaction) : query;
  };
  const setManual = (site: string, transaction: Knex.Transaction) =>
    modes(transaction).insert({ site, mode: 'manual', changed_at_ms: Date.now() }).onConflict('site').ignore();

  return {
    /** Every site's live row, by site key. */
    async read(): Promise<Map<string, LiveRow>> {
      const rows: Stored[] = await table().select('*');
      return new Map(rows.map((row) => [row.site, fromStored(row)]));
    },

    /** Every site's generation, by site key. */
    async readGenerations(): Promise<Map<string, number>> {
      const rows: Pick<Stored, 'site' | 'generation'>[] = await table().select('site', 'generation');
      return new Map(rows.map(({ site, generation }) => [site, Number(generation)]));
    },

    /** Begins the history of what was live before there were histories. Of two instances, one does it. */
    async startHistories(): Promise<void> {
      for (const [site, row] of await this.read()) {
        if (Object.keys(row.versions).length === 0) continue;
        await insertFirstPublication(strapi, { site, ...row });
      }
    },

    /**
     * Keys of the sites that are published by hand. Read after the live rows: a site that becomes one changes its
     * generation, so whoever read its row before cannot write it any more.
     */
    async readManual(): Promise<Set<string>> {
      const rows: { site: string }[] = await modes().where({ mode: 'manual' }).select('site');
      return new Set(rows.map(({ site }) => site));
    },

    /** Switches between publishing by hand and at once; no instance publishes by the old mode after that. */
    setMode: (site: string, manual: boolean): Promise<void> =>
      strapi.db.connection.transaction(async (transaction) => {
        // The site's row is what everybody who publishes waits for, so it comes first, also where there is none yet.
        await table(transaction)
          .insert({ site, generation: 1, ...NOTHING_LIVE })
          .onConflict('site')
          .ignore();
        await table(transaction).where({ site }).increment('generation', 1);
        const [before]: { mode: string }[] = await modes(transaction).where({ site }).select('mode');
        if (manual) await setManual(site, transaction);
        else await modes(transaction).where({ site }).delete();
        const after = manual ? 'manual' : 'auto';
        await audit(
          {
            action: 'publishing.mode',
            site,
            changes: [{ field: 'mode', before: before?.mode ?? 'auto', after, plain: true }],
          },
          transaction,
        );
      }),

    /**
     * Writes a row, and the publication that it is, if the site's facts are still of the given generation (0: there is none yet).
     *
     * @param raise whether the facts changed; what only concerns wording leaves the generation alone, so that instances
     *   of two releases that word it differently do not answer each other for ever
     * @param publication what the history tells of it
     * @param manual whether the site is published by hand from now on
     * @returns whether it was written
     */
    write: (
      site: string,
      row: Omit<LiveRow, 'generation' | 'facts'>,
      generation: number,
      raise: boolean,
      publication: PublicationNote,
      manual = false,
    ): Promise<boolean> =>
      strapi.db.connection.transaction(async (transaction) => {
        const stored = toStored(row);
        if (generation === 0) {
          await table(transaction)
            .insert({ site, generation: 1, ...stored })
            .onConflict('site')
            .ignore();
          const [winner]: Stored[] = await table(transaction).where({ site }).select('*');
          if (winner?.facts !== stored.facts || Number(winner.published_at_ms) !== row.publishedAtMs) return false;
        } else {
          const updated = await table(transaction)
            .where({ site, generation })
            .update({ ...stored, generation: generation + (raise ? 1 : 0) });
          if (Number(updated) !== 1) return false;
        }
        if (manual) await setManual(site, transaction);
        await insertPublication(strapi, { site, ...row, ...publication }, transaction);
        const { kind, rolledBackTo, askedAgain } = publication;
        // What goes live by itself is nobody's doing: who changed the catalogue is told by the entries before.
        const byItself = kind === 'automatic' || kind === 'removal';
        await audit(
          {
            action: `publishing.${kind}`,
            ...(byItself && { actor: { type: 'system' }, request: undefined }),
            site,
            detail: {
              versions: row.versions,
              ...(rolledBackTo !== null && { rolledBackTo }),
              ...(Object.keys(askedAgain).length > 0 && { askedAgain }),
            },
          },
          transaction,
        );
        return true;
      }),

    /** Keeps config versions; the same content is the same version and is kept once. */
    async keep(versions: ConfigVersion[]): Promise<void> {
      for (const { version, site, locale, gzip } of versions) {
        await breathe();
        await strapi.db
          .getConnection(CONFIG_VERSIONS)
          .insert({ version, site, locale, config_gzip: gzip, created_at_ms: Date.now() })
          .onConflict('version')
          .ignore();
      }
    },

    /** gzip of a config's JSON; null if that version is unknown. */
    async readVersion(version: string): Promise<Buffer | null> {
      const [row]: { config_gzip: Buffer }[] = await strapi.db
        .getConnection(CONFIG_VERSIONS)
        .where({ version })
        .select('config_gzip');
      return row?.config_gzip ?? null;
    },
  };
};
