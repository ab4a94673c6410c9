/**
 * What `strapi.documents('plugin::privacy-desk.…')` reads and writes; the schemas are in `content-types/`.
 * Not published: a site that wants types generates them with `strapi ts:generate-types`, and two would collide.
 */
import type { Schema, Struct } from '@strapi/strapi';

type Required<Attribute> = Attribute & Schema.Attribute.Required;
type WithDefault<Attribute, Value> = Attribute & Schema.Attribute.DefaultTo<Value>;

interface CatalogueType<SingularName extends string, PluralName extends string> extends Struct.CollectionTypeSchema {
  info: { displayName: string; singularName: SingularName; pluralName: PluralName };
  options: { draftAndPublish: false };
  pluginOptions: { i18n: { localized: true } };
}

type EntryAttributes = {
  key: Required<Schema.Attribute.String>;
  name: Required<Schema.Attribute.String>;
  createdAt: Schema.Attribute.DateTime;
  updatedAt: Schema.Attribute.DateTime;
  publishedAt: Schema.Attribute.DateTime;
  createdBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  updatedBy: Schema.Attribute.Relation<'oneToOne', 'admin::user'> & Schema.Attribute.Private;
  locale: Schema.Attribute.String;
};

export interface PrivacyDeskCategory extends CatalogueType<'category', 'categories'> {
  collectionName: 'privacy_desk_categories';
  attributes: EntryAttributes & {
    description: Schema.Attribute.Blocks;
    mode: WithDefault<Required<Schema.Attribute.Enumeration<['required', 'opt-out', 'opt-in']>>, 'opt-in'>;
    honoursGpc: WithDefault<Schema.Attribute.Boolean, true>;
    signals: Schema.Attribute.JSON;
    order: WithDefault<Schema.Attribute.Integer, 0>;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::privacy-desk.category'>;
  };
}

export interface PrivacyDeskTrackingItem extends CatalogueType<'tracking-item', 'tracking-items'> {
  collectionName: 'privacy_desk_tracking_items';
  attributes: EntryAttributes & {
    description: Schema.Attribute.Blocks;
    category: Schema.Attribute.Relation<'manyToOne', 'plugin::privacy-desk.category'>;
    provider: Schema.Attribute.String;
    providerPolicyUrl: Schema.Attribute.String;
    storage: Schema.Attribute.JSON & Schema.Attribute.CustomField<'plugin::privacy-desk.storage'>;
    signals: Schema.Attribute.JSON;
    sites: Schema.Attribute.Relation<'manyToMany', 'plugin::privacy-desk.site'>;
    order: WithDefault<Schema.Attribute.Integer, 0>;
    enabled: WithDefault<Schema.Attribute.Boolean, true>;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::privacy-desk.tracking-item'>;
  };
}

export interface PrivacyDeskSite extends CatalogueType<'site', 'sites'> {
  collectionName: 'privacy_desk_sites';
  attributes: EntryAttributes & {
    regime: WithDefault<
      Required<Schema.Attribute.Enumeration<['opt-in', 'opt-out', 'as-configured', 'by-country']>>,
      'as-configured'
    >;
    regimeRules: Schema.Attribute.JSON;
    origins: Schema.Attribute.JSON;
    controllerName: Schema.Attribute.String;
    policyUrl: Schema.Attribute.String;
    imprintUrl: Schema.Attribute.String;
    bannerTitle: Schema.Attribute.String;
    bannerText: Schema.Attribute.Text;
    acceptAll: Schema.Attribute.String;
    rejectAll: Schema.Attribute.String;
    openSettings: Schema.Attribute.String;
    settingsTitle: Schema.Attribute.String;
    settingsText: Schema.Attribute.Text;
    save: Schema.Attribute.String;
    theme: Schema.Attribute.JSON;
    choiceLifetimeDays: WithDefault<Required<Schema.Attribute.Integer>, 180>;
    consentRetentionMonths: WithDefault<Schema.Attribute.Integer, 42>;
    cookieName: WithDefault<Required<Schema.Attribute.String>, 'privacy_desk'>;
    cookieDomain: Schema.Attribute.String;
    reloadOnWithdrawal: WithDefault<Schema.Attribute.Boolean, false>;
    signals: Schema.Attribute.JSON;
    localizations: Schema.Attribute.Relation<'oneToMany', 'plugin::privacy-desk.site'>;
  };
}

declare module '@strapi/strapi' {
  export namespace Public {
    export interface ContentTypeSchemas {
      'plugin::privacy-desk.category': PrivacyDeskCategory;
      'plugin::privacy-desk.tracking-item': PrivacyDeskTrackingItem;
      'plugin::privacy-desk.site': PrivacyDeskSite;
    }
  }
}
