import type { Core } from '@strapi/strapi';
import {
  BY_COUNTRY,
  occurringRegimes,
  siteTextKeys,
  type Appearance,
  type AppearanceForm,
  type AppearanceLocale,
  type AppearanceSave,
  type Regime,
  type RegimeRules,
  type SiteTexts,
  type Theme,
} from '../../../contract';
import { canonicalJson } from '../canonical-json';
import { changeSite, findSite, type SiteChanges, type SiteDocument, type StoredSite } from '../catalogue/site-document';
import { builtInTexts } from '../catalogue/texts';
import { validationError } from '../errors';
import { requireCurrent, versionOf } from '../http/versions';

/** Without what is empty, so that what is the same is written the same. */
const tidy = ({ position, tokens, dark }: Theme): Theme => {
  const filled = (values: Theme['tokens']) =>
    Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value.trim()));
  const [own, byNight] = [filled(tokens), filled(dark)];
  return {
    ...(position && { position }),
    ...(Object.keys(own).length > 0 && { tokens: own }),
    ...(Object.keys(byNight).length > 0 && { dark: byNight }),
  };
};

const textsOf = (row: StoredSite | undefined): SiteTexts =>
  Object.fromEntries(siteTextKeys.flatMap((key) => (row?.[key]?.trim() ? [[key, row[key]]] : [])));

const formOf = ({ structure, rows, locales }: SiteDocument): AppearanceForm => ({
  theme: tidy(structure.theme ?? {}),
  texts: Object.fromEntries(locales.map(({ code }) => [code, textsOf(rows.get(code))])),
});

const regimesOf = ({ structure }: SiteDocument): Regime[] => {
  const { regime = 'as-configured' } = structure;
  if (regime !== BY_COUNTRY) return [regime];
  const rules = (structure as { regimeRules?: RegimeRules | null }).regimeRules;
  return rules ? occurringRegimes(rules) : ['opt-in'];
};

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** What the Appearance page shows and saves. */
export const createAppearanceService = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** null: there is no such site. */
  async find(key: string): Promise<Appearance | null> {
    const site = await findSite(strapi, key);
    if (!site) return null;
    const form = formOf(site);
    return {
      version: versionOf(form),
      form,
      locales: site.locales.map((locale): AppearanceLocale => {
        const { ui, dir } = builtInTexts(locale.code);
        return {
          ...locale,
          dir,
          builtIn: Object.fromEntries(siteTextKeys.map((text) => [text, ui[text]])) as AppearanceLocale['builtIn'],
        };
      }),
      regimes: regimesOf(site),
    };
  },

  /**
   * Saves what differs; false if there is no such site.
   * @throws Strapi's validation error, StaleSave
   */
  save: (key: string, { version, form }: AppearanceSave): Promise<boolean> =>
    changeSite(strapi, key, (site) => {
      const current = formOf(site);
      requireCurrent(version, current);
      const unknown = Object.keys(form.texts).filter((code) => !current.texts[code]);
      if (unknown.length > 0)
        throw validationError(
          strapi,
          unknown.map((code) => ({ path: ['form', 'texts', code], message: 'is no language of Strapi (any more)' })),
        );
      const changes: SiteChanges = {};
      for (const [code, texts] of Object.entries(form.texts)) {
        const differing = siteTextKeys.filter(
          (text) => (texts[text]?.trim() ?? '') !== (current.texts[code]![text]?.trim() ?? ''),
        );
        if (differing.length > 0)
          changes[code] = Object.fromEntries(differing.map((text) => [text, texts[text]?.trim() || null]));
      }
      const theme = tidy(form.theme);
      const { locale } = site.structure;
      if (!same(theme, current.theme)) changes[locale] = { ...changes[locale], theme };
      return changes;
    }),
});
