import type { Core } from '@strapi/strapi';
import type { Attention, EntryState, Panel, SiteSummary } from '../../../contract';
import { installedLocales } from '../catalogue/installed-locales';
import { PLUGIN_ID, SITE_UID, TRACKING_ITEM_UID, type Action, type CatalogueUid } from '../constants';
import { getService } from '../get-service';
import { completenessOf, type LocaleRow } from '../overview/completeness';

interface StoredEntry extends LocaleRow {
  key: string;
  enabled?: boolean | null;
  sites?: { documentId: string }[];
}

/** What the admin panel shows around its pages: for every page, in the menu, on the homepage, beside the Content Manager's form. */
export const createPanelService = ({ strapi }: { strapi: Core.Strapi }) => {
  const find = async (): Promise<Omit<Panel, 'actions'>> => {
    const locales = await installedLocales(strapi);
    const order = locales.map(({ code }) => code);
    const rows: (SiteSummary & { locale: string })[] = await strapi.db.query(SITE_UID).findMany({
      select: ['documentId', 'key', 'name', 'locale'],
      where: { locale: { $in: order } },
      orderBy: { id: 'asc' },
    });
    rows.sort((a, b) => order.indexOf(a.locale) - order.indexOf(b.locale));
    const sites = new Map<string, SiteSummary>();
    for (const { documentId, key, name } of rows)
      if (!sites.has(documentId)) sites.set(documentId, { documentId, key, name: name || key });
    return { locales, sites: [...sites.values()].sort((a, b) => a.name.localeCompare(b.name)) };
  };

  const statusOf = (siteKey: string) => getService('publishing', { strapi }).status(siteKey);

  return {
    find,

    /** @param actions of the admin user, who is told only of what these let them read */
    async attention(actions: readonly Action[]): Promise<Attention> {
      const { locales, sites } = await find();
      const attention: Attention = { sites: [], unclassified: 0, requests: { overdue: 0, dueSoon: 0 }, count: 0 };
      if (actions.includes(`plugin::${PLUGIN_ID}.overview.read`))
        for (const site of sites) {
          const published = await statusOf(site.key);
          const status = published?.status ?? 'never';
          const problems = published?.problems.length ?? 0;
          attention.sites.push({ ...site, status, problems, publishedAt: published?.publishedAt ?? null });
          if (status !== 'live') attention.count += 1;
        }
      if (actions.includes(`plugin::${PLUGIN_ID}.inventory.read`))
        attention.unclassified = await strapi.db
          .query(TRACKING_ITEM_UID)
          .count({ where: { locale: locales[0]!.code, category: { id: { $null: true } } } });
      if (attention.unclassified > 0) attention.count += 1;
      if (actions.includes(`plugin::${PLUGIN_ID}.requests.read`)) {
        const { overdue, dueSoon } = await getService('dataRequests', { strapi }).inbox().counts();
        attention.requests = { overdue, dueSoon };
        attention.count += overdue + dueSoon;
      }
      return attention;
    },

    /** How an entry stands; null if there is none. */
    async entry(uid: CatalogueUid, documentId: string): Promise<EntryState | null> {
      const { locales, sites } = await find();
      const codes = locales.map(({ code }) => code);
      const isItem = uid === TRACKING_ITEM_UID;
      const found: StoredEntry[] = await strapi.db.query(uid).findMany({
        where: { documentId, locale: { $in: codes } },
        ...(isItem && { populate: { sites: { select: ['documentId'] } } }),
      });
      const rows = found.sort((a, b) => codes.indexOf(a.locale) - codes.indexOf(b.locale));
      const row = rows[0];
      if (!row) return null;
      const chosen = uid === SITE_UID ? [documentId] : (row.sites ?? []).map((site) => site.documentId);
      const concerned = sites.filter((site) => chosen.length === 0 || chosen.includes(site.documentId));
      const published = await Promise.all(concerned.map(({ key }) => statusOf(key)));
      const statuses = published.map((site) => site?.status ?? 'never');
      const problems = published.flatMap((site) => site?.problems ?? []);
      const own = new Map(
        problems
          .filter((problem) => problem.documentId === documentId)
          .map((problem) => [JSON.stringify([problem.locale, problem.field, problem.message]), problem]),
      );
      const byHand = published.some((site) => site?.mode === 'manual');
      const state = statuses.includes('invalid')
        ? 'held-back'
        : statuses.includes('never')
          ? 'never'
          : byHand
            ? 'by-hand'
            : 'live';
      return {
        sites: concerned.map(({ key }) => key),
        state: isItem && row.enabled === false ? 'off' : state,
        problems: [...own.values()],
        missingLocales: completenessOf(rows, codes).missingLocales,
      };
    },
  };
};
