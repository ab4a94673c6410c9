import type { Core, Modules } from '@strapi/strapi';
import type { EventChange } from '../audit/event';
import { CATALOGUE_UIDS, isCatalogueUid, SITE_UID, TRACKING_ITEM_UID, type CatalogueUid } from '../constants';
import { getService } from '../get-service';

type Middleware = Modules.Documents.Middleware.Middleware;
type Row = Record<string, unknown> & { documentId: string; locale: string | null; key: string; name: string };

const actions: Record<string, string> = {
  create: 'catalogue.create',
  clone: 'catalogue.create',
  update: 'catalogue.update',
  delete: 'catalogue.delete',
};

const technical = ['createdAt', 'updatedAt', 'publishedAt', 'createdBy', 'updatedBy', 'locale', 'localizations'];
/** May be a natural person. */
const PERSONAL = ['controllerName'];

const related = (value: unknown): unknown => {
  const keys = [value ?? []].flat().map((row) => (row as Row).key);
  return keys.length === 0 ? null : keys.sort().join(', ');
};

/** Records every change to categories, tracking items and sites in the audit trail, in the transaction of the change. */
export const createAuditMiddleware = (strapi: Core.Strapi): Middleware => {
  const rowsOf = (uid: CatalogueUid, documentId: string, locale: string | undefined): Promise<Row[]> =>
    strapi.db.query(uid).findMany({
      where: { documentId, ...(locale && locale !== '*' && { locale }) },
      orderBy: { id: 'asc' },
      ...(uid === TRACKING_ITEM_UID && { populate: { category: { select: ['key'] }, sites: { select: ['key'] } } }),
    });

  const changesOf = (uid: CatalogueUid, before: Row | undefined, after: Row | undefined): EventChange[] =>
    Object.entries(strapi.contentType(uid).attributes)
      .filter(([name]) => !technical.includes(name))
      .map(([field, { type }]) => {
        const valueOf = (row: Row | undefined): unknown => (type === 'relation' ? related(row?.[field]) : row?.[field]);
        return { field, before: valueOf(before), after: valueOf(after), plain: !PERSONAL.includes(field) };
      });

  const middleware = async (
    context: { uid: string; action: string; params: { documentId?: string; locale?: string } },
    next: () => Promise<unknown>,
  ): Promise<unknown> => {
    const { uid, params } = context;
    const action = actions[context.action];
    const audit = getService('audit', { strapi });
    if (!isCatalogueUid(uid) || !action || !audit.isRunning()) return next();
    return strapi.db.transaction(async () => {
      const isNew = action === 'catalogue.create';
      const locale =
        params.locale ?? ((await strapi.plugin('i18n').service('locales').getDefaultLocale()) as string | undefined);
      const localized: boolean = strapi
        .plugin('i18n')
        .service('content-types')
        .isLocalizedContentType(strapi.contentType(uid));
      const wanted = localized ? locale : undefined;
      const before = isNew || !params.documentId ? [] : await rowsOf(uid, params.documentId, wanted);
      const result = await next();
      const documentId = isNew ? (result as { documentId: string }).documentId : params.documentId!;
      const after = await rowsOf(uid, documentId, wanted);
      const [was, is] = [before[0], after[0]];
      const row = is ?? was;
      if (!row) return result;
      await audit.record({
        action,
        target: { type: uid, id: documentId, label: row.name },
        ...(uid === SITE_UID && { site: row.key }),
        detail: { key: row.key, ...(wanted && { locale: wanted }) },
        changes: changesOf(uid, was, is),
      });
      return result;
    });
  };
  // Strapi's own type says that every middleware returns what every action returns.
  return middleware as unknown as Middleware;
};

/** A language that is removed from Strapi takes its translations along, past the document service. */
export const recordRemovedLanguages = (strapi: Core.Strapi): (() => void) =>
  strapi.db.lifecycles.subscribe({
    models: [...CATALOGUE_UIDS],
    async afterDeleteMany({ model, params, result }) {
      const { locale, ...others } = (params.where ?? {}) as Record<string, unknown>;
      const { count } = result as { count?: number };
      const audit = getService('audit', { strapi });
      if (typeof locale !== 'string' || Object.keys(others).length > 0 || !count || !audit.isRunning()) return;
      await audit.record({
        action: 'catalogue.remove-language',
        target: { type: model.uid, label: model.uid },
        detail: { locale, entries: count },
      });
    },
  });
