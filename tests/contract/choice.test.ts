import fc from 'fast-check';
import {
  decidedAt,
  encodeChoice,
  isGranted,
  noChoice,
  parseChoice,
  type Choice,
  type ChoiceEntry,
} from '../../contract/choice';

const categoryKey = fc.stringMatching(/^[A-Z][A-Z\d_]{0,20}$/);
// Such as `constructor` and `to-string`: keys that JavaScript objects have of their own must be keys like any other.
const itemKey = fc.oneof(
  fc.stringMatching(/^[a-z\d]{1,9}(-[a-z\d]{1,9}){0,3}$/),
  fc.constantFrom('constructor', 'valueof', '__proto__'),
);
const granted = fc.constantFrom('0' as const, '1' as const);
const revision = fc.integer({ min: 1, max: 999_999_999 }).map(String);
const time = fc.integer({ min: 0, max: 4_102_444_800 }).map((seconds) => seconds.toString(36));
const categoryEntry: fc.Arbitrary<ChoiceEntry> = fc.tuple(granted, revision, time);
const exceptionEntry: fc.Arbitrary<ChoiceEntry> = fc.oneof(fc.tuple(granted), fc.tuple(granted, revision));
const choices: fc.Arbitrary<Choice> = fc
  .record({
    underGpc: fc.boolean(),
    subject: fc.oneof(fc.constant('-'), fc.stringMatching(/^[\w-]{22}$/)),
    categories: fc.dictionary(categoryKey, categoryEntry, { minKeys: 1, maxKeys: 8 }),
    items: fc.dictionary(itemKey, exceptionEntry, { maxKeys: 20 }),
  })
  .map(({ categories, items, ...rest }) => ({
    ...rest,
    entries: { ...categories, ...Object.fromEntries(Object.entries(items).map(([key, entry]) => [`@${key}`, entry])) },
  }));

describe('The choice cookie', () => {
  test('is written as the public contract shows it', () => {
    const value = encodeChoice({
      underGpc: true,
      subject: 'AbCdEfGhIjKlMnOpQrSt-_',
      entries: {
        STATISTICS: ['1', '3', (1_790_000_000).toString(36)],
        MARKETING: ['0', '1', (1_790_000_000).toString(36)],
        '@google-analytics-4': ['0'],
        '@youtube': ['1', '7'],
      },
    });
    expect(value).toBe(
      '1.1.AbCdEfGhIjKlMnOpQrSt-_.STATISTICS:1:3:tlpwu8~MARKETING:0:1:tlpwu8~@google-analytics-4:0~@youtube:1:7',
    );
  });

  test('has no subject for a visitor who only ever refused', () => {
    expect(encodeChoice({ underGpc: false, subject: '-', entries: { A: ['0', '1', '0'] } })).toBe('1.0.-.A:0:1:0');
  });

  test('comes back as it was written', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        expect(parseChoice(encodeChoice(choice))).toEqual(choice);
      }),
    );
  });

  test('consists of characters that RFC 6265 allows', () => {
    fc.assert(
      fc.property(choices, (choice) =>
        expect(encodeChoice(choice)).toMatch(/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/),
      ),
    );
  });

  test('never throws on garbage, and never reads anything from it that is not wholly well-formed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'1.0-~:@ASTazé;, ') })), (garbage) => {
        const choice = parseChoice(garbage);
        expect(parseChoice(encodeChoice(choice))).toEqual(choice);
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['another version', '2.0.-.STATISTICS:1:1:a'],
    ['no entries', '1.0.-.'],
    ['no subject', '1.0..STATISTICS:1:1:a'],
    ['a category without the time', '1.0.-.STATISTICS:1:1'],
    ['a category without the revision', '1.0.-.STATISTICS:1'],
    ['an unknown state', '1.0.-.STATISTICS:2:1:a'],
    ['a negative revision', '1.0.-.STATISTICS:1:-1:a'],
    ['an item with the parts of a category', '1.0.-.@youtube:1:1:a'],
    ['something behind the end', '1.0.-.STATISTICS:1:1:a~'],
    ['an empty entry', '1.0.-.STATISTICS:1:1:a~~MARKETING:0:1:a'],
    ['a cut off entry', '1.0.-.STATISTICS:1:1:a~MARKETI'],
    ['percent signs', '1.0.-.STATISTICS%3A1:1:a'],
    ['a line break', '1.0.-.STATISTICS:1:1:a\n'],
  ])('with %s is no choice', (_, value) => {
    expect(parseChoice(value)).toEqual(noChoice());
  });

  test('tells when a category was decided on', () => {
    const { entries } = parseChoice('1.0.-.STATISTICS:1:1:tlpwu8~@youtube:0');
    expect(decidedAt(entries.STATISTICS)).toBe(1_790_000_000);
    expect(decidedAt(entries['@youtube'])).toBeUndefined();
    expect(decidedAt(undefined)).toBeUndefined();
  });

  test('that says two things about one key is a refusal', () => {
    expect(parseChoice('1.0.-.A:1:1:a~A:0:1:a').entries).toEqual({
      A: ['0', '1', 'a'],
    });
    expect(parseChoice('1.0.-.A:0:1:a~A:1:1:a').entries).toEqual({
      A: ['0', '1', 'a'],
    });
  });

  test('knows no key that it does not hold, not even those that every object has', () => {
    const { entries } = parseChoice('1.0.-.STATISTICS:1:1:a');
    for (const key of ['constructor', '__proto__', 'toString', '@constructor']) expect(entries[key]).toBeUndefined();
  });

  describe('when two of the name arrive', () => {
    const grant = '1.1.AAAAAAAAAAAAAAAAAAAAAA.STATISTICS:1:1:a~MARKETING:1:1:a~@youtube:0';
    const refusal = '1.0.-.STATISTICS:0:1:b~@youtube:1';

    test.each([
      ['one way', [grant, refusal]],
      ['the other way', [refusal, grant]],
    ])('every refusal counts, in whatever order they come (%s)', (_, values) => {
      const choice = parseChoice(values.join('; '));
      expect(isGranted(choice.entries.STATISTICS!)).toBe(false);
      expect(isGranted(choice.entries.MARKETING!)).toBe(true);
      expect(isGranted(choice.entries['@youtube']!)).toBe(false);
      expect(choice.underGpc).toBe(false);
    });

    test('an unreadable one is ignored', () => {
      expect(parseChoice(`garbage; ${refusal}`)).toEqual(parseChoice(refusal));
      expect(parseChoice('garbage; more')).toEqual(noChoice());
    });

    test('none of them grants what another refuses', () => {
      fc.assert(
        fc.property(fc.array(choices, { minLength: 1, maxLength: 3 }), (several) => {
          const together = parseChoice(several.map((choice) => encodeChoice(choice)).join('; '));
          for (const { entries } of several)
            for (const [key, entry] of Object.entries(entries))
              if (!isGranted(entry)) expect(isGranted(together.entries[key]!)).toBe(false);
        }),
      );
    });
  });
});
