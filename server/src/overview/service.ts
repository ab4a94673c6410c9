import type { Core } from '@strapi/strapi';
import {
  siteTextKeys,
  type CategoryMode,
  type CategorySummary,
  type LocaleCompleteness,
  type Overview,
  type PanelLocale,
  type SiteRegime,
  type TrackingItemSummary,
} from '../../../contract';
import { installedLocales } from '../catalogue/installed-locales';
import { CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID, type CatalogueUid } from '../constants';
import { getService } from '../get-service';
import { completenessOf, type Completeness, type LocaleRow } from './completeness';

interface CatalogueRow extends LocaleRow {
  key: string;
  order?: number | null;
}
interface CategoryRow extends CatalogueRow {
  mode: CategoryMode;
}
interface ItemRow extends CatalogueRow {
  provider?: string | null;
  enabled?: boolean | null;
  category?: { documentId: string } | null;
  sites?: { documentId: string }[];
}
interface SiteRow extends CatalogueRow {
  regime: SiteRegime;
  origins?: unknown;
}

/** A document with the row that its structure is read from, which is the default locale's where there is one. */
interface Entry<Row extends CatalogueRow> extends Completeness {
  row: Row;
}

const byOrder = <Row extends CatalogueRow>(a: Entry<Row>, b: Entry<Row>): number =>
  (a.row.order ?? 0) - (b.row.order ?? 0) || String(a.row.key).localeCompare(String(b.row.key));

/** A JSON column's list; SQL may have written anything there. */
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const entriesOf = <Row extends CatalogueRow>(rows: Row[], locales: PanelLocale[]): Entry<Row>[] => {
  const codes = locales.map(({ code }) => code);
  const documents = new Map<string, Row[]>();
  for (const row of rows) documents.set(row.documentId, [...(documents.get(row.documentId) ?? []), row]);
  return [...documents.values()]
    .map((document) => {
      const sorted = document.toSorted((a, b) => codes.indexOf(a.locale) - codes.indexOf(b.locale));
      return { row: sorted[0]!, ...completenessOf(sorted, codes) };
    })
    .sort(byOrder);
};

/** What the Overview page shows: the catalogue as it stands in the database, beside what is published of it. */
export const createOverviewService = ({ strapi }: { strapi: Core.Strapi }) => {
  // Not the document service: it reads one locale at a time, and a locale that was removed from Strapi is of no interest here.
  const readRows = async <Row extends CatalogueRow>(
    uid: CatalogueUid,
    locales: PanelLocale[],
    select: (keyof Row & string)[],
    populate: Record<string, { select: string[] }> = {},
  ): Promise<Row[]> =>
    strapi.db.query(uid).findMany({
      select: ['id', 'documentId', 'locale', 'key', 'name', ...select],
      where: { locale: { $in: locales.map(({ code }) => code) } },
      populate,
    });

  return {
    /**
     * The overview of one site; null if there is no site with that key.
     *
     * @param siteKey `default`, or else the first site, if it is not given
     */
    async find(siteKey?: string): Promise<Omit<Overview, 'scriptTags' | 'canAskAgain'> | null> {
      const locales = await installedLocales(strapi);
      const [siteRows, categoryRows, itemRows] = await Promise.all([
        readRows<SiteRow>(SITE_UID, locales, ['regime', 'origins', 'policyUrl', 'imprintUrl', ...siteTextKeys]),
        readRows<CategoryRow>(CATEGORY_UID, locales, ['description', 'mode', 'order']),
        readRows<ItemRow>(TRACKING_ITEM_UID, locales, ['description', 'provider', 'storage', 'enabled', 'order'], {
          category: { select: ['documentId'] },
          sites: { select: ['documentId'] },
        }),
      ]);
      const sites = entriesOf(siteRows, locales);
      const site = siteKey
        ? sites.find(({ row }) => row.key === siteKey)
        : (sites.find(({ row }) => row.key === 'default') ?? sites[0]);
      if (siteKey && !site) return null;

      const categories = entriesOf(categoryRows, locales);
      const items = entriesOf(itemRows, locales).filter(
        ({ row }) => !row.sites?.length || row.sites.some(({ documentId }) => documentId === site?.row.documentId),
      );
      // Without a site in the catalogue what was live stays so, and publishing knows why.
      const published = await getService('publishing', { strapi }).status(site?.row.key ?? 'default');

      const keyOf = new Map(categories.map(({ row }) => [row.documentId, row.key]));
      const summaries = items.map(({ row, missingLocales }): TrackingItemSummary => ({
        documentId: row.documentId,
        key: row.key,
        name: row.name ?? row.key,
        categoryKey: keyOf.get(row.category?.documentId ?? '') ?? null,
        provider: row.provider ?? null,
        storageEntries: listOf(row.storage).length,
        enabled: row.enabled !== false,
        missingLocales,
      }));
      const shown = [...(site ? [site] : []), ...categories, ...items.filter(({ row }) => row.enabled !== false)];
      return {
        sites: sites.map(({ row: { documentId, key, name } }) => ({ documentId, key, name: name ?? key })),
        site: site
          ? {
              documentId: site.row.documentId,
              key: site.row.key,
              name: site.row.name ?? site.row.key,
              regime: site.row.regime,
              origins: listOf(site.row.origins).filter((origin) => typeof origin === 'string'),
            }
          : null,
        publishing: {
          status: published?.status ?? 'never',
          version: published?.version ?? null,
          publishedAt: published?.publishedAt ?? null,
          problems: published?.problems ?? [],
        },
        locales: locales.map((locale): LocaleCompleteness => ({
          ...locale,
          translated: shown.reduce((sum, { translated }) => sum + translated[locale.code]!, 0),
          total: shown.reduce((sum, { total }) => sum + total, 0),
        })),
        categories: categories.map(({ row, missingLocales }): CategorySummary => ({
          documentId: row.documentId,
          key: row.key,
          name: row.name ?? row.key,
          mode: row.mode,
          revision: published?.revisions[row.key] ?? null,
          items: summaries.filter(({ categoryKey }) => categoryKey === row.key).length,
          missingLocales,
        })),
        items: summaries,
      };
    },
  };
};
