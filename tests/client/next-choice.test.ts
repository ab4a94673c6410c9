import fc from 'fast-check';
import { encodeChoice, MAX_CHOICE_BYTES, noChoice, parseChoice, type Choice } from '../../contract/choice';
import { decide, type DecisionConfig } from '../../contract/preferences';
import { narrow } from '../../client/src/aftermath/tidy-choice';
import { nextChoice } from '../../client/src/core/next-choice';

const items = Array.from({ length: 300 }, (_, i) => ({ key: `tracking-item-number-${i}` }));
const category = (key: string, own: { key: string }[]): DecisionConfig['categories'][number] => ({
  key,
  mode: 'opt-out',
  honoursGpc: true,
  revision: 2,
  items: own,
});
const config: DecisionConfig = {
  regime: 'opt-out',
  categories: [
    category('STATISTICS', items.slice(0, 150)),
    category('MARKETING', items.slice(150, 299)),
    category('EXTRA', items.slice(299)),
  ],
};
const path = (i: number) => `${i < 150 ? 'STATISTICS' : i < 299 ? 'MARKETING' : 'EXTRA'}/${items[i]!.key}`;
const refusing = (from: number, to: number) =>
  Object.fromEntries(items.slice(from, to).map((_, i) => [path(from + i), false]));

/** What is stored after the decision. */
const store = (previous: Choice, preferences: Record<string, boolean>, gpc = false) => {
  const choice = nextChoice(config, previous, preferences, gpc);
  narrow(config, choice);
  return encodeChoice(choice);
};
const granted = ['1', '2', expect.any(String)];
const refused = ['0', '2', expect.any(String)];

describe('A choice that would be too long', () => {
  test('has no exceptions, and refuses the categories below which one refused', () => {
    const value = store(noChoice(), { STATISTICS: true, MARKETING: true, ...refusing(0, 150) });
    expect(value.length).toBeLessThanOrEqual(MAX_CHOICE_BYTES);
    expect(parseChoice(value).entries).toEqual({ STATISTICS: refused, MARKETING: granted });
  });

  test('refuses, to be asked again, an undecided category below which one refused', () => {
    const value = store(noChoice(), { ...refusing(0, 150), EXTRA: true });
    expect(parseChoice(value).entries).toEqual({
      STATISTICS: ['0', '0', '0'],
      EXTRA: granted,
    });
  });

  test('never allows more than what the visitor wanted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 299 }), fc.boolean()), { maxLength: 300 }),
        fc.dictionary(fc.constantFrom('STATISTICS', 'MARKETING', 'EXTRA'), fc.boolean()),
        (some, categories) => {
          const preferences = { ...categories, ...Object.fromEntries(some.map(([i, on]) => [path(i), on])) };
          const wanted = decide(config, nextChoice(config, noChoice(), preferences, false), { gpc: false }).allowed;
          const kept = decide(config, parseChoice(store(noChoice(), preferences)), { gpc: false }).allowed;
          for (const key in kept) if (kept[key]) expect(wanted[key]).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });
});
