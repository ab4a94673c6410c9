import fc from 'fast-check';
import { GENERATORS, type Generator } from '../../contract';
import { replaceCell } from '../../server/src/rights/anonymise/cells';
import {
  freshRandomness,
  keyedRandomness,
  loadReplace,
  type Replace,
  type Replaced,
} from '../../server/src/rights/generators';
import { generatorsFor, misfit } from '../../server/src/rights/map/generators-that-fit';
import type { Attribute } from '../../server/src/rights/map/paths';

let replace: Replace;
let other: Replace;
beforeAll(async () => {
  replace = await loadReplace('de', keyedRandomness('a seed'));
  other = await loadReplace('de', keyedRandomness('another seed'));
});

const make = (
  generator: Generator,
  original: unknown,
  attribute: Partial<Attribute> = {},
  more: Partial<Replaced> = {},
) => replace(generator, { original, attribute: { type: 'string', ...attribute }, ...more }) as string;

const isIban = (iban: string): boolean => {
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
};
const isLuhn = (digits: string): boolean =>
  [...digits]
    .reverse()
    .map((digit, index) => Number(digit) * (index % 2 ? 2 : 1))
    .reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0) %
    10 ===
  0;

const samples: Record<string, unknown> = {
  string: 'Anna Ämilia Schmidt 4711',
  text: 'A longer text, from Anna.\nWith two lines.',
  richtext: '# Anna',
  email: 'anna@example.net',
  uid: 'anna-schmidt',
  blocks: [{ type: 'paragraph', children: [{ type: 'text', text: 'I am Anna', bold: true }] }],
  json: { name: 'Anna', list: ['Anna', 12, true, null] },
  integer: 4711,
  biginteger: '471147114711',
  decimal: 47.11,
  float: 0.5,
  date: '1984-05-06',
  datetime: '2024-05-06T07:08:09.000Z',
  timestamp: '2024-05-06T07:08:09.000Z',
  time: '07:08:09.000',
  boolean: true,
  enumeration: 'a',
  password: '$2a$10$abcdefghijklmnopqrstuv',
};

describe('for every generator and every type that it fits', () => {
  const cases = GENERATORS.flatMap((generator) =>
    Object.keys(samples)
      .filter((type) => misfit(generator, { type }) === null)
      .map((type) => [generator, type] as const),
  );

  it('there is a case', () => {
    expect(new Set(cases.map(([generator]) => generator)).size).toBe(GENERATORS.length);
  });

  it.each(cases)('%s, %s: something else, the same each time, another one with another seed', (generator, type) => {
    const replaced = { original: samples[type], attribute: { type } };
    const made = replace(generator, replaced);
    expect(made).toEqual(replace(generator, replaced));
    if (generator === 'empty') return expect(made).toBeNull();
    expect(made).not.toEqual(samples[type]);
    expect(typeof made).toBe(typeof samples[type]);
    expect(JSON.stringify(made)).not.toContain('Anna');
    if (generator !== 'redacted' && type !== 'float') expect(made).not.toEqual(other(generator, replaced));
  });

  it('keeps what is not there, and what is empty', () => {
    for (const generator of GENERATORS)
      for (const nothing of [null, undefined, '']) expect(make(generator, nothing)).toBe(nothing);
  });
});

it('makes what cannot be led back, if it has no key', async () => {
  const fresh = await loadReplace('en', freshRandomness());
  const values = Array.from({ length: 20 }, () =>
    fresh('phone', { original: '+49 151 12345678', attribute: { type: 'string' } }),
  );
  expect(new Set(values).size).toBe(20);
  for (const value of values) expect(value).toMatch(/^\+49 15\d \d{8}$/);
});

it('knows the same e-mail address however it is written', () => {
  expect(make('email', ' Anna@Example.net')).toBe(make('email', 'anna@example.net', { type: 'email' }));
  expect(make('email', 'anna@example.net')).toMatch(/^[a-z]+(\.[a-z]+)?\.[a-z0-9]{12}@example\.com$/);
});

