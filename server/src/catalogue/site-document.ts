import type { Core } from '@strapi/strapi';
import type { PanelLocale, SiteRegime, SiteTextKey, Theme } from '../../../contract';
import { SITE_UID } from '../constants';
import { installedLocales } from './installed-locales';
import { lockDocument } from './lock-document';

/** One language's row of a site; what SQL wrote past all rules has any shape. */
export type StoredSite = Partial<Record<SiteTextKey, string | null>> & {
  documentId: string;
  locale: string;
  key: string;
  name?: string | null;
  regime?: SiteRegime;
  origins?: unknown;
  controllerName?: string | null;
  policyUrl?: string | null;
  imprintUrl?: string | null;
  theme?: Theme | null;
};

/** A site as forms edit it. */
export interface SiteDocument {
  documentId: string;
  /** The row that facts are read from: the default locale's, else the oldest. */
  structure: StoredSite;
  rows: ReadonlyMap<string, StoredSite>;
  /** Of Strapi, the default one first. */
  locales: PanelLocale[];
}

/** What to write, by locale. */
export type SiteChanges = Record<string, Record<string, unknown>>;

/** null: there is no such site. */
export const findSite = async (strapi: Core.Strapi, key: string): Promise<SiteDocument | null> => {
  const locales = await installedLocales(strapi);
  const found: StoredSite[] = await strapi.db.query(SITE_UID).findMany({ where: { key }, orderBy: { id: 'asc' } });
  const structure = found.find(({ locale }) => locale === locales[0]!.code) ?? found[0];
  if (!structure) return null;
  const { documentId } = structure;
  const rows = new Map(found.filter((row) => row.documentId === documentId).map((row) => [row.locale, row]));
  return { documentId, structure, rows, locales };
};

/**
 * Changes a site through the document service, so that the catalogue's own rules apply; all languages or none.
 *
 * @param edit says what to write, from what there is now: nobody else changes it meanwhile
 * @returns false if there is no such site
 * @throws what `edit` throws, Strapi's validation error
 */
export const changeSite = async (
  strapi: Core.Strapi,
  key: string,
  edit: (site: SiteDocument) => SiteChanges,
): Promise<boolean> => {
  const known = await findSite(strapi, key);
  if (!known) return false;
  const documents = strapi.documents(SITE_UID as never) as unknown as {
    update(params: { documentId: string; locale: string; data: object }): Promise<unknown>;
  };
  return strapi.db.transaction(async ({ trx }) => {
    await lockDocument(strapi, SITE_UID, known.documentId, trx);
    const site = await findSite(strapi, key);
    if (!site) return false;
    for (const [locale, data] of Object.entries(edit(site)))
      await documents.update({
        documentId: site.documentId,
        locale,
        // A language that it is not in yet needs what every row has.
        data: { ...(!site.rows.has(locale) && { name: site.structure.name }), ...data },
      });
    return true;
  });
};
