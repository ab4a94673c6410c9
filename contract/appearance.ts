import type { PanelLocale } from './admin-api';
import type { ConsentConfig, Regime, Theme } from './consent-config';
import { siteTextKeys, type SiteTextKey, type Texts } from './texts';

/** A site's own words in one language; what is missing or empty is the built-in text. */
export type SiteTexts = Partial<Record<SiteTextKey, string>>;

/** What the Appearance page edits. */
export interface AppearanceForm {
  theme: Theme;
  /** By locale. */
  texts: Record<string, SiteTexts>;
}

/** A language of Strapi's content, with what stands where a site says nothing of its own. */
export interface AppearanceLocale extends PanelLocale {
  dir: 'ltr' | 'rtl';
  /** With their placeholders. */
  builtIn: Record<SiteTextKey, string>;
}

/** Answer of `GET /privacy-desk/sites/:site/appearance` (permission `appearance.read`). */
export interface Appearance {
  /** To be sent back with a save: it is refused with 409 if somebody else has saved in between. */
  version: string;
  form: AppearanceForm;
  /** The default locale first. */
  locales: AppearanceLocale[];
  /** Under which a visitor of the site can be, the strictest first. */
  regimes: Regime[];
}

/** Body of `PUT /privacy-desk/sites/:site/appearance` (permission `appearance.write`); without a version nothing is compared. */
export interface AppearanceSave {
  version?: string;
  form: AppearanceForm;
}

/** Answer of `GET /privacy-desk/sites/:site/appearance/preview?locale=&regime=`: what would be published now, and how its texts are made. */
export interface AppearancePreview {
  config: ConsentConfig;
  /** The texts of the language, with their placeholders. */
  builtIn: Texts;
  /** What stands for the placeholders, but for that of a label that is edited itself. */
  values: Record<string, string>;
}

/**
 * The words of a site in one language: its own over the built-in ones, with the placeholders filled in as far as there are
 * values for them. `{categories}`, `{host}` and `{date}` are left for the client.
 *
 * @param values without `openSettings`, which is the label itself
 */
export const fillTexts = (
  builtIn: Texts,
  own: Partial<Record<SiteTextKey, string | null>>,
  values: Readonly<Record<string, string>>,
): Texts => {
  const texts: Texts = { ...builtIn };
  for (const key of siteTextKeys) texts[key] = own[key]?.trim() || texts[key];
  // Nothing runs until the visitor objects, so there is nothing to say of it.
  if (!values.active) texts.bannerActive = '';
  const all: Record<string, string> = { ...values, openSettings: texts.openSettings };
  for (const key of Object.keys(texts) as (keyof Texts)[])
    texts[key] = texts[key].replace(/\{(\w+)\}/g, (placeholder, name: string) =>
      Object.hasOwn(all, name) ? all[name]! : placeholder,
    );
  return texts;
};

/** What visitors would see with a form that is not saved yet; without texts in it those that are saved. */
export const previewOf = (
  { config, builtIn, values }: AppearancePreview,
  { theme, texts }: Pick<AppearanceForm, 'theme'> & Partial<AppearanceForm>,
): ConsentConfig => ({
  ...config,
  theme,
  ...(texts && { texts: fillTexts(builtIn, texts[config.locale] ?? {}, values) }),
});
