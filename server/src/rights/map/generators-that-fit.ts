import { GENERATORS, type Generator } from '../../../../contract';
import type { Attribute } from './paths';

const TEXT = ['string', 'text', 'richtext', 'email', 'uid'];
const FREE_TEXT = ['string', 'text', 'richtext'];
const STRUCTURED = ['blocks', 'json'];
const NUMBERS = ['integer', 'biginteger', 'decimal', 'float'];

/** The types of attributes each generator can make a value for. */
const fits: Record<Generator, readonly string[]> = {
  empty: [
    ...TEXT,
    ...STRUCTURED,
    ...NUMBERS,
    'date',
    'datetime',
    'time',
    'timestamp',
    'boolean',
    'enumeration',
    'media',
    'password',
    'relation',
  ],
  redacted: FREE_TEXT,
  scramble: [...TEXT, ...STRUCTURED],
  fullName: FREE_TEXT,
  firstName: FREE_TEXT,
  lastName: FREE_TEXT,
  username: [...FREE_TEXT, 'uid'],
  email: ['email', ...FREE_TEXT],
  phone: FREE_TEXT,
  street: FREE_TEXT,
  city: FREE_TEXT,
  postalCode: FREE_TEXT,
  country: FREE_TEXT,
  company: FREE_TEXT,
  iban: FREE_TEXT,
  creditCard: FREE_TEXT,
  birthdate: ['date', 'datetime', ...FREE_TEXT],
  date: ['date', 'datetime', 'timestamp', ...FREE_TEXT],
  number: [...NUMBERS, ...FREE_TEXT],
  uuid: FREE_TEXT,
  ip: FREE_TEXT,
  url: FREE_TEXT,
  sentence: FREE_TEXT,
  paragraph: [...FREE_TEXT, 'blocks'],
};

/** Why a generator cannot make a value for a field; null: it can. */
export const misfit = (generator: Generator, { type, required, relation }: Attribute): string | null => {
  if (type === 'relation' && relation?.startsWith('morph')) return 'is a polymorphic relation, which cannot be mapped';
  if (!fits[generator].includes(type)) return `“${generator}” does not fit a field of type ${type}`;
  if (generator === 'empty' && required && type !== 'media') return 'is required, so it cannot become “empty”';
  return null;
};

export const generatorsFor = (attribute: Attribute): Generator[] =>
  GENERATORS.filter((generator) => misfit(generator, attribute) === null);
