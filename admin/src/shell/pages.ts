import type { ComponentType } from 'react';
import type { Attention } from '../../../contract';
import type { PanelAction } from '../hooks/usePanel';
import type { TextKey } from '../hooks/useText';
import type { LoadTexts } from '../texts/DeskTexts';

/** A page of the panel, in the order of the navigation. docs/development.md says how one is added. */
export interface DeskPageEntry {
  /** Below /plugins/privacy-desk; what follows it is the page's own. Empty for the first page. */
  path: string;
  label: TextKey;
  /** Who has none of these does not see it; every route of the server asks again. */
  actions: PanelAction[];
  /** How many things on it cannot wait; shown in the navigation. */
  urgent?: (attention: Attention) => number;
  /** Not in the navigation: other pages lead there. */
  hidden?: boolean;
  load: () => Promise<{ default: ComponentType }>;
  /** Texts that only this page shows. */
  texts?: LoadTexts;
}

export const pages: DeskPageEntry[] = [
  {
    path: '',
    label: 'nav.overview',
    actions: ['overview.read'],
    load: () => import('../pages/Overview'),
  },
  {
    path: 'inventory',
    label: 'nav.inventory',
    actions: ['inventory.read'],
    load: () => import('../pages/Inventory'),
  },
  {
    path: 'translations',
    label: 'nav.translations',
    actions: ['translations.read'],
    load: () => import('../pages/Translations'),
    texts: (locale) => import(`../translations/translations/${locale}.json`).then((file) => file.default),
  },
  {
    path: 'appearance',
    label: 'nav.appearance',
    actions: ['appearance.read'],
    load: () => import('../pages/Appearance'),
    texts: (locale) => import(`../translations/appearance/${locale}.json`).then((file) => file.default),
  },
  {
    path: 'publishing',
    label: 'nav.publishing',
    actions: ['publishing.read'],
    load: () => import('../pages/Publishing'),
  },
  {
    path: 'ledger',
    label: 'nav.ledger',
    actions: ['ledger.statistics', 'ledger.records', 'ledger.export'],
    load: () => import('../pages/Ledger'),
    texts: (locale) => import(`../translations/ledger/${locale}.json`).then((file) => file.default),
  },
  {
    path: 'requests',
    label: 'nav.requests',
    actions: ['requests.read', 'requests.templates'],
    urgent: ({ requests }) => requests.overdue + requests.dueSoon,
    load: () => import('../pages/DataRequests'),
    texts: (locale) => import(`../translations/data-requests/${locale}.json`).then((file) => file.default),
  },
  {
    path: 'personal-data',
    label: 'nav.personalData',
    actions: ['personal-data.read', 'personal-data.export', 'personal-data.erase'],
    load: () => import('../pages/PersonalData'),
    texts: (locale) => import(`../translations/personal-data/${locale}.json`).then((file) => file.default),
  },
  {
    path: 'audit',
    label: 'nav.audit',
    actions: ['audit.read', 'audit.export'],
    load: () => import('../pages/Audit'),
    texts: (locale) => import(`../translations/audit/${locale}.json`).then((file) => file.default),
  },
  {
    path: 'install',
    label: 'nav.install',
    actions: ['install.read'],
    load: () => import('../pages/Install'),
    texts: (locale) => import(`../translations/install/${locale}.json`).then((file) => file.default),
  },
  {
    path: 'setup',
    label: 'setup.title',
    actions: ['overview.set-up'],
    hidden: true,
    load: () => import('../pages/Setup'),
    texts: (locale) => import(`../translations/setup/${locale}.json`).then((file) => file.default),
  },
];
