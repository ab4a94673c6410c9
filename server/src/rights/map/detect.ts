import type { Core } from '@strapi/strapi';
import type { Generator, MapNote, Owner, TypeMapping } from '../../../../contract';
import { ownerPath, ownerProblem } from './check';
import { generatorsFor, misfit } from './generators-that-fit';
import { fieldsOf, modelOf, USER_UID, type Attribute } from './paths';

/**
 * Names that fields with personal data have, in English and in some languages that developers also name fields in; without
 * accents, lower case, words apart. The first that fits is taken.
 */
const NAMES: [Generator, RegExp][] = [
  ['email', /\b(e ?mail|mail address|correo|courriel)\b/],
  ['phone', /\b(phone|mobile|cell|fax|tel|telefon|telephone|telefono|handy|whatsapp)\b/],
  ['ip', /\b(ip|ip address|remote addr(ess)?|client ip|source ip)\b/],
  ['iban', /\b(iban|bank account|account number|kontonummer)\b/],
  ['creditCard', /\b(credit card|card number|pan)\b/],
  [
    'birthdate',
    /\b(birth ?date|birth ?day|date of birth|dob|geburtsdatum|geburtstag|date naissance|fecha nacimiento)\b/,
  ],
  ['firstName', /\b(first ?name|given name|forename|vorname|prenom|nombre)\b/],
  ['lastName', /\b(last ?name|surname|family name|nachname|familienname|nom de famille|apellidos?)\b/],
  ['username', /\b(user ?name|nick ?name|login|screen name|benutzername)\b/],
  [
    'fullName',
    /\b(full name|(customer|contact|author|recipient|billing|shipping|person|sender|patient|member|guest) name)\b/,
  ],
  ['street', /\b(street|address( line)?( \d)?|strasse|rue|calle|via|house number|hausnummer)\b/],
  ['postalCode', /\b(zip( code)?|post(al)? ?code|plz|postleitzahl)\b/],
  ['city', /\b(city|town|ort|stadt|ville|ciudad)\b/],
  ['company', /\b(company( name)?|employer|firma|arbeitgeber)\b/],
  [
    'scramble',
    /\b(ssn|social security|tax (id|number)|vat id|passport|id (card|number)|national id|insurance number|driver licence|license plate|steuernummer)\b/,
  ],
  [
    'redacted',
    /\b(gender|sex|religion|ethnicity|nationality|health|diagnosis|disability|salary|income|marital status)\b/,
  ],
  ['url', /\b(linkedin|facebook|instagram|twitter|homepage|personal website)\b/],
  ['empty', /\b(avatar|portrait|selfie|signature|photo|profile (picture|image))\b/],
];

/** In an entry that is somebody's, these are personal, too. */
const NAMES_IN_OWNED: [Generator, RegExp][] = [
  ['fullName', /\bname\b/],
  ['country', /\b(country|land|pays)\b/],
  [
    'paragraph',
    /\b(message|notes?|comment|text|body|content|description|bio|about|question|answer|feedback|reason|remarks?)\b/,
  ],
  ['empty', /\b(photos?|files?|documents?|attachments?|images?)\b/],
];

const SUBJECT = /\b(subject( id)?|visitor( id)?|consent id)\b/;

/** `shippingAddress_line1` → `shipping address line 1` */
const words = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/(\D)(\d)/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();

const matching = (names: [Generator, RegExp][], name: string): Generator | null =>
  names.find(([, pattern]) => pattern.test(words(name)))?.[0] ?? null;

/** What would take the place of a field's value, if the field looks personal; null: it does not. */
const looksPersonal = (name: string, attribute: Attribute, owned: boolean): Generator | null => {
  if (attribute.type === 'email') return 'email';
  if (attribute.type === 'password' || attribute.type === 'relation' || attribute.type === 'boolean') return null;
  const generator = matching(NAMES, name) ?? (owned ? matching(NAMES_IN_OWNED, name) : null);
  if (generator === null) return null;
  const other: Generator[] = ['empty', 'scramble', 'date', 'number'];
  return [generator, ...other].find((fit) => misfit(fit, attribute) === null) ?? generatorsFor(attribute)[0] ?? null;
};

