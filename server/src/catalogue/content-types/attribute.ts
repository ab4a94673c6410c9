/** Attributes whose value is one for all languages, and those with a value per language. Strapi wants to be told either way. */
export const shared = <const Attribute extends object>(attribute: Attribute) => ({
  ...attribute,
  configurable: false as const,
  pluginOptions: { i18n: { localized: false as const } },
});

export const localized = <const Attribute extends object>(attribute: Attribute) => ({
  ...attribute,
  configurable: false as const,
  pluginOptions: { i18n: { localized: true as const } },
});
