import type { Core } from '@strapi/strapi';
import { isCatalogueUid, PLUGIN_ID } from '../constants';
import { getService } from '../get-service';
import { actorOf, type AdminUser } from '../http/actor';
import type { EventChange } from './event';

const OURS = `plugin::${PLUGIN_ID}.`;

type Id = number | string;
type Method = (...parameters: never[]) => Promise<unknown>;
/** What somebody may do by a role or token, as far as it is ours. */
type Held = Map<string, unknown>;

interface AdminPermission {
  action: string;
  subject?: string | null;
  properties?: { fields?: string[] | null } | null;
  conditions?: string[] | null;
}

/** A kind of role or token, and the methods of Strapi's service that change what it allows. */
interface Holders {
  type: string;
  service: string;
  /** Which ones a call changes, before it is made; those that it makes are found by `made`. */
  methods: Record<string, (...parameters: never[]) => Id[]>;
  made: Record<string, (result: unknown, ...parameters: never[]) => Promise<Id | undefined>>;
  name(id: Id): Promise<string | undefined>;
  held(id: Id): Promise<Held>;
}

const heldByAdmins = (permissions: readonly AdminPermission[]): Held =>
  new Map(
    permissions
      .filter(({ action, subject }) => action.startsWith(OURS) || isCatalogueUid(subject ?? ''))
      .map(({ action, subject, properties, conditions }) => {
        const limits = {
          ...(properties?.fields && { fields: [...properties.fields].sort() }),
          ...(conditions?.length && { conditions: [...conditions].sort() }),
        };
        return [subject ? `${action} ${subject}` : action, Object.keys(limits).length > 0 ? limits : true];
      }),
  );

const heldByProgram = (actions: readonly { action: string }[]): Held =>
  new Map(actions.filter(({ action }) => action.startsWith(OURS)).map(({ action }) => [action, true]));

const holdersOf = (strapi: Core.Strapi): Holders[] => {
  const named = async (uid: string, id: Id): Promise<string | undefined> =>
    ((await strapi.db.query(uid).findOne({ where: { id }, select: ['name'] })) as { name: string } | null)?.name;
  const withId = (result: unknown): Promise<Id | undefined> => Promise.resolve((result as { id?: Id } | null)?.id);
  const tokens = (service: string): Holders => ({
    type: 'admin::api-token',
    service,
    methods: { update: (id: Id) => [id], revoke: (id: Id) => [id] },
    made: { create: withId },
    name: (id) => named('admin::api-token', id),
    async held(id) {
      const token = (await strapi.db.query('admin::api-token').findOne({
        where: { id },
        populate: { permissions: true, adminPermissions: true },
      })) as { type?: string; permissions?: { action: string }[]; adminPermissions?: AdminPermission[] } | null;
      // One with full access may do all that there is.
      if (token?.type === 'full-access') return new Map([[`${OURS}*`, true]]);
      return new Map([...heldByProgram(token?.permissions ?? []), ...heldByAdmins(token?.adminPermissions ?? [])]);
    },
  });
  return [
    {
      type: 'admin::role',
      service: 'admin::role',
      methods: { assignPermissions: (id: Id) => [id], deleteByIds: (ids: Id[]) => ids },
      made: {},
      name: (id) => named('admin::role', id),
      held: async (id) =>
        heldByAdmins(await strapi.db.query('admin::permission').findMany({ where: { role: { id } }, limit: 10_000 })),
    },
    {
      type: 'plugin::users-permissions.role',
      service: 'plugin::users-permissions.role',
      methods: { updateRole: (id: Id) => [id], deleteRole: (id: Id) => [id] },
      made: {
        async createRole(_: unknown, { name }: { name: string }) {
          const uid = 'plugin::users-permissions.role';
          return withId(await strapi.db.query(uid).findOne({ where: { name }, orderBy: { id: 'desc' } }));
        },
      },
      name: (id) => named('plugin::users-permissions.role', id),
      held: async (id) =>
        heldByProgram(
          await strapi.db
            .query('plugin::users-permissions.permission')
            .findMany({ where: { role: { id } }, limit: 10_000 }),
        ),
    },
    {
      // An administrator gets what the roles allow.
      type: 'admin::user',
      service: 'admin::user',
      methods: { updateById: (id: Id) => [id], deleteById: (id: Id) => [id], deleteByIds: (ids: Id[]) => ids },
      made: { create: withId },
      async name(id) {
        const user = (await strapi.db.query('admin::user').findOne({ where: { id } })) as AdminUser | null;
        return user ? actorOf(user).name : undefined;
      },
      async held(id) {
        const roles = (await strapi.db.query('admin::role').findMany({
          where: { users: { id } },
          populate: { permissions: true },
        })) as { name: string; permissions: AdminPermission[] }[];
        return new Map(
          roles
            .filter(({ permissions }) => heldByAdmins(permissions).size > 0)
            .map(({ name }) => [`admin::role ${name}`, true]),
        );
      },
    },
    // The same service by two names.
    tokens('admin::api-token'),
    tokens('admin::api-token-content-api'),
    tokens('admin::api-token-admin'),
  ];
};

const changesBetween = (before: Held, after: Held): EventChange[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((field) => ({ field, before: before.get(field), after: after.get(field), plain: true }));

/**
 * Records what roles and tokens may newly do, or no longer, as far as it is this plugin's: in the transaction in which
 * Strapi changes it. To be called when Strapi's services are there.
 */
export const recordPermissionChanges = (strapi: Core.Strapi): void => {
  const audit = () => getService('audit', { strapi });

  const recorded =
    (holders: Holders, method: Method, before: (...parameters: never[]) => Id[], made?: Holders['made'][string]) =>
    (...parameters: never[]): Promise<unknown> =>
      audit().isRunning()
        ? strapi.db.transaction(async () => {
            const were = new Map<Id, { name: string | undefined; held: Held }>();
            for (const id of before(...parameters))
              were.set(id, { name: await holders.name(id), held: await holders.held(id) });
            const result = await method(...parameters);
            const newOne = await made?.(result, ...parameters);
            if (newOne !== undefined) were.set(newOne, { name: await holders.name(newOne), held: new Map() });
            for (const [id, { name, held }] of were) {
              const changes = changesBetween(held, await holders.held(id));
              if (changes.every(({ before: was, after }) => JSON.stringify(was) === JSON.stringify(after))) continue;
              await audit().record({
                action: 'permission.change',
                target: { type: holders.type, id, label: name },
                changes,
              });
            }
            return result;
          })
        : method(...parameters);

  const services = strapi.get('services');
  for (const holders of holdersOf(strapi)) {
    if (!services.get(holders.service)) continue;
    services.extend(holders.service, ((service: Record<string, Method>) => {
      const wrapped: Record<string, Method> = {};
      for (const [name, ids] of Object.entries(holders.methods))
        if (service[name]) wrapped[name] = recorded(holders, service[name].bind(service), ids);
      for (const [name, made] of Object.entries(holders.made))
        if (service[name]) wrapped[name] = recorded(holders, service[name].bind(service), () => [], made);
      return Object.assign(Object.create(service) as object, service, wrapped);
    }) as never);
  }
};
