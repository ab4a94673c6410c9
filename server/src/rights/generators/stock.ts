import type { Faker } from '@faker-js/faker';
import { keyedRandomness, type Random } from './randomness';

/** Loaded when values are made for the first time: it is large, and most servers never need it. */
const languages = {
  ar: () => import('@faker-js/faker/locale/ar'),
  cs: () => import('@faker-js/faker/locale/cs_CZ'),
  da: () => import('@faker-js/faker/locale/da'),
  de: () => import('@faker-js/faker/locale/de'),
  'de-at': () => import('@faker-js/faker/locale/de_AT'),
  'de-ch': () => import('@faker-js/faker/locale/de_CH'),
  el: () => import('@faker-js/faker/locale/el'),
  en: () => import('@faker-js/faker/locale/en'),
  'en-gb': () => import('@faker-js/faker/locale/en_GB'),
  es: () => import('@faker-js/faker/locale/es'),
  'es-mx': () => import('@faker-js/faker/locale/es_MX'),
  fa: () => import('@faker-js/faker/locale/fa'),
  fi: () => import('@faker-js/faker/locale/fi'),
  fr: () => import('@faker-js/faker/locale/fr'),
  he: () => import('@faker-js/faker/locale/he'),
  hu: () => import('@faker-js/faker/locale/hu'),
  it: () => import('@faker-js/faker/locale/it'),
  ja: () => import('@faker-js/faker/locale/ja'),
  ko: () => import('@faker-js/faker/locale/ko'),
  nl: () => import('@faker-js/faker/locale/nl'),
  no: () => import('@faker-js/faker/locale/nb_NO'),
  pl: () => import('@faker-js/faker/locale/pl'),
  pt: () => import('@faker-js/faker/locale/pt_PT'),
  'pt-br': () => import('@faker-js/faker/locale/pt_BR'),
  ro: () => import('@faker-js/faker/locale/ro'),
  ru: () => import('@faker-js/faker/locale/ru'),
  sv: () => import('@faker-js/faker/locale/sv'),
  tr: () => import('@faker-js/faker/locale/tr'),
  uk: () => import('@faker-js/faker/locale/uk'),
  zh: () => import('@faker-js/faker/locale/zh_CN'),
} satisfies Record<string, () => Promise<{ faker: Faker }>>;

const loaderOf = (locale: string): (() => Promise<{ faker: Faker }>) => {
  const known: Record<string, (() => Promise<{ faker: Faker }>) | undefined> = languages;
  const whole = locale.toLowerCase().replace('_', '-');
  return known[whole] ?? known[whole.split('-')[0]!] ?? languages.en;
};

const makers = {
  firstName: (faker: Faker) => faker.person.firstName(),
  lastName: (faker: Faker) => faker.person.lastName(),
  street: (faker: Faker) => faker.location.street(),
  city: (faker: Faker) => faker.location.city(),
  country: (faker: Faker) => faker.location.country(),
  company: (faker: Faker) => faker.company.name(),
  sentence: (faker: Faker) => faker.lorem.sentence(),
};
export type Stocked = keyof typeof makers;

const STOCK = 3000;

/** Likely values of a language, by kind. */
export type Stock = (kind: Stocked, random: Random) => string;

/**
 * Values that faker made, in stock: it takes some microseconds for each, and a database has many.
 *
 * @param locale whose names and places they are; English where there are none
 */
export const loadStock = async (locale: string): Promise<Stock> => {
  const { faker: own } = await loaderOf(locale)();
  // The same stock on each machine: what is taken from it follows from the key alone.
  const { next } = keyedRandomness('stock').of('stock', '');
  const FakerOf = own.constructor as new (options: object) => Faker;
  const faker = new FakerOf({ locale: own.rawDefinitions, randomizer: { next, seed: () => {} } });
  const stock = new Map<Stocked, string[]>();
  // All of them at once, so that no value depends on what was asked for before.
  for (const kind of Object.keys(makers) as Stocked[])
    stock.set(
      kind,
      Array.from({ length: STOCK }, () => makers[kind](faker)),
    );
  return (kind, random) => stock.get(kind)![Math.floor(random.next() * STOCK)]!;
};
