import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { Publication } from '../../../contract';
import { PUBLICATIONS } from './tables';

/** A publication as the history keeps it. */
export interface NewPublication extends Omit<Publication, 'number' | 'publishedAt'> {
  site: string;
  publishedAtMs: number;
}

interface Stored {
  number: number;
  published_at_ms: number | string;
  kind: Publication['kind'];
  actors: string;
  note: string;
  default_locale: string;
  versions: string;
  details: string;
}

type Details = Pick<Publication, 'rolledBackTo' | 'askedAgain' | 'acknowledged'>;

const fromStored = (row: Stored): Publication => ({
  number: Number(row.number),
  publishedAt: new Date(Number(row.published_at_ms)).toISOString(),
  kind: row.kind,
  actors: JSON.parse(row.actors) as Publication['actors'],
  note: row.note,
  defaultLocale: row.default_locale,
  versions: JSON.parse(row.versions) as Publication['versions'],
  ...(JSON.parse(row.details) as Details),
});

const toStored = ({ site, publishedAtMs, kind, actors, note, defaultLocale, versions, ...rest }: NewPublication) => {
  const { rolledBackTo, askedAgain, acknowledged }: Details = rest;
  return {
    site,
    published_at_ms: publishedAtMs,
    kind,
    actors: JSON.stringify(actors),
    note,
    default_locale: defaultLocale,
    versions: JSON.stringify(versions),
    details: JSON.stringify({ rolledBackTo, askedAgain, acknowledged } satisfies Details),
  };
};

/** Adds to the history. The caller's transaction has locked the site's live row, so no two take the same number. */
export const insertPublication = async (
  strapi: Core.Strapi,
  publication: NewPublication,
  transaction: Knex.Transaction,
): Promise<void> => {
  const table = () => strapi.db.getConnection(PUBLICATIONS).transacting(transaction);
  const [highest]: { last: number | null }[] = await table().where({ site: publication.site }).max({ last: 'number' });
  await table().insert({ ...toStored(publication), number: Number(highest?.last ?? 0) + 1 });
};

/** Begins a site's history with what is live; does nothing where there is one. */
export const insertFirstPublication = async (
  strapi: Core.Strapi,
  publication: Pick<NewPublication, 'site' | 'versions' | 'defaultLocale' | 'publishedAtMs'>,
): Promise<void> => {
  await strapi.db
    .getConnection(PUBLICATIONS)
    .insert({
      ...toStored({
        ...publication,
        kind: 'automatic',
        actors: [],
        note: '',
        rolledBackTo: null,
        askedAgain: {},
        acknowledged: [],
      }),
      number: 1,
    })
    .onConflict(['site', 'number'])
    .ignore();
};

/** What went live of each site, for reading. */
export const createPublications = (strapi: Core.Strapi) => {
  const table = () => strapi.db.getConnection(PUBLICATIONS);
  return {
    /** null: nothing was published of the site. */
    async last(site: string): Promise<Publication | null> {
      const [row]: Stored[] = await table().where({ site }).orderBy('number', 'desc').limit(1).select('*');
      return row ? fromStored(row) : null;
    },

    /** null: there is no such publication. */
    async find(site: string, number: number): Promise<Publication | null> {
      const [row]: Stored[] = await table().where({ site, number }).select('*');
      return row ? fromStored(row) : null;
    },

    /** Newest first. */
    async page(site: string, page: number, pageSize: number): Promise<{ publications: Publication[]; total: number }> {
      const [counted]: { total: number | string }[] = await table().where({ site }).count({ total: '*' });
      const rows: Stored[] = await table()
        .where({ site })
        .orderBy('number', 'desc')
        .offset((page - 1) * pageSize)
        .limit(pageSize)
        .select('*');
      return { publications: rows.map(fromStored), total: Number(counted?.total ?? 0) };
    },
  };
};
