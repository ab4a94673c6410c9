/** What our three content types have in common. */
export const catalogueType = <
  const Info extends { singularName: string; pluralName: string },
  Attributes extends object,
>(
  collectionName: string,
  info: Info,
  attributes: Attributes,
) => ({
  kind: 'collectionType' as const,
  collectionName,
  info,
  // A draft of one language beside a published row of another would make shared facts differ: see docs/decisions.
  options: { draftAndPublish: false },
  pluginOptions: {
    'content-manager': { visible: true },
    'content-type-builder': { visible: false },
    i18n: { localized: true },
  },
  attributes,
  // `unique` on an attribute is only asked before saving; two saves at once need the database to say no.
  indexes: [
    { name: `${collectionName}_key_locale`, columns: ['key', 'locale'], type: 'unique' as const },
    // Publishing looks for changes of other processes every other second: by this, without reading the rows.
    { name: `${collectionName}_updated_at`, columns: ['updated_at'] },
  ],
});
