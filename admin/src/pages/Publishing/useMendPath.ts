import type { Finding } from '../../../../contract';
import { contentManagerPath } from '../../components/contentManagerPath';
import { usePanel } from '../../hooks/usePanel';
import { PLUGIN_ID } from '../../pluginId';

const page = `/plugins/${PLUGIN_ID}`;

/** Where what a finding says about a site is mended; null where the user may not go there. */
export const useMendPath = (site: string) => {
  const { can, sites } = usePanel();
  const entry = sites.find(({ key }) => key === site);
  const below = (path: string, query: Record<string, string>): string =>
    `${page}/${path}?${new URLSearchParams(query)}`;
  return ({ path, category, item, locale, rule }: Finding): string | null => {
    if (rule === 'consents-not-recorded') return null; // the server's config says so
    const [start] = path.split('.');
    if (path.startsWith('site.locales') && locale)
      return can('translations.read') ? below('translations', { locale, missing: 'true' }) : null;
    if (start === 'texts') return can('appearance.read') ? below('appearance', { site }) : null;
    if (item || category || start === 'categories')
      return can('inventory.read') ? below('inventory', item ? { search: item } : {}) : null;
    return entry ? contentManagerPath('site', entry.documentId) : null;
  };
};
