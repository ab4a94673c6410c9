import { Database, Shield } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';
import { KeepRefusedEdits } from './components/KeepRefusedEdits';
import { PLUGIN_ID } from './pluginId';

/** What Strapi's admin panel loads at its start: names only, everything else comes when it is opened. */
export default {
  register(app: StrapiApp): void {
    app.registerPlugin({ id: PLUGIN_ID, name: 'Privacy Desk' });
    app.addMenuLink({
      to: `plugins/${PLUGIN_ID}`,
      icon: Shield,
      intlLabel: { id: `${PLUGIN_ID}.plugin.name`, defaultMessage: 'Privacy Desk' },
      permissions: [{ action: `plugin::${PLUGIN_ID}.overview.read`, subject: null }],
      Component: () => import('./pages/Overview'),
    });
    app.customFields.register({
      name: 'storage',
      pluginId: PLUGIN_ID,
      type: 'json',
      icon: Database,
      intlLabel: { id: `${PLUGIN_ID}.storage.label`, defaultMessage: 'Storage entries' },
      intlDescription: {
        id: `${PLUGIN_ID}.storage.description`,
        defaultMessage: 'Cookies and other things a service keeps in the browser',
      },
      components: { Input: () => import('./components/StorageField') },
    });
  },

  bootstrap(app: Pick<StrapiApp, 'getPlugin'>): void {
    app.getPlugin('content-manager')?.injectComponent('editView', 'right-links', {
      name: `${PLUGIN_ID}.keep-refused-edits`,
      Component: KeepRefusedEdits,
    });
  },

  registerTrads({ locales }: { locales: string[] }): Promise<{ data: Record<string, string>; locale: string }[]> {
    return Promise.all(
      locales.map(async (locale) => {
        const texts: Record<string, string> = await import(`./translations/${locale}.json`).then(
          (file) => file.default,
          () => ({}), // a language we do not speak: Strapi shows the English texts
        );
        const prefixed = Object.entries(texts).map(([key, text]) => [`${PLUGIN_ID}.${key}`, text]);
        return { data: Object.fromEntries(prefixed), locale };
      }),
    );
  },
};
