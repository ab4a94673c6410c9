import type { Core } from '@strapi/strapi';
import { qualified } from '../../database/own-tables';
import { getService } from '../../get-service';
import { PUBLICATIONS } from '../../publishing/tables';
import { PEOPLE, VERIFICATIONS as AUDIT_VERIFICATIONS } from '../../audit/tables';
import { SUBJECTS, VERIFICATIONS } from '../../ledger/tables';
import { REQUEST_EVENTS, REQUEST_MAILS, REQUESTS } from '../requests/tables';
import { ERASURES, USER_SUBJECTS } from '../tables';
import { metaOf } from './targets';

/** Something that knows of persons and is no content type of the map. */
export interface PersonalStore {
  what: string;
  table: string;
  /** How many rows will be changed or removed. */
  count(): Promise<number>;
  /** Takes the persons out; it may be repeated. */
  clear(): Promise<unknown>;
}

const HISTORY_UID = 'plugin::content-manager.history-version';

interface Publication {
  site: string;
  number: number;
  actors: string;
}

/**
 * What the plugin, and Strapi beside the content types, know of persons. A feature that keeps persons in a table of its own
 * adds it here.
 *
 * @param types uids of the mapped types
 */
export const personalStores = (strapi: Core.Strapi, types: readonly string[], keepAdmins: boolean): PersonalStore[] => {
  const { connection } = strapi.db;
  const rowsOf = (table: string) => connection(qualified(strapi, table));
  const countOf = async (query: ReturnType<typeof rowsOf>): Promise<number> => {
    const [row] = (await query.count({ count: '*' })) as { count: number | string }[];
    return Number(row!.count);
  };
  const stores: PersonalStore[] = [
    {
      what: 'consents: whose they are, and the keys of their personal parts',
      table: SUBJECTS,
      count: () => countOf(rowsOf(SUBJECTS)),
      clear: () => Promise.resolve(rowsOf(SUBJECTS).delete()),
    },
    {
      what: 'audit trail: the keys of names in it',
      table: PEOPLE,
      count: () => countOf(rowsOf(PEOPLE).whereNull('erased_at_ms')),
      clear: () => getService('audit', { strapi }).eraseEveryone(),
    },
  ];
  stores.push(
    {
      what: 'visitors’ ids that users have shown to be theirs',
      table: USER_SUBJECTS,
      count: () => countOf(rowsOf(USER_SUBJECTS)),
      clear: () => Promise.resolve(rowsOf(USER_SUBJECTS).delete()),
    },
    {
      what: 'erasures that were not ended: of whom they are',
      table: ERASURES,
      count: () => countOf(rowsOf(ERASURES).whereNotNull('sealed_work')),
      clear: () => Promise.resolve(rowsOf(ERASURES).whereNotNull('sealed_work').delete()),
    },
  );
  stores.push({
    what: 'data requests: who asked, and what they wrote',
    table: REQUESTS,
    count: () => countOf(rowsOf(REQUESTS)),
    async clear() {
      for (const table of [REQUEST_MAILS, REQUEST_EVENTS, REQUESTS]) await rowsOf(table).delete();
    },
  });
  if (strapi.db.metadata.has(HISTORY_UID)) {
    const { table } = metaOf(strapi, HISTORY_UID);
    const versions = () => rowsOf(table).whereIn('content_type', [...types]);
    stores.push({
      what: 'content history of the mapped types',
      table,
      count: () => countOf(versions()),
      clear: () => Promise.resolve(versions().delete()),
    });
  }
  if (!keepAdmins)
    for (const table of [VERIFICATIONS, AUDIT_VERIFICATIONS])
      stores.push({
        what: 'verifications: who started them',
        table,
        count: () => countOf(rowsOf(table)),
        clear: () => Promise.resolve(rowsOf(table).delete()),
      });
  if (!keepAdmins)
    stores.push({
      what: 'publications: who published',
      table: PUBLICATIONS,
      count: () => countOf(rowsOf(PUBLICATIONS)),
      async clear() {
        const publications: Publication[] = await rowsOf(PUBLICATIONS).select('site', 'number', 'actors');
        for (const { site, number, actors } of publications) {
          const names = (JSON.parse(actors) as { id: unknown }[]).map((actor) => ({
            ...actor,
            name: `Admin ${String(actor.id)}`,
          }));
          await rowsOf(PUBLICATIONS)
            .where({ site, number })
            .update({ actors: JSON.stringify(names) });
        }
      },
    });
  return stores;
};
