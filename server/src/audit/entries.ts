import type { Core } from '@strapi/strapi';
import type { AuditChange, AuditDetails, AuditFilters, AuditPage, AuditQuery, AuditSummary } from '../../../contract';
import { verifyRow } from '../chain/verify-row';
import type { KeyRing } from '../keys/service';
import { actorOf, type AdminUser } from '../http/actor';
import { contentOf, ENTRY_COLUMNS, fromDatabase, type EntryRow } from './entry-row';
import { createLookUp, distinct, isRare, readRows, rowsOf, type Narrowed } from './narrow';
import { actorOfRow, namesPerson, targetOfRow, type Keys } from './party';
import type { People } from './people';
import { readAfter, writeAfter, type Place } from './place';
import { AUDIT_TRAIL } from './tables';

const DEFAULT_LIMIT = 25;
/** What is rare is looked for in so many entries at a time; then the page ends, full or not. */
const MOST_LOOKED_AT = 20_000;
const MOST_ADMINS = 500;

const reader = { trail: AUDIT_TRAIL, columns: ENTRY_COLUMNS, fromDatabase, contentOf };

export const changesOf = ({ changes }: EntryRow): AuditChange[] => JSON.parse(changes) as AuditChange[];
export const detailOf = ({ detail }: EntryRow): Record<string, unknown> =>
  JSON.parse(detail) as Record<string, unknown>;

/** @param all whether persons are named, too */
export const summaryOf = (row: EntryRow, keys: Keys, all: boolean): AuditSummary => ({
  id: row.id,
  at: new Date(row.recorded_at_ms).toISOString(),
  action: row.action,
  outcome: row.outcome as AuditSummary['outcome'],
  actor: actorOfRow(row, keys, all),
  target: targetOfRow(row, keys, all),
  site: row.site || null,
  fields: changesOf(row).map(({ field }) => field),
  detail: detailOf(row),
});

/** The keys of all whom rows name. */
export const keysOfRows = (people: People, rows: readonly EntryRow[]): Promise<Keys> =>
  people.byRef(rows.flatMap(({ actor_ref, target_ref }) => [actor_ref, target_ref].filter(Boolean)));

/** Finds entries for the admin panel. */
export const createEntries = (strapi: Core.Strapi, keyRing: KeyRing, people: People) => {
  const lookUp = createLookUp(strapi, people);
  const placeOf = ({ recorded_at_ms, id }: EntryRow): Place => ({ recordedAtMs: recorded_at_ms, id });

  /** Where the search for what is rare ends this time; null: there are fewer entries than that. */
  const endOfSearch = async (narrowed: Narrowed, after: Place | null): Promise<Place | null> => {
    const { from, to, actors, targets, request } = narrowed;
    const looked = rowsOf(strapi, { from, to, actors, targets, request }, 'desc', after);
    const [row]: { id: string; recorded_at_ms: number | string }[] = await looked
      .offset(MOST_LOOKED_AT)
      .limit(1)
      .select('id', 'recorded_at_ms');
    return row ? { recordedAtMs: Number(row.recorded_at_ms), id: row.id } : null;
  };

  return {
    /** @param query checked */
    async search({ after: afterText, limit = DEFAULT_LIMIT, ...narrowing }: AuditQuery): Promise<AuditPage> {
      const after = afterText === undefined ? null : readAfter(afterText);
      const narrowed = await lookUp(narrowing);
      const end = isRare(narrowed) ? await endOfSearch(narrowed, after) : null;
      const query = rowsOf(strapi, narrowed, 'desc', after).limit(limit + 1);
      // The end itself was looked at.
      if (end)
        query
          .where('recorded_at_ms', '>=', end.recordedAtMs)
          .where((where) => where.where('recorded_at_ms', '>', end.recordedAtMs).orWhere('id', '>=', end.id));
      const rows = await readRows(query);
      const shown = rows.slice(0, limit);
      const keys = await keysOfRows(people, shown);
      const next = rows.length > limit ? placeOf(shown.at(-1)!) : end;
      return { entries: shown.map((row) => summaryOf(row, keys, false)), next: next && writeAfter(next) };
    },

    /**
     * All that is known of an entry.
     *
     * @returns null: there is no such entry (any more); where it names somebody, whoever reads it is `recorded` by the caller
     */
    async find(id: string): Promise<AuditDetails | null> {
      const [row] = await readRows(rowsOf(strapi, {}, 'desc', null).where({ id }).limit(1));
      if (!row) return null;
      const { request, method, route, segment, seq } = row;
      return {
        ...summaryOf(row, await keysOfRows(people, [row]), true),
        recorded: namesPerson(row),
        changes: changesOf(row),
        request: request || method ? { id: request, method, route } : null,
        chain: {
          segment,
          seq,
          previousHash: row.previous_hash.toString('base64url'),
          hash: row.hash.toString('base64url'),
          ...(await verifyRow<EntryRow>(strapi, keyRing, reader, row)),
        },
      };
    },

    /** What there is to narrow by. */
    async filters(): Promise<AuditFilters> {
      const admins: AdminUser[] = await strapi.db
        .query('admin::user')
        .findMany({ orderBy: { id: 'asc' }, limit: MOST_ADMINS });
      return {
        actions: await distinct(strapi, 'action'),
        targetTypes: await distinct(strapi, 'target_type'),
        admins: admins.map(actorOf).map(({ id, name }) => ({ id: String(id), name })),
      };
    },

    /** Pages of rows, oldest first: a page is read when the one before has been taken. */
    async *pages(narrowing: Parameters<typeof lookUp>[0], pageRows: number): AsyncGenerator<EntryRow[]> {
      const narrowed = await lookUp(narrowing);
      for (let after: Place | null = null; ;) {
        const rows: EntryRow[] = await readRows(rowsOf(strapi, narrowed, 'asc', after).limit(pageRows));
        if (rows.length > 0) yield rows;
        if (rows.length < pageRows) return;
        after = placeOf(rows.at(-1)!);
      }
    },

    keysOf: (rows: readonly EntryRow[]): Promise<Keys> => keysOfRows(people, rows),
  };
};

export type AuditEntries = ReturnType<typeof createEntries>;
