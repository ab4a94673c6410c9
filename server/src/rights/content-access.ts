import type { Core, Modules } from '@strapi/strapi';
import type { EventChange } from '../audit/event';
import { actorOfContext, currentContext } from '../audit/origin';
import { getService } from '../get-service';
import { isEntry } from '../fields/map';

type Middleware = Modules.Documents.Middleware.Middleware;
type Row = Record<string, unknown>;

const actions: Record<string, string> = {
  findOne: 'entry.read',
  create: 'entry.create',
  clone: 'entry.create',
  update: 'entry.update',
  delete: 'entry.delete',
  publish: 'entry.publish',
  unpublish: 'entry.unpublish',
  discardDraft: 'entry.discard',
};

/** An admin has a page of an entry open; what else reads it (a relation's title, a check) tells nobody anything. */
const OPENED = /^\/content-manager\/(collection-types|single-types)\/:model(\/:id)?$/;

/**
 * Records what administrators open and change of content that the personal-data map says is of persons: an entry that is
 * opened, not each list that is turned over. Of values only keyed hashes are kept. What persons and programs do through the
 * site's own API is the site's business.
 */
export const createContentAccess = (strapi: Core.Strapi): Middleware => {
  const audit = () => getService('audit', { strapi });
  /** Requests that have told already what they read. */
  const told = new WeakMap<object, Set<string>>();

  const isToldAlready = (request: object, what: string): boolean => {
    const known = told.get(request) ?? new Set();
    told.set(request, known);
    return known.has(what) || !known.add(what);
  };

  const rowOf = (uid: string, { documentId, locale }: { documentId?: string; locale?: string }): Promise<Row | null> =>
    strapi.db.query(uid).findOne({ where: { documentId, ...(locale && { locale }) }, orderBy: { id: 'asc' } });

  const changesOf = (uid: string, data: Row, before: Row | null, after: Row | null): EventChange[] =>
    Object.keys(data).flatMap((field) => {
      const attribute = strapi.contentTypes[uid as never] as unknown as {
        attributes: Record<string, { type: string }>;
      };
      const type = attribute.attributes[field]?.type;
      if (!type || ['relation', 'media', 'password'].includes(type)) return [];
      // What lies in tables of its own is told by its name.
      if (type === 'component' || type === 'dynamiczone') return [{ field, before: null, after: data[field] }];
      return [{ field, before: before?.[field], after: after?.[field] }];
    });

  const middleware = async (
    context: { uid: string; action: string; params: { documentId?: string; locale?: string; data?: unknown } },
    next: () => Promise<unknown>,
  ): Promise<unknown> => {
    const { uid, params } = context;
    const action = actions[context.action];
    const ctx = action && uid.startsWith('plugin::privacy-desk') === false ? currentContext(strapi) : undefined;
    if (!ctx || actorOfContext(ctx).type !== 'admin' || !audit().isRunning()) return next();
    const reads = action === 'entry.read';
    const route = String((ctx as unknown as { _matchedRoute?: unknown })._matchedRoute ?? '');
    if (reads && (ctx.method !== 'GET' || !OPENED.test(route))) return next();
    if (!(await getService('personalDataMap', { strapi }).holdsPersonalData(uid))) return next();
    if (reads) {
      const result = await next();
      if (!isEntry(result) || isToldAlready(ctx.req, `${uid} ${params.documentId}`)) return result;
      await audit().record({
        action,
        target: { type: uid, id: params.documentId },
        detail: { ...(params.locale && { locale: params.locale }) },
      });
      return result;
    }
    return strapi.db.transaction(async () => {
      const before = params.documentId && action === 'entry.update' ? await rowOf(uid, params) : null;
      const result = await next();
      const documentId = isEntry(result) ? ((result.documentId as string | undefined) ?? params.documentId) : undefined;
      const data = isEntry(params.data) && !action!.endsWith('publish') ? params.data : {};
      const after = Object.keys(data).length > 0 ? await rowOf(uid, { ...params, documentId }) : null;
      await audit().record({
        action: action!,
        target: { type: uid, id: documentId ?? params.documentId },
        detail: { ...(params.locale && { locale: params.locale }) },
        changes: changesOf(uid, data, before, after),
      });
      return result;
    });
  };
  // Strapi's own type says that every middleware returns what every action returns.
  return middleware as unknown as Middleware;
};