const TEXTS = ['string', 'text', 'email', 'uid'];

/** Ways that say whose an entry is: within the entry, or one relation further. */
export const possibleOwners = (strapi: Core.Strapi, uid: string): Owner[] => {
  if (uid === USER_UID) return [{ user: '.' }];
  const near = (type: string, prefix: string): Owner[] =>
    [...fieldsOf(strapi, type)].flatMap(({ path, name, attribute }): Owner[] => {
      if (path.includes('[')) return [];
      if (attribute.type === 'relation' && attribute.target === USER_UID) return [{ user: prefix + path }];
      if (!TEXTS.includes(attribute.type)) return [];
      if (attribute.type === 'email' || matching(NAMES, name) === 'email') return [{ email: prefix + path }];
      return SUBJECT.test(words(name)) ? [{ subject: prefix + path }] : [];
    });
  const own = near(uid, '');
  if (own.length > 0) return own;
  return [...fieldsOf(strapi, uid)].flatMap(({ path, attribute: { type, target } }) =>
    type === 'relation' && target && target !== uid && !path.includes('[') && !/^(admin|plugin)::/.test(target)
      ? near(target, `${path}.`)
      : [],
  );
};

/** Every way that can say whose an entry is, within the entry or one relation further; the likely ones first. */
export const ownerChoices = (strapi: Core.Strapi, uid: string): Owner[] => {
  const likely = possibleOwners(strapi, uid);
  const near = (type: string, prefix: string): Owner[] =>
    [...fieldsOf(strapi, type)].flatMap(({ path, attribute: { type: kind, target } }): Owner[] => {
      const whole = prefix + path;
      if (kind === 'relation' && target === USER_UID) return [{ user: whole }];
      return TEXTS.includes(kind) ? [{ email: whole }, { subject: whole }] : [];
    });
  const further = [...fieldsOf(strapi, uid)].flatMap(({ path, attribute: { type, target } }) =>
    type === 'relation' && target && target !== uid && !/^(admin|plugin)::/.test(target)
      ? near(target, `${path}.`)
      : [],
  );
  const known = new Set(likely.map((owner) => JSON.stringify(owner)));
  return [
    ...likely,
    ...[...near(uid, ''), ...further].filter(
      (owner) => !known.has(JSON.stringify(owner)) && ownerProblem(strapi, uid, owner) === null,
    ),
  ];
};

/** Fields that look personal, with the generator that fits best. */
const personalFields = (strapi: Core.Strapi, uid: string, owned: boolean): Record<string, Generator> => {
  const found: Record<string, Generator> = {};
  for (const { path, name, attribute } of fieldsOf(strapi, uid)) {
    const generator = looksPersonal(name, attribute, owned);
    if (generator !== null) found[path] = generator;
  }
  return found;
};

/** A mapping made from the names and types of fields and from relations, for a person to look at; null: nothing looks personal. */
export const proposeMapping = (strapi: Core.Strapi, uid: string): TypeMapping | null => {
  const owners = possibleOwners(strapi, uid);
  const fields = personalFields(strapi, uid, owners.length > 0);
  if (owners.length === 0) return null;
  for (const owner of owners)
    if (!('user' in owner) && modelOf(strapi, uid)?.attributes[ownerPath(owner)])
      fields[ownerPath(owner)] ??= 'email' in owner ? 'email' : 'uuid';
  const only = Object.keys(fields).length === 0;
  return {
    owners,
    purpose: '',
    legalBasis: 'contract',
    retentionDays: null,
    erasure: only ? 'delete' : 'anonymise',
    fields,
  };
};

/** What looks personal and is not mapped. */
export const mapWarnings = (strapi: Core.Strapi, uid: string, mapping: TypeMapping | null): MapNote[] => {
  const owned = mapping !== null || possibleOwners(strapi, uid).length > 0;
  const notes: MapNote[] = Object.keys(personalFields(strapi, uid, owned))
    .filter((path) => !mapping || !Object.hasOwn(mapping.fields, path))
    .map((path) => ({ path, message: 'looks personal and is not mapped' }));
  if (!mapping && notes.length === 0 && owned)
    notes.push({ path: null, message: 'its entries lead to a person, and it is not mapped' });
  return notes;
};
