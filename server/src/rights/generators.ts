import { isIPv6 } from 'node:net';
import type { Generator } from '../../../contract';
import { dateLike } from './generators/dates';
import { scrambledWithin, withTexts } from './generators/nested';
import { cardLike, ibanLike, numberLike, phoneLike } from './generators/numbered';
import type { Random, Randomness } from './generators/randomness';
import { scrambled, token } from './generators/shape';
import { loadStock, type Stock } from './generators/stock';
import type { Attribute } from './map/paths';

export { freshRandomness, keyedRandomness, type Randomness } from './generators/randomness';

/** One value that something else is to take the place of. */
export interface Replaced {
  /** As Strapi's document service has it; JSON as what it stands for. */
  original: unknown;
  attribute: Attribute;
  /** No other original may have this replacement. */
  unique?: boolean | undefined;
  /** Which replacement, if an earlier one could not be used; 0 at first. */
  attempt?: number | undefined;
}

/** What takes the place of a value; null for `empty`. What is not there stays so. */
export type Replace = (generator: Generator, replaced: Replaced) => unknown;

/** Words that stand for something that was taken away. */
export const REDACTED = '[redacted]';

/** As `string` is stored by every database. */
const LONGEST_STRING = 255;
/** Attempts to make something that is not the original and that the attribute's pattern takes. */
const ATTEMPTS = 25;

const TEXTS = ['string', 'text', 'richtext', 'email', 'uid'];

/** `José García` → `jose.garcia`; empty if nothing of it is a Latin letter. */
const latin = (...names: string[]): string =>
  names
    .map((name) =>
      name
        .normalize('NFD')
        .toLowerCase()
        .replace(/[^a-z]/g, ''),
    )
    .filter(Boolean)
    .join('.');

