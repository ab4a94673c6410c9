import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import {
  DUE_STATES,
  isDue,
  REQUEST_STATES,
  REQUESTS_PER_PAGE,
  type Actor,
  type RequestCounts,
  type RequestDetails,
  type RequestPage,
  type RequestQuery,
  type RequestState,
  type RequestStatistics,
  type RequestSummary,
} from '../../../../contract';
import { actorOf, type AdminUser } from '../../http/actor';
import { endOfPeriod, EXTENDED_MONTHS } from './deadline';
import { fromDatabase, type RequestRow } from './row';
import { requestStatistics } from './statistics';
import type { RequestStore } from './store';
import { REQUEST_MAILS, REQUESTS } from './tables';

const DAY_MS = 86_400_000;
const HANDLE = 'plugin::privacy-desk.requests.handle';

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** What is needed to find and show requests. */
export interface InboxParts {
  store: RequestStore;
  hashOf: (email: string) => string;
  timeZone: string;
  reminderDays: number;
}

/** What the admin panel reads of data requests. */
export const createInbox = (strapi: Core.Strapi, { store, hashOf, timeZone, reminderDays }: InboxParts) => {
  const table = () => strapi.db.getConnection(REQUESTS);

  const admins = async (ids: readonly (string | null)[]): Promise<Map<string, Actor>> => {
    const wanted = [...new Set(ids.filter((id) => id !== null))];
    if (wanted.length === 0) return new Map();
    const users: AdminUser[] = await strapi.db.query('admin::user').findMany({ where: { id: { $in: wanted } } });
    return new Map(users.map((user) => [String(user.id), actorOf(user)]));
  };

  const unsentOf = async (ids: string[]): Promise<Map<string, number>> => {
    const rows: { request_id: string; count: number | string }[] = ids.length
      ? await strapi.db
          .getConnection(REQUEST_MAILS)
          .whereIn('request_id', ids)
          .whereNull('sent_at_ms')
          .where('attempts', '>', 0)
          .groupBy('request_id')
          .select('request_id')
          .count({ count: 'id' })
      : [];
    return new Map(rows.map(({ request_id, count }) => [request_id, Number(count)]));
  };

  /** Deadlines that somebody is reminded of. */
  const soon = (now: number): [number, number] => [now, now + reminderDays * DAY_MS];

  const overdue = ({ state, due_at_ms }: RequestRow, now: number): boolean => isDue(state) && due_at_ms < now;

  const summaries = async (rows: RequestRow[], now: number): Promise<RequestSummary[]> => {
    const [people, unsent] = await Promise.all([
      admins(rows.map(({ assignee }) => assignee)),
      unsentOf(rows.map(({ id }) => id)),
    ]);
    return rows.map((row) => ({
      id: row.id,
      reference: row.reference,
      site: row.site,
      locale: row.locale,
      type: row.type,
      state: row.state,
      receivedAt: iso(row.received_at_ms)!,
      dueAt: iso(row.due_at_ms)!,
      extended: row.extended_at_ms !== null,
      closedAt: iso(row.closed_at_ms),
      overdue: overdue(row, now),
      assignee: row.assignee === null ? null : (people.get(row.assignee) ?? { id: row.assignee, name: row.assignee }),
      email: store.contentOf(row)?.email ?? null,
      unsentMails: unsent.get(row.id) ?? 0,
    }));
  };

  const narrow = (query: Knex.QueryBuilder, wanted: RequestQuery, now: number): Knex.QueryBuilder => {
    const { states, types, site, assignee, search } = wanted;
    if (states?.length) void query.whereIn('state', states);
    if (types?.length) void query.whereIn('type', types);
    if (site !== undefined) void query.where({ site });
    if (assignee !== undefined) void (assignee === 'none' ? query.whereNull('assignee') : query.where({ assignee }));
    if (wanted.overdue) void query.whereIn('state', DUE_STATES).where('due_at_ms', '<', now);
    if (wanted.dueSoon) void query.whereIn('state', DUE_STATES).whereBetween('due_at_ms', soon(now));
    if (search)
      void (search.includes('@')
        ? query.where({ email_hash: hashOf(search) })
        : query.where({ reference: search.toUpperCase() }));
    return query;
  };

  const count = async (query: Knex.QueryBuilder): Promise<number> => {
    const [row] = (await query.count({ count: 'id' })) as { count: number | string }[];
    return Number(row!.count);
  };

  return {
    /** What has to be answered first comes first, then what was received last. */
    async search(query: RequestQuery, now = Date.now()): Promise<RequestPage> {
      const total = await count(narrow(table(), query, now));
      const due = DUE_STATES.map(() => '?').join(', ');
      const rows: RequestRow[] = await narrow(table(), query, now)
        .orderByRaw(`case when state in (${due}) then due_at_ms end is null`, [...DUE_STATES])
        .orderByRaw(`case when state in (${due}) then due_at_ms end`, [...DUE_STATES])
        .orderBy('received_at_ms', 'desc')
        .orderBy('id')
        .limit(REQUESTS_PER_PAGE)
        .offset(((query.page ?? 1) - 1) * REQUESTS_PER_PAGE)
        .select();
      return { rows: await summaries(rows.map(fromDatabase), now), total };
    },

    async details(id: string, now = Date.now()): Promise<RequestDetails | null> {
      const row = await store.find(id);
      if (!row) return null;
      const [summary] = await summaries([row], now);
      const events = await store.eventsOf(row);
      const people = await admins(events.map(({ actor }) => actor));
      const content = store.contentOf(row);
      return {
        ...summary!,
        version: row.version,
        message: content?.message ?? null,
        confirmedAt: iso(row.confirmed_at_ms),
        hasContent: content !== null,
        others: (await count(table().where({ email_hash: row.email_hash }))) - 1,
        events: events.map(({ at_ms, kind, actor, detail }) => ({
          at: iso(at_ms)!,
          kind,
          actor: actor === null ? null : { id: actor, name: detail?.actor ?? people.get(actor)?.name ?? actor },
          text: detail?.text ?? null,
        })),
        extendable: isDue(row.state) && row.extended_at_ms === null && now <= row.due_at_ms,
        extendedDueAt: iso(endOfPeriod(row.received_at_ms, EXTENDED_MONTHS, timeZone))!,
      };
    },

    async counts(now = Date.now()): Promise<RequestCounts> {
      const rows: { state: RequestState; count: number | string }[] = await table()
        .groupBy('state')
        .select('state')
        .count({ count: 'id' });
      const found = new Map(rows.map(({ state, count: number }) => [state, Number(number)]));
      const due = () => table().whereIn('state', DUE_STATES);
      return {
        states: Object.fromEntries(
          REQUEST_STATES.map((state) => [state, found.get(state) ?? 0]),
        ) as RequestCounts['states'],
        overdue: await count(due().where('due_at_ms', '<', now)),
        dueSoon: await count(due().whereBetween('due_at_ms', soon(now))),
      };
    },

    async statistics(now = Date.now()): Promise<RequestStatistics> {
      const rows: RequestRow[] = await table()
        .whereNotNull('confirmed_at_ms')
        .select('type', 'state', 'received_at_ms', 'due_at_ms', 'closed_at_ms');
      const handled = (state: RequestState): boolean => state === 'answered' || state === 'refused';
      return requestStatistics(
        rows.map(({ type, state, received_at_ms, due_at_ms, closed_at_ms }) => ({
          type,
          receivedAtMs: Number(received_at_ms),
          dueAtMs: Number(due_at_ms),
          handledAtMs: handled(state) ? Number(closed_at_ms) : null,
        })),
        timeZone,
        now,
      );
    },

    /** Admin users who may handle requests. */
    async assignees(): Promise<Actor[]> {
      const users: AdminUser[] = await strapi.db.query('admin::user').findMany({
        where: {
          isActive: true,
          roles: { $or: [{ code: 'strapi-super-admin' }, { permissions: { action: HANDLE } }] },
        },
        orderBy: { id: 'asc' },
      });
      const byId = new Map(users.map((user) => [String(user.id), actorOf(user)]));
      return [...byId.values()].sort((a, b) => a.name.localeCompare(b.name));
    },
  };
};

export type Inbox = ReturnType<typeof createInbox>;
