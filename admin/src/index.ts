import { Database, Shield } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';
import { KeepRefusedEdits } from './components/KeepRefusedEdits';
import { encryptedFields } from './inside-strapi/encryptedFields';
import { MenuIcon } from './inside-strapi/MenuIcon';
import { sidePanel } from './inside-strapi/sidePanel';
import { PLUGIN_ID } from './pluginId';

/** What of the Content Manager's plugin API we use. */
interface ContentManagerApis extends Record<string, unknown> {
  addEditViewSidePanel: (panels: (typeof sidePanel)[]) => void;
}

/** What Strapi's admin panel loads at its start: names only, everything else comes when it is opened. */
export default {
  register(app: StrapiApp): void {
    app.registerPlugin({ id: PLUGIN_ID, name: 'Privacy Desk' });
    app.addMenuLink({
      to: `plugins/${PLUGIN_ID}`,
      icon: MenuIcon,
      intlLabel: { id: `${PLUGIN_ID}.plugin.name`, defaultMessage: 'Privacy Desk' },
      // Whoever may read one of the pages.
      permissions: [
        'overview.read',
        'overview.set-up',
        'inventory.read',
        'translations.read',
        'appearance.read',
        'publishing.read',
        'install.read',
        'ledger.statistics',
        'ledger.records',
        'ledger.export',
        'personal-data.read',
        'personal-data.export',
        'personal-data.erase',
        'requests.read',
        'requests.templates',
        'audit.read',
        'audit.export',
      ].map((action) => ({ action: `plugin::${PLUGIN_ID}.${action}`, subject: null })),
      Component: () => import('./shell'),
    });
    app.createSettingSection(
      { id: PLUGIN_ID, intlLabel: { id: `${PLUGIN_ID}.plugin.name`, defaultMessage: 'Privacy Desk' } },
      [
        {
          id: `${PLUGIN_ID}-configuration`,
          to: PLUGIN_ID,
          intlLabel: { id: `${PLUGIN_ID}.settings.link`, defaultMessage: 'Configuration' },
          permissions: [{ action: `plugin::${PLUGIN_ID}.settings.read`, subject: null }],
          Component: () => import('./settings'),
        },
      ],
    );
    app.widgets.register({
      id: 'attention',
      pluginId: PLUGIN_ID,
      icon: Shield,
      title: { id: `${PLUGIN_ID}.widget.title`, defaultMessage: 'Privacy Desk' },
      link: {
        label: { id: `${PLUGIN_ID}.widget.link`, defaultMessage: 'Open' },
        href: `/plugins/${PLUGIN_ID}`,
      },
      permissions: [{ action: `plugin::${PLUGIN_ID}.overview.read`, subject: null }],
      component: () => import('./inside-strapi/HomepageWidget').then((file) => file.default),
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
    app.customFields.register(encryptedFields);
  },

  bootstrap(app: Pick<StrapiApp, 'getPlugin'>): void {
    const contentManager = app.getPlugin('content-manager');
    (contentManager?.apis as ContentManagerApis | undefined)?.addEditViewSidePanel([sidePanel]);
    contentManager?.injectComponent('editView', 'right-links', {
      name: `${PLUGIN_ID}.keep-refused-edits`,
      Component: KeepRefusedEdits,
    });
  },

  /** Only what Strapi shows by itself: see texts/DeskTexts.tsx. */
  registerTrads({ locales }: { locales: string[] }): Promise<{ data: Record<string, string>; locale: string }[]> {
    return Promise.all(
      locales.map(async (locale) => {
        const texts: Record<string, string> = await import(`./translations/menu/${locale}.json`).then(
          (file) => file.default,
          () => ({}), // a language we do not speak: Strapi shows the English texts
        );
        const prefixed = Object.entries(texts).map(([key, text]) => [`${PLUGIN_ID}.${key}`, text]);
        return { data: Object.fromEntries(prefixed), locale };
      }),
    );
  },
};