const uuid = (random: Random): string => {
  const hex = (length: number): string =>
    Array.from({ length }, () => Math.floor(random.next() * 16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[Math.floor(random.next() * 4)]}${hex(3)}-${hex(12)}`;
};

/** Addresses that lead to nobody: a private network (RFC 1918) and the one for documentation (RFC 3849). */
const address = (original: string, what: string, randomness: Randomness): string => {
  if (isIPv6(original)) {
    const random = randomness.of(what, original);
    const groups = Array.from({ length: 6 }, () => Math.floor(random.next() * 65_536).toString(16));
    return `2001:db8:${groups.join(':')}`;
  }
  const host = Math.floor(randomness.of(what, original).next() * 2 ** 24);
  return `10.${host >>> 16}.${(host >>> 8) & 255}.${host & 255}`;
};

/** A name that ends with what no other original has, short enough for its place. */
const distinct = (name: string, separator: string, mark: string, longest: number): string => {
  const room = longest - mark.length - separator.length;
  return room < 1 || name === '' ? mark.slice(0, longest) : `${name.slice(0, room)}${separator}${mark}`;
};

const lengthened = (text: string, least: number, random: Random): string =>
  text.length < least ? text + token(random, least - text.length) : text;

/** How the same value is recognised however it is written. */
const normalised = (generator: Generator, original: string): string => {
  if (generator === 'iban' || generator === 'creditCard') return original.replace(/[\s-]/g, '').toUpperCase();
  return original.normalize('NFC').trim().toLowerCase();
};

const textOf = (original: unknown): string =>
  typeof original === 'string' ? original : original instanceof Date ? original.toISOString() : String(original);

const paragraphLike = (original: string, random: Random, stock: Stock): string => {
  let made = stock('sentence', random);
  while (made.length < original.length && made.length < 5000) made += ` ${stock('sentence', random)}`;
  return made;
};

const isMissing = (value: unknown): boolean => value === null || value === undefined || value === '';

/**
 * Makes what takes the place of personal values: the same replacement for the same original if the randomness has a key,
 * wherever it stands.
 *
 * E-mail addresses and links lead to the reserved `example.com` (RFC 2606), IP addresses to nobody; phone numbers keep
 * their country, IBANs and card numbers their country or network, length and right check digits.
 *
 * @param locale language and country of names and places
 */
export const loadReplace = async (locale: string, randomness: Randomness): Promise<Replace> => {
  const stock = await loadStock(locale);

  const text = (generator: Generator, original: string, what: string, { attribute, unique }: Replaced): string => {
    const longest = attribute.maxLength ?? (attribute.type === 'string' ? LONGEST_STRING : Infinity);
    const known = normalised(generator, original);
    const random = randomness.of(what, known);
    /** Others may have the same one, unless that is not allowed. */
    const likely = (value: string): string =>
      unique ? distinct(value, ' ', token(random), longest) : value.slice(0, longest);
    switch (generator) {
      case 'scramble':
        if (attribute.type !== 'email') return scrambled(original, what, randomness);
        return `${scrambled(original.split('@')[0]!, what, randomness)}@example.com`;
      case 'redacted':
        return likely(REDACTED);
      case 'fullName':
        return likely(`${stock('firstName', random)} ${stock('lastName', random)}`);
      case 'firstName':
      case 'lastName':
      case 'city':
      case 'country':
      case 'company':
        return likely(stock(generator, random));
      case 'street':
        return likely(`${stock('street', random)} ${1 + Math.floor(random.next() * 199)}`);
      case 'username':
        return distinct(latin(stock('firstName', random)), '-', token(random), longest);
      case 'email': {
        const name = latin(stock('firstName', random), stock('lastName', random));
        return `${distinct(name, '.', token(random), Math.min(longest, 64) - '@example.com'.length)}@example.com`;
      }
      case 'phone':
        return phoneLike(original, what, randomness);
      case 'postalCode':
        return scrambled(original, what, randomness);
      case 'iban':
        return ibanLike(original, what, randomness);
      case 'creditCard':
        return cardLike(original, what, randomness);
      case 'birthdate':
        return dateLike(original, attribute.type, true, random);
      case 'date':
        return dateLike(original, attribute.type, false, random);
      case 'number':
        return numberLike(original, what, randomness, {});
      case 'uuid':
        return uuid(random);
      case 'ip':
        return address(known, what, randomness);
      case 'url':
        return `https://example.com/${token(random)}`;
      case 'sentence':
        return likely(stock('sentence', random));
      case 'paragraph':
        return likely(paragraphLike(original, random, stock));
      case 'empty':
        return '';
    }
  };

  /** What the attribute's own rules ask for, as far as a text can be brought there. */
  const fitted = (made: string, replaced: Replaced): string => {
    const { maxLength = Infinity, minLength = 0 } = replaced.attribute;
    return lengthened(made.slice(0, maxLength), minLength, randomness.of('longer', made));
  };

  const fittingText = (generator: Generator, original: string, replaced: Replaced): string => {
    const { regex } = replaced.attribute;
    const pattern = regex ? new RegExp(regex) : null;
    const first = replaced.attempt ?? 0;
    let last = '';
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      // In the end something that looks like the original, and so fits where it fitted.
      const used = pattern && attempt >= ATTEMPTS / 2 ? 'scramble' : generator;
      const number = first * ATTEMPTS + attempt;
      const what = number === 0 ? used : `${used} ${number}`;
      last = fitted(text(used, original, what, replaced), replaced);
      if (last !== original && (!pattern || pattern.test(last))) return last;
    }
    return last;
  };

  const number = (original: unknown, { attribute, attempt = 0 }: Replaced): unknown => {
    const written = String(original);
    let made = written;
    for (let count = 0; count < ATTEMPTS && made === written; count++)
      made = numberLike(written, `number ${attempt * ATTEMPTS + count}`, randomness, attribute);
    // Strapi has big integers as texts.
    return typeof original === 'number' ? Number(made) : made;
  };

  return (generator, replaced) => {
    const { original, attribute, attempt = 0 } = replaced;
    if (isMissing(original)) return original;
    if (generator === 'empty') return null;
    if (attribute.type === 'blocks' && generator === 'paragraph')
      return withTexts(original, (part) => fittingText('paragraph', part, { ...replaced, unique: false }));
    if (attribute.type === 'blocks' || attribute.type === 'json')
      return scrambledWithin(original, `scramble ${attempt}`, randomness, attribute.type === 'blocks');
    if (!TEXTS.includes(attribute.type)) {
      if (generator === 'number') return number(original, replaced);
      const value = textOf(original);
      return dateLike(
        original,
        attribute.type,
        generator === 'birthdate',
        randomness.of(`${generator} ${attempt}`, value),
      );
    }
    return fittingText(generator, textOf(original), replaced);
  };
};
