import fc from 'fast-check';
import { encodeChoice, MAX_CHOICE_BYTES, parseChoice, type Choice } from '../../contract/choice';
import { decide, type DecisionConfig } from '../../contract/preferences';
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
const store = (previous: Choice | null, preferences: Record<string, boolean>, gpc = false) => {
  const wide = encodeChoice(nextChoice(config, previous, preferences, gpc));
  return wide.length > MAX_CHOICE_BYTES ? encodeChoice(nextChoice(config, previous, preferences, gpc, true)) : wide;
};
const granted = { granted: true, revision: 2, decidedAt: expect.any(Number) };
const refused = { ...granted, granted: false };

describe('A choice that would be too long', () => {
  test('has no exceptions, and refuses the categories below which one refused', () => {
    const value = store(null, { STATISTICS: true, MARKETING: true, ...refusing(0, 150) });
    expect(value.length).toBeLessThanOrEqual(MAX_CHOICE_BYTES);
    expect(parseChoice(value)!.entries).toEqual({ STATISTICS: refused, MARKETING: granted });
  });

  test('refuses, to be asked again, an undecided category below which one refused', () => {
    const value = store(null, { ...refusing(0, 150), EXTRA: true });
    expect(parseChoice(value)!.entries).toEqual({
      STATISTICS: { granted: false, revision: 0, decidedAt: 0 },
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
          const wanted = decide(config, nextChoice(config, null, preferences, false), { gpc: false }).allowed;
          const kept = decide(config, parseChoice(store(null, preferences)), { gpc: false }).allowed;
          for (const key in kept) if (kept[key]) expect(wanted[key]).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });
});