it('keeps formats', () => {
  expect(make('phone', '(030) 12 34-567')).toMatch(/^\(030\) \d\d \d\d-\d{3}$/);
  expect(make('phone', '+1 212 555 0123')).toMatch(/^\+1 212 5\d\d \d{4}$/);
  expect(make('phone', '0044 20 7946 0958')).toMatch(/^0044 20 \d{4} \d{4}$/);
  expect(make('postalCode', 'SW1A 1AA')).toMatch(/^[A-Z]{2}\d[A-Z] \d[A-Z]{2}$/);
  expect(make('ip', '203.0.113.9')).toMatch(/^10\.\d+\.\d+\.\d+$/);
  expect(make('ip', '2a02:1:2::3')).toMatch(/^2001:db8:/);
  expect(make('uuid', '0b0e2a9e-2f5c-4a3c-9d10-3d1c5b9f2a11')).toMatch(
    /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  );
  expect(make('birthdate', '31.12.1999')).toMatch(/^\d\d\.\d\d\.\d{4}$/);
  expect(make('birthdate', '1999-12-31', { type: 'date' })).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(make('scramble', 'Ünïcode — Привет, 世界 12')).toMatch(
    /^[A-Z][a-z]{2}[a-z]{4} — \p{Script=Cyrillic}{6}, \p{Script=Han}{2} \d\d$/u,
  );
  expect(make('scramble', 'anna@site.de', { type: 'email' })).toMatch(/^[a-z]{4}@example\.com$/);
});

it.each([
  'DE89 3704 0044 0532 0130 00',
  'GB29NWBK60161331926819',
  'MT84MALT011000012345MTLCAST001S',
  'NO9386011117947',
])('makes IBANs of the same country that add up: %s', (original) => {
  const made = make('iban', original);
  expect(made.replace(/[A-Z]/g, 'A').replace(/\d/g, '0').length).toBe(original.length);
  expect(made.slice(0, 2)).toBe(original.slice(0, 2));
  expect(made.replace(/\S/g, 'x')).toBe(original.replace(/\S/g, 'x'));
  expect(isIban(made.replace(/ /g, ''))).toBe(true);
  expect(make('iban', original.replace(/ /g, ''))).toBe(made.replace(/ /g, ''));
});

it('makes card numbers that add up', () => {
  const made = make('creditCard', '4111 1111 1111 1111');
  expect(made).toMatch(/^4\d{3} \d{4} \d{4} \d{4}$/);
  expect(isLuhn(made.replace(/ /g, ''))).toBe(true);
});

it('keeps rich text as it is built', () => {
  const blocks = [
    { type: 'heading', level: 2, children: [{ type: 'text', text: 'Anna', bold: true }] },
    {
      type: 'paragraph',
      children: [{ type: 'link', url: 'https://anna.example.net/me', children: [{ type: 'text', text: 'my page' }] }],
    },
    { type: 'code', language: 'javascript', children: [{ type: 'text', text: '' }] },
  ];
  for (const generator of ['scramble', 'paragraph'] as const) {
    const made = replace(generator, { original: blocks, attribute: { type: 'blocks' } });
    expect(made).toMatchObject([
      { type: 'heading', level: 2, children: [{ type: 'text', bold: true }] },
      { type: 'paragraph', children: [{ type: 'link', url: expect.stringMatching(/^https:\/\/example\.com\//) }] },
      { type: 'code', language: 'javascript', children: [{ type: 'text', text: '' }] },
    ]);
    expect(JSON.stringify(made)).not.toMatch(/anna|my page/i);
  }
});

describe('the rules of the attribute', () => {
  it('keeps texts within their lengths', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...generatorsFor({ type: 'string' }).filter((name) => name !== 'empty')),
        fc.string({ minLength: 1, maxLength: 40 }),
        fc.integer({ min: 3, max: 30 }),
        (generator, original, maxLength) => {
          const made = make(generator, original, { maxLength, minLength: 3 });
          expect(made.length).toBeLessThanOrEqual(maxLength);
          expect(made.length).toBeGreaterThanOrEqual(3);
        },
      ),
    );
  });

  it('keeps to a pattern', () => {
    expect(make('username', 'AB-1234', { regex: '^[A-Z]{2}-\\d{4}$' })).toMatch(/^[A-Z]{2}-\d{4}$/);
    expect(make('firstName', 'Anna', { regex: '^[A-Z][a-z]+$' })).toMatch(/^[A-Z][a-z]+$/);
  });

  it('keeps numbers within their limits, and their digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 18, max: 99 }), (original) => {
        const made = replace('number', { original, attribute: { type: 'integer', min: 18, max: 99 } });
        expect(made).toBeGreaterThanOrEqual(18);
        expect(made).toBeLessThanOrEqual(99);
        expect(made).not.toBe(original);
      }),
    );
    expect(String(replace('number', { original: -12.5, attribute: { type: 'decimal' } }))).toMatch(/^-\d\d(\.\d)?$/);
    expect(make('number', '9007199254740993123', { type: 'biginteger' })).toMatch(/^9\d{18}$/);
  });
});

