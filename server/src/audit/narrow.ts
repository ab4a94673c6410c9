import type { Core } from '@strapi/strapi';
import type { AuditActorType, AuditNarrowing } from '../../../contract';
import { ENTRY_COLUMNS, fromDatabase, type EntryRow } from './entry-row';
import { actorTypeOf } from './event';
import type { People } from './people';
import type { Place } from './place';
import { ENTRIES } from './tables';

const USER_UID = 'plugin::users-permissions.user';
const REF = /^[\w-]{22}$/;

/** Each value once, with one look into an index per value, however many rows there are. */
export const distinct = async (strapi: Core.Strapi, column: 'action' | 'target_type'): Promise<string[]> => {
  const found: string[] = [];
  for (let after = ''; ;) {
    const [row]: Record<string, string>[] = await strapi.db
      .getConnection(ENTRIES)
      .where(column, '>', after)
      .orderBy(column)
      .limit(1)
      .select(column);
    if (!row) return found;
    found.push((after = row[column]!));
  }
};

/** The conditions that rows are read by; names are looked up as references first. */
export interface Narrowed extends Omit<AuditNarrowing, 'actor' | 'target'> {
  actors?: readonly string[];
  targets?: readonly string[];
}

/** Looks up whom a narrowing names, by the keyed hashes that the references are kept under. */
export const createLookUp = (strapi: Core.Strapi, people: People) => {
  const actorsOf = (actor: string): Promise<string[]> => {
    if (REF.test(actor)) return people.refsLike(actor);
    const [type = '', ...id] = actor.split(':');
    return people.refsOf([people.hashOf(actorTypeOf(type as AuditActorType), id.join(':'))]);
  };

  const targetsOf = async (target: string, type: string | undefined): Promise<string[]> => {
    if (REF.test(target)) {
      const refs = await people.refsLike(target);
      if (refs.length > 0) return refs;
    }
    const types = type === undefined ? await distinct(strapi, 'target_type') : [type];
    const hashes = types.flatMap((each) => [target, target.toLowerCase()].map((text) => people.hashOf(each, text)));
    if (target.includes('@') && strapi.contentTypes[USER_UID as never]) {
      const users: { documentId: string }[] = await strapi.db
        .query(USER_UID)
        .findMany({ where: { email: { $eqi: target } }, select: ['documentId'] });
      hashes.push(...users.map(({ documentId }) => people.hashOf(USER_UID, documentId)));
    }
    return people.refsOf(hashes);
  };

  return async ({ actor, target, ...rest }: AuditNarrowing): Promise<Narrowed> => ({
    ...rest,
    ...(actor !== undefined && { actors: await actorsOf(actor) }),
    ...(target !== undefined && { targets: await targetsOf(target, rest.targetType) }),
  });
};

/** What is not in an index with the time: an entry that has it may be far away. */
export const isRare = ({ actorType, site, outcome, action, targetType, targets }: Narrowed): boolean =>
  [actorType, site, outcome].some((value) => value !== undefined) ||
  (action !== undefined && !action.includes('.')) ||
  (targetType !== undefined && targets !== undefined);

type Order = 'asc' | 'desc';

/** Rows in the order of their time. */
export const rowsOf = (strapi: Core.Strapi, narrowed: Narrowed, order: Order, beyond: Place | null) => {
  const { from, to, action, actorType, actors, targetType, targets, site, outcome, request } = narrowed;
  const query = strapi.db.getConnection(ENTRIES).orderBy('recorded_at_ms', order).orderBy('id', order);
  if (from !== undefined) query.where('recorded_at_ms', '>=', Date.parse(from));
  if (to !== undefined) query.where('recorded_at_ms', '<', Date.parse(to));
  if (action?.includes('.')) query.where({ action });
  // Of what begins with the word and a dot: a range, as an index is ordered.
  else if (action !== undefined) query.where('action', '>=', `${action}.`).where('action', '<', `${action}/`);
  if (actorType !== undefined) query.where({ actor_type: actorType });
  if (actors) query.whereIn('actor_ref', actors);
  if (targetType !== undefined) query.where({ target_type: targetType });
  if (targets) query.whereIn('target_ref', targets);
  if (site !== undefined) query.where({ site });
  if (outcome !== undefined) query.where({ outcome });
  if (request !== undefined) query.where({ request });
  if (beyond) {
    const [than, { recordedAtMs, id }] = [order === 'asc' ? '>' : '<', beyond];
    query
      .where('recorded_at_ms', `${than}=`, recordedAtMs)
      .where((where) => where.where('recorded_at_ms', than, recordedAtMs).orWhere('id', than, id));
  }
  return query;
};

export const readRows = async (query: ReturnType<typeof rowsOf>): Promise<EntryRow[]> =>
  ((await query.select([...ENTRY_COLUMNS])) as EntryRow[]).map(fromDatabase);
