import type { Core } from '@strapi/strapi';
import { CATALOGUE_UIDS, CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID, type CatalogueUid } from '../constants';

/** How a field looks in the edit form: its label, a hint below it, and its width in twelfths. */
interface Field {
  label: string;
  hint?: string;
  width?: number;
}
interface View {
  fields: Record<string, Field>;
  columns: string[];
  sortedBy: string;
}

const KEY_HINT = 'Fixed once published, because websites and visitors’ decisions refer to it.';
const ORDER_HINT = 'Small numbers come first.';
const SIGNALS_HINT = 'What vendors are told by it: ["analytics_storage"]. [] is nothing.';
const BUILT_IN_TEXT = 'Empty: the built-in text of this language.';

const views: Record<CatalogueUid, View> = {
  [CATEGORY_UID]: {
    fields: {
      name: { label: 'Name' },
      key: { label: 'Key', hint: `Capital letters, digits, underscores: STATISTICS. ${KEY_HINT}` },
      description: { label: 'Description', hint: 'What visitors decide on. Images are not allowed.', width: 12 },
      mode: {
        label: 'Mode',
        hint: 'required: always on. opt-out: on until the visitor objects. opt-in: off until the visitor agrees.',
      },
      honoursGpc: {
        label: 'Honours GPC',
        hint: 'Off for visitors whose browser sends Global Privacy Control.',
        width: 3,
      },
      order: { label: 'Order', hint: ORDER_HINT, width: 3 },
      signals: {
        label: 'Vendor signals',
        hint: `${SIGNALS_HINT} Empty: the usual ones of ESSENTIALS, STATISTICS and MARKETING.`,
        width: 12,
      },
    },
    columns: ['name', 'key', 'mode', 'order'],
    sortedBy: 'order',
  },
  [TRACKING_ITEM_UID]: {
    fields: {
      name: { label: 'Name', hint: 'As visitors know it: Google Analytics 4.' },
      key: { label: 'Key', hint: `Small letters, digits, hyphens: google-analytics-4. ${KEY_HINT}` },
      category: { label: 'Category', hint: 'Without one the item is unclassified: off until the visitor agrees.' },
      sites: { label: 'Sites', hint: 'Empty: all sites.' },
      description: { label: 'Description', hint: 'What it is used for. Images are not allowed.', width: 12 },
      provider: { label: 'Provider', hint: 'Who receives the data. Empty: this website itself.' },
      providerPolicyUrl: { label: 'Provider’s privacy policy', hint: 'https://…' },
      storage: {
        label: 'What it stores',
        hint: 'Cookies and everything else that it keeps in, or reads from, the browser.',
        width: 12,
      },
      signals: { label: 'Vendor signals', hint: `${SIGNALS_HINT} Empty: those of its category.`, width: 12 },
      order: { label: 'Order', hint: ORDER_HINT },
      enabled: { label: 'In use', hint: 'Visitors are only told of what is in use.' },
    },
    columns: ['name', 'category', 'provider', 'enabled'],
    sortedBy: 'order',
  },
  [SITE_UID]: {
    fields: {
      name: { label: 'Name' },
      key: { label: 'Key', hint: `What the script tag names: default. ${KEY_HINT}` },
      regime: {
        label: 'Regime',
        hint: 'What applies before a decision. as-configured: each category’s mode. opt-in: all off. opt-out: all on. by-country: the country rules.',
      },
      regimeRules: {
        label: 'Country rules',
        hint: '{"rules": [{"regions": ["eu-eea", "uk"], "regime": "opt-in"}, {"regions": ["US-CA"], "regime": "opt-out"}], "unknown": "opt-in", "default": "as-configured"}',
        width: 12,
      },
      controllerName: { label: 'Controller', hint: 'Who is responsible for the website, as visitors are told.' },
      policyUrl: { label: 'Privacy policy', hint: 'https://… or a path such as /privacy' },
      imprintUrl: { label: 'Legal notice', hint: 'https://… or a path such as /imprint' },
      origins: {
        label: 'Origins',
        hint: 'Where the website runs: ["https://www.example.com"]. Empty: anywhere.',
        width: 12,
      },
      bannerTitle: { label: 'Banner: title', hint: BUILT_IN_TEXT },
      settingsTitle: { label: 'Settings: title', hint: BUILT_IN_TEXT },
      bannerText: {
        label: 'Banner: text',
        hint: `${BUILT_IN_TEXT} {controller}, {purposes} and {openSettings} are filled in.`,
      },
      settingsText: { label: 'Settings: text', hint: BUILT_IN_TEXT },
      acceptAll: { label: 'Button: accept all', hint: BUILT_IN_TEXT },
      rejectAll: { label: 'Button: reject all', hint: BUILT_IN_TEXT },
      openSettings: { label: 'Button: open settings', hint: BUILT_IN_TEXT },
      save: { label: 'Button: save choices', hint: BUILT_IN_TEXT },
      theme: {
        label: 'Theme',
        hint: '{"position": "bottom", "tokens": {"accent": "#0b5fff"}}; values for the custom properties --privacy-desk-…',
        width: 12,
      },
      choiceLifetimeDays: { label: 'Choice is kept for (days)', hint: '1 to 400. Then visitors are asked again.' },
      consentRetentionMonths: {
        label: 'Consents are kept for (months)',
        hint: '1 to 240; then they are removed from the ledger. Never before the choice itself expires.',
      },
      reloadOnWithdrawal: { label: 'Reload after a withdrawal', hint: 'If something optional has already run.' },
      cookieName: { label: 'Cookie: name' },
      cookieDomain: { label: 'Cookie: domain', hint: 'To share a choice between subdomains. Empty: this host only.' },
      signals: {
        label: 'Vendor signals',
        hint: 'Vendors that are told what visitors allow: {"google": true, "meta": true}. Empty: Google Tag Manager’s data layer.',
        width: 12,
      },
    },
    columns: ['name', 'key', 'regime', 'policyUrl'],
    sortedBy: 'name',
  },
};

