import type { Core } from '@strapi/types';
import { demoItems, type DemoItem, type DemoStorage } from './items';
import { seedShop } from './shop';

const CATEGORY = 'plugin::privacy-desk.category';
const ITEM = 'plugin::privacy-desk.tracking-item';
const SITE = 'plugin::privacy-desk.site';

const locales = { de: 'German (de)', fr: 'French (fr)', ar: 'Arabic (ar)' };
const texts = ['en', 'de'] as const;

const paragraph = (text: string) => [{ type: 'paragraph' as const, children: [{ type: 'text' as const, text }] }];

const storageRow = (locale: 'en' | 'de', { purpose, ...facts }: DemoStorage) => {
  const row = { match: 'exact', kind: 'cookie', ...facts, purpose: purpose[locale] };
  return { id: `${row.kind}-${row.name}`.replace(/[^\w-]/g, '-'), ...row };
};

/** What is written into a document. An application that generated its types (`strapi ts:generate-types`) has better ones. */
type Data = Record<string, unknown>;

/** The document that has this key, in the default locale. */
const byKey = async (strapi: Core.Strapi, uid: typeof CATEGORY | typeof SITE, key: string): Promise<string> => {
  const found = await strapi.documents(uid).findFirst({ filters: { key } });
  if (!found) throw new Error(`The demo expected ${uid} ${key} to be seeded by the plugin`);
  return found.documentId;
};

const createLocales = async (strapi: Core.Strapi): Promise<void> => {
  const service = strapi.plugin('i18n').service('locales');
  for (const [code, name] of Object.entries(locales))
    if (!(await service.findByCode(code))) await service.create({ code, name });
};

const siteTexts = (en: string, de: string, folder: string): Record<'en' | 'de', Data> => ({
  en: { name: en, policyUrl: `${folder}/privacy/`, imprintUrl: '/imprint/' },
  de: { name: de, policyUrl: folder ? `${folder}/privacy/` : '/de/privacy/', imprintUrl: '/imprint/' },
});

const seedSites = async (strapi: Core.Strapi): Promise<void> => {
  const port = process.env.DEMO_PORT ?? '4000';
  const shared: Data = {
    controllerName: 'Northlight Coffee',
    origins: [`http://localhost:${port}`, `http://127.0.0.1:${port}`],
  };
  const shop = siteTexts('Northlight Coffee', 'Northlight Kaffee', '');
  const documentId = await byKey(strapi, SITE, 'default');
  for (const locale of texts)
    await strapi.documents(SITE).update({ documentId, locale, data: { ...shared, ...shop[locale] } });

  const optIn = siteTexts('Northlight Coffee, opt-in', 'Northlight Kaffee, Opt-in', '/eu');
  const created = await strapi.documents(SITE).create({
    locale: 'en',
    data: { key: 'eu', regime: 'opt-in', ...shared, ...optIn.en },
  });
  await strapi.documents(SITE).update({ documentId: created.documentId, locale: 'de', data: optIn.de });

  // The presets of regimes, as the law stands: docs/regimes.md.
  const regimeRules = {
    rules: [
      { regions: ['eu-eea', 'uk', 'opt-in-elsewhere'], regime: 'opt-in' },
      { regions: ['us-state-laws'], regime: 'opt-out' },
    ],
    unknown: 'opt-in',
    default: 'as-configured',
  };
  const world = siteTexts('Northlight Coffee, by country', 'Northlight Kaffee, nach Land', '');
  const { documentId: worldId } = await strapi.documents(SITE).create({
    locale: 'en',
    data: { key: 'world', regime: 'by-country', regimeRules, ...shared, ...world.en },
  });
  await strapi.documents(SITE).update({ documentId: worldId, locale: 'de', data: world.de });
};

const seedItem = async (strapi: Core.Strapi, item: DemoItem, order: number): Promise<void> => {
  const { key, provider, providerPolicyUrl } = item;
  const category = await byKey(strapi, CATEGORY, item.category);
  const sites = item.site ? [await byKey(strapi, SITE, item.site)] : [];
  const localized = (locale: 'en' | 'de'): Data => ({
    name: item.name[locale],
    description: paragraph(item.description[locale]),
    storage: item.storage.map((row) => storageRow(locale, row)),
    category,
    sites,
  });
  const { documentId } = await strapi.documents(ITEM).create({
    locale: 'en',
    data: { key, provider, providerPolicyUrl, order, enabled: true, ...localized('en') },
  });
  await strapi.documents(ITEM).update({ documentId, locale: 'de', data: localized('de') });
};

/** Fills a fresh database with the demo: locales, three sites, realistic tracking items, a shop with customers. Does nothing on later starts. */
export const seedDemo = async (strapi: Core.Strapi): Promise<void> => {
  const store = strapi.store({ type: 'core', name: 'demo' });
  if (await store.get({ key: 'seeded' })) return;
  await createLocales(strapi);
  await strapi.plugin('privacy-desk').service('seeding').settled();
  await seedSites(strapi);
  for (const [index, item] of demoItems.entries()) await seedItem(strapi, item, index + 1);
  await seedShop(strapi);
  // Else whoever opens the website in the very first second would find it without Privacy Desk.
  await strapi.plugin('privacy-desk').service('publishing').refresh();
  await store.set({ key: 'seeded', value: true });
};
