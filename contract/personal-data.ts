/** Legal bases of a processing (GDPR, article 6 (1) a–f). */
export const LEGAL_BASES = [
  'consent',
  'contract',
  'legal-obligation',
  'vital-interests',
  'public-task',
  'legitimate-interests',
] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];

/**
 * How an entry tells whose it is; each a path (see `TypeMapping.fields`) that may also lead through relations.
 * `user`: to a relation with a user of users-permissions, or `.` where the entry is the user. `email`: to an e-mail address.
 * `subject`: to the pseudonymous id of a visitor, as the choice cookie holds it.
 */
export type Owner = { user: string } | { email: string } | { subject: string };

/** What takes the place of a personal value: `empty` takes it away, `scramble` keeps its shape, the others make a likely one. */
export const GENERATORS = [
  'empty',
  'redacted',
  'scramble',
  'fullName',
  'firstName',
  'lastName',
  'username',
  'email',
  'phone',
  'street',
  'city',
  'postalCode',
  'country',
  'company',
  'iban',
  'creditCard',
  'birthdate',
  'date',
  'number',
  'uuid',
  'ip',
  'url',
  'sentence',
  'paragraph',
] as const;
export type Generator = (typeof GENERATORS)[number];

/** What erasure and anonymisation do with a personal field: replace its value, or keep it for a reason. */
export type FieldErasure = Generator | { keep: string };

export const ENTRY_ERASURES = ['delete', 'anonymise', 'keep'] as const;
/** What erasure does with an entry. */
export type EntryErasure = (typeof ENTRY_ERASURES)[number];

/** What a content type holds of persons. */
export interface TypeMapping {
  /** An entry is a person's if one of these says so. */
  owners: Owner[];
  /** What the data are for. */
  purpose: string;
  legalBasis: LegalBasis;
  /** Days since an entry was made; null: as long as the account or the business lasts. */
  retentionDays: number | null;
  erasure: EntryErasure;
  /** Why an entry is kept; for `keep` and `anonymise`. */
  reason?: string;
  /**
   * The personal fields by path: `email`, `address.street` (component, repeatable or not),
   * `sections[shop.quote].text` (component of a dynamic zone).
   */
  fields: Record<string, FieldErasure>;
}

/** Where the mapping of a type comes from; those of the config cannot be edited in the panel. */
export type MappingSource = 'built-in' | 'config' | 'admin';

/** Something about a field or a type that a person should look at. */
export interface MapNote {
  /** Path of the field; null: the type as a whole. */
  path: string | null;
  message: string;
}

/** A field that can be mapped, as the editor of the map offers it. */
export interface MappableField {
  path: string;
  /** Strapi's type of the attribute: `string`, `email`, `media` … */
  type: string;
  required: boolean;
  /** Generators that fit it. */
  generators: Generator[];
}

/** A content type, as the personal-data map knows it. */
export interface MapEntry {
  uid: string;
  name: string;
  /** null: nothing is mapped, see `ignored`. */
  source: MappingSource | null;
  /** An admin or the config said: no personal data here. */
  ignored: boolean;
  mapping: TypeMapping | null;
  /** What is wrong: while there is such a thing, nothing is exported or erased. */
  problems: MapNote[];
  /** What looks personal and is not mapped. */
  warnings: MapNote[];
  /** What the detector would map; null: nothing looks personal. */
  proposal: TypeMapping | null;
}

/** Answer of `GET /privacy-desk/personal-data/map`. */
export interface PersonalDataMap {
  types: MapEntry[];
}

/** Answer of `GET /privacy-desk/personal-data/map/:uid`. */
export interface MapEntryDetails extends MapEntry {
  fields: MappableField[];
  /** Ways that can say whose an entry is, the likely ones first. */
  owners: Owner[];
  /** To be sent back with a save. */
  version: string;
}

/** Body of `PUT /privacy-desk/personal-data/map/:uid`; null: no personal data here. `DELETE` takes the decision back. */
export interface MapChange {
  /** What the form was filled with; if that is not what is stored any more, the save is refused (409). */
  version?: string;
  mapping: TypeMapping | null;
}

/** What a 409 says is stored now. */
export interface StoredMapping {
  mapping: TypeMapping | null;
  ignored: boolean;
}