const FULL_WIDTH = 12;

const inRows = (cells: { name: string; size: number }[]) => {
  const rows: (typeof cells)[] = [];
  let free = 0;
  for (const cell of cells) {
    if (cell.size > free) {
      rows.push([]);
      free = FULL_WIDTH;
    }
    rows.at(-1)!.push(cell);
    free -= cell.size;
  }
  return rows;
};

/** Fields that Strapi gives every type, and that are no part of the form. */
const technical = new Set(['createdAt', 'updatedAt', 'publishedAt', 'firstPublishedAt']);

/**
 * Tells the Content Manager how our types look until somebody configures the view: it reads a schema's `config` when it
 * first meets a type, and for fields that come later. It would not start with a `config` that names fields which an
 * extension has removed or hidden, so such a type gets Strapi's own defaults; fields that were added come last.
 */
export const describeInContentManager = (strapi: Core.Strapi): void => {
  for (const uid of CATALOGUE_UIDS) {
    const { fields, columns, sortedBy } = views[uid];
    const schema: { attributes: Record<string, { visible?: boolean }>; config?: object } = strapi.contentType(uid);
    const shown = Object.keys(schema.attributes).filter(
      (name) => schema.attributes[name]!.visible !== false && !technical.has(name),
    );
    const described = Object.keys(fields);
    if (described.some((name) => !shown.includes(name))) continue;
    const added = shown.filter((name) => !fields[name]);
    schema.config = {
      settings: {
        mainField: 'name',
        defaultSortBy: sortedBy,
        defaultSortOrder: 'ASC',
        bulkable: true,
        filterable: true,
        searchable: true,
        pageSize: 20,
      },
      metadatas: Object.fromEntries(
        Object.entries(fields).map(([name, { label, hint = '' }]) => [
          name,
          { edit: { label, description: hint }, list: { label } },
        ]),
      ),
      layouts: {
        list: columns,
        edit: inRows([
          ...described.map((name) => ({ name, size: fields[name]!.width ?? 6 })),
          ...added.map((name) => ({ name, size: FULL_WIDTH })),
        ]),
      },
    };
  }
};