describe('different originals stay different', () => {
  it('by permutation, however few there are', () => {
    for (const size of [1, 2, 3, 10, 97, 1000]) {
      const { permute } = keyedRandomness('seed');
      const images = new Set(Array.from({ length: size }, (_, value) => permute('x', value, size)));
      expect(images.size).toBe(size);
      expect([...images].every((value) => value >= 0 && value < size)).toBe(true);
    }
    const large = 2 ** 53;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: large - 1 }), (value) => {
        const image = keyedRandomness('seed').permute('x', value, large);
        expect(Number.isSafeInteger(image) && image >= 0).toBe(true);
      }),
    );
  });

  it.each([
    ['phone', (index: number) => `+49 151 ${String(index).padStart(7, '0')}`, {}],
    ['postalCode', (index: number) => String(index).padStart(5, '0'), {}],
    ['email', (index: number) => `anna${index}@example.net`, {}],
    ['username', (index: number) => `anna${index}`, { maxLength: 12 }],
    ['iban', (index: number) => `DE89${String(index).padStart(18, '0')}`, {}],
  ] as const)('%s', (generator, original, attribute) => {
    const made = new Set(Array.from({ length: 20_000 }, (_, index) => make(generator, original(index), attribute)));
    // A permutation may lead a value to itself, which is then replaced by another one: that one may be taken.
    expect(made.size).toBeGreaterThanOrEqual(generator === 'email' || generator === 'username' ? 20_000 : 19_995);
  });

  it('by a mark, where the value is to be unique', () => {
    const names = new Set(
      Array.from({ length: 20_000 }, (_, index) => make('lastName', `anna${index}`, {}, { unique: true })),
    );
    expect(names.size).toBe(20_000);
  });

  it('by another attempt', () => {
    for (const generator of ['email', 'phone', 'iban', 'number', 'scramble'] as const)
      expect(make(generator, '+49 151 1234567', {}, { attempt: 1 })).not.toBe(make(generator, '+49 151 1234567'));
  });
});

it('does not load faker before a value is made', async () => {
  jest.resetModules();
  let loaded = 0;
  jest.doMock('@faker-js/faker/locale/fi', () => {
    loaded += 1;
    return jest.requireActual('@faker-js/faker/locale/fi');
  });
  const generators = await import('../../server/src/rights/generators');
  expect(loaded).toBe(0);
  await generators.loadReplace('fi-FI', generators.keyedRandomness('x'));
  expect(loaded).toBe(1);
});

it('keeps an encrypted value that no key opens, unless it has to go', () => {
  const codec = {
    open: (): never => {
      throw new Error('no key');
    },
    seal: (value: unknown) => `sealed ${String(value)}`,
  };
  const column = { path: 'iban', name: 'iban', column: 'iban', attribute: { type: 'text' }, codec } as const;
  const cell = (...unreadable: ['replace'] | []) =>
    replaceCell(replace, 'sqlite', { ...column, generator: 'fullName' }, 'b.1', 0, ...unreadable);
  expect(cell()).toBe('b.1');
  expect(cell('replace')).toMatch(/^sealed \S+ \S+/);
});
