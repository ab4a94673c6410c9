import type { Core, Modules } from '@strapi/strapi';
import { isCatalogueUid, TRACKING_ITEM_UID, type CatalogueUid } from '../constants';
import { validationError, type FieldProblem } from '../errors';
import { getService } from '../get-service';
import type { CatalogueRow, ItemRow } from './catalogue-row';
import { identifyStorage, inheritFacts, shareItemFacts, tidyStorage } from './item-facts';
import { adoptTranslation, populateRelations } from './item-relations';
import { isUniqueViolation } from '../database/conflict';
import { catalogueProblems } from './validation';

type Middleware = Modules.Documents.Middleware.Middleware;

/** What the document service is asked to write. */
interface SaveParams {
  documentId?: string;
  locale?: string;
  data?: Record<string, unknown>;
}

const savingActions: readonly string[] = ['create', 'update', 'clone'];

const keyProblem = (message: string): FieldProblem => ({ path: ['key'], message });

/**
 * Watches over every save that goes through the document service: the Content Manager, GraphQL, scripts.
 * It refuses what breaks the rules, and keeps facts equal in all languages, all in one transaction.
 * `strapi.db.query` is left alone: it is Strapi's way around all rules, and publishing looks at what it reads once more.
 */
export const createSaveMiddleware = (strapi: Core.Strapi): Middleware => {
  const locales = () => strapi.plugin('i18n').service('locales');
  const isLocalized = (uid: CatalogueUid): boolean =>
    strapi.plugin('i18n').service('content-types').isLocalizedContentType(strapi.contentType(uid));

  const rowsOf = (uid: CatalogueUid, documentId: string): Promise<CatalogueRow[]> =>
    strapi.db.query(uid).findMany({
      where: { documentId },
      orderBy: { id: 'asc' },
      ...(uid === TRACKING_ITEM_UID && { populate: populateRelations }),
    });

  const keyProblems = async (
    uid: CatalogueUid,
    key: unknown,
    locale: string | null,
    stored?: CatalogueRow,
  ): Promise<FieldProblem[]> => {
    if (typeof key !== 'string' || key === stored?.key) return [];
    if (stored && (await getService('keys', { strapi }).isPublished(uid, stored.key)))
      return [keyProblem(`is fixed, because websites and visitors' decisions refer to ${stored.key}`)];
    const where = { key, ...(stored && { documentId: { $ne: stored.documentId } }) };
    const others: CatalogueRow[] = await strapi.db.query(uid).findMany({ where });
    // Its name as the editor knows it, not that of any language.
    const defaultLocale = others.length > 1 ? await locales().getDefaultLocale() : null;
    const nameIn = (wanted: string | null) => others.find((row) => row.locale === wanted)?.name;
    const name = nameIn(locale) ?? nameIn(defaultLocale) ?? others[0]?.name;
    return others.length > 0 ? [keyProblem(`is already the key of “${name}”`)] : [];
  };

  const save = async (uid: CatalogueUid, action: string, params: SaveParams, next: () => Promise<unknown>) => {
    const data = (params.data ??= {});
    const isItem = uid === TRACKING_ITEM_UID;
    const locale = isLocalized(uid) ? params.locale || (await locales().getDefaultLocale()) : null;
    const known = params.documentId ? await rowsOf(uid, params.documentId) : [];
    // A clone is a document of its own, which must not have the key of the other.
    if (action === 'clone') data.key ??= known[0]?.key;
    const rows = action === 'update' ? known : [];
    const stored = rows.find((row) => row.locale === locale);

    if (isItem) identifyStorage(data, known as ItemRow[]);
    const problems = [
      ...catalogueProblems(uid, data, stored ?? rows[0]),
      ...(await keyProblems(uid, data.key, locale, rows[0])),
    ];
    if (problems.length > 0) throw validationError(strapi, problems);

    if (isItem) tidyStorage(data);
    if (rows.length === 0) return next();
    const { documentId } = rows[0]!;
    if (!isItem) {
      const result = await next();
      if (!stored) await adoptTranslation(strapi, uid, documentId, locale);
      return result;
    }
    let before = stored as ItemRow | undefined;
    if (!before) {
      const defaultLocale = await locales().getDefaultLocale();
      const example = (rows.find((row) => row.locale === defaultLocale) ?? rows[0]) as ItemRow;
      before = { ...example, ...(await inheritFacts(strapi, data, example, locale)) };
    }
    const result = await next();
    const after = (await rowsOf(uid, documentId)) as ItemRow[];
    const saved = after.find((row) => row.locale === locale);
    if (saved)
      await shareItemFacts(
        strapi,
        before,
        saved,
        after.filter((row) => row !== saved),
      );
    return result;
  };

  const middleware = async (
    context: { uid: string; action: string; params: SaveParams },
    next: () => Promise<unknown>,
  ): Promise<unknown> => {
    const { uid, action, params } = context;
    if (!isCatalogueUid(uid) || !savingActions.includes(action)) return next();
    try {
      return await strapi.db.transaction(() => save(uid, action, params, next));
    } catch (error) {
      // Somebody else saved the same key at the same moment.
      if (isUniqueViolation(error)) throw validationError(strapi, [keyProblem('is already the key of another entry')]);
      throw error;
    }
  };
  // Strapi's own type says that every middleware returns what every action returns.
  return middleware as unknown as Middleware;
};
