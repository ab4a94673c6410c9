import fc from 'fast-check';
import { noChoice, type Choice } from '../../contract/choice';
import { categoryModes, regimes, UNCLASSIFIED, type CategoryMode, type Regime } from '../../contract/consent-config';
import { asks, decide, type DecisionConfig } from '../../contract/preferences';

const REVISION = 5;

const configOf = (
  regime: Regime,
  mode: CategoryMode,
  more: Partial<DecisionConfig['categories'][number]> = {},
): DecisionConfig => ({
  regime,
  categories: [
    { key: 'C', mode, honoursGpc: true, revision: REVISION, items: [{ key: 'one' }, { key: 'two' }], ...more },
  ],
});

const choiceOf = (entries: Choice['entries'], underGpc = false): Choice => ({ underGpc, subject: '-', entries });
const grant = (revision = REVISION) => ({ C: ['1', `${revision}`, '1'] }) satisfies Choice['entries'];
const refusal = (revision = REVISION) => ({ C: ['0', `${revision}`, '1'] }) satisfies Choice['entries'];
const calm = { gpc: false };
const gpc = { gpc: true };

/** The default of an optional category, row by row as in section 3 of the public contract. */
const defaults: Record<CategoryMode | 'unclassified', Record<Regime, boolean>> = {
  required: { 'opt-in': true, 'as-configured': true, 'opt-out': true },
  'opt-out': { 'opt-in': false, 'as-configured': true, 'opt-out': true },
  'opt-in': { 'opt-in': false, 'as-configured': false, 'opt-out': true },
  unclassified: { 'opt-in': false, 'as-configured': false, 'opt-out': false },
};

/** Every state that one category of a choice can be in. */
const states = {
  'no choice': noChoice(),
  'a fresh grant': choiceOf(grant()),
  'a fresh refusal': choiceOf(refusal()),
  'a stale grant': choiceOf(grant(REVISION - 1)),
  'a stale refusal': choiceOf(refusal(REVISION - 1)),
  'a grant from the future': choiceOf(grant(REVISION + 1)),
  'a fresh grant under GPC': choiceOf(grant(), true),
  'a fresh refusal under GPC': choiceOf(refusal(), true),
  'a stale grant under GPC': choiceOf(grant(REVISION - 1), true),
  'a stale refusal under GPC': choiceOf(refusal(REVISION - 1), true),
} as const;

const rows = Object.keys(defaults).flatMap((kind) =>
  regimes.flatMap((regime) =>
    (Object.keys(states) as (keyof typeof states)[]).flatMap((state) =>
      [false, true].flatMap((on) =>
        [false, true].map((honours) => ({ kind: kind as keyof typeof defaults, regime, state, on, honours })),
      ),
    ),
  ),
);

describe('The truth table of a decision', () => {
  test.each(rows)('$kind, $regime, $state, GPC $on, honoured $honours', ({ kind, regime, state, on, honours }) => {
    const key = kind === 'unclassified' ? UNCLASSIFIED : 'C';
    const config = configOf(regime, kind === 'unclassified' ? 'opt-in' : kind, { key, honoursGpc: honours });
    const made = states[state];
    const { C } = made.entries;
    const choice = choiceOf(C ? { [key]: C } : {}, made.underGpc);

    const { allowed, undecided } = decide(config, choice, { gpc: on });

    const narrowed = on && honours;
    let expected: boolean;
    if (kind === 'required') expected = true;
    else if (state.includes('refusal')) expected = false;
    else if (state === 'a fresh grant') expected = !narrowed;
    else if (state === 'a fresh grant under GPC') expected = true;
    else expected = defaults[kind][regime] && !narrowed;
    expect(allowed).toEqual({ [key]: expected, [`${key}/one`]: expected, [`${key}/two`]: expected });

    const fresh = state.includes('fresh');
    const isUndecided = kind !== 'required' && !fresh;
    expect(undecided).toEqual(isUndecided ? [key] : []);
    expect(asks(config, { gpc: on })).toBe(!(regime === 'opt-out' && on));
  });
});

describe('An item', () => {
  test('follows its category when the choice does not name it', () => {
    expect(decide(configOf('opt-in', 'opt-in'), choiceOf(grant()), calm).allowed).toEqual({
      C: true,
      'C/one': true,
      'C/two': true,
    });
  });

  test('is off in a granted category when the choice refuses it', () => {
    const choice = choiceOf({ ...grant(), '@one': ['0'] });
    expect(decide(configOf('opt-in', 'opt-in'), choice, calm).allowed).toEqual({
      C: true,
      'C/one': false,
      'C/two': true,
    });
  });

  test.each([REVISION, REVISION - 1])('is never on in a refused category (revision %d)', (revision) => {
    const choice = choiceOf({ ...refusal(revision), '@one': ['1'] });
    expect(decide(configOf('opt-out', 'opt-out'), choice, calm).allowed['C/one']).toBe(false);
  });

  test('can be on in an undecided category that is off by default', () => {
    const choice = choiceOf({ '@one': ['1', `${REVISION}`] });
    const { allowed, undecided } = decide(configOf('opt-in', 'opt-in'), choice, calm);
    expect(allowed).toEqual({ C: false, 'C/one': true, 'C/two': false });
    expect(undecided).toEqual(['C']);
  });

  test('without a revision counts as current in an undecided category', () => {
    expect(decide(configOf('opt-in', 'opt-in'), choiceOf({ '@one': ['1'] }), calm).allowed['C/one']).toBe(true);
  });

  test('whose grant is stale follows its category', () => {
    const choice = choiceOf({ '@one': ['1', `${REVISION - 1}`] });
    expect(decide(configOf('opt-in', 'opt-in'), choice, calm).allowed['C/one']).toBe(false);
    expect(decide(configOf('opt-out', 'opt-in'), choice, calm).allowed['C/one']).toBe(true);
  });

  test('whose refusal is stale stays refused', () => {
    const choice = choiceOf({ '@one': ['0', `${REVISION - 1}`] });
    expect(decide(configOf('opt-out', 'opt-in'), choice, calm).allowed).toEqual({
      C: true,
      'C/one': false,
      'C/two': true,
    });
    const below = choiceOf({ ...grant(REVISION - 1), '@one': ['0'] });
    expect(decide(configOf('opt-out', 'opt-in'), below, calm).allowed['C/one']).toBe(false);
  });

  test('is turned off by GPC, unless it was allowed while GPC was on', () => {
    const entries: Choice['entries'] = { '@one': ['1', `${REVISION}`] };
    expect(decide(configOf('opt-in', 'opt-in'), choiceOf(entries), gpc).allowed['C/one']).toBe(false);
    expect(decide(configOf('opt-in', 'opt-in'), choiceOf(entries, true), gpc).allowed['C/one']).toBe(true);
    expect(decide(configOf('opt-in', 'opt-in', { honoursGpc: false }), choiceOf(entries), gpc).allowed['C/one']).toBe(
      true,
    );
  });

  test('of a required category is on, whatever the cookie says', () => {
    const choice = choiceOf({ ...refusal(), '@one': ['0'] });
    expect(decide(configOf('opt-in', 'required'), choice, gpc).allowed).toEqual({
      C: true,
      'C/one': true,
      'C/two': true,
    });
  });

  test('may be called like something that every object has', () => {
    const config = configOf('opt-in', 'opt-in', { items: [{ key: 'constructor' }, { key: '__proto__' }] });
    expect(decide(config, noChoice(), calm).allowed['C/constructor']).toBe(false);
    expect(decide(config, choiceOf(refusal()), calm).allowed['C/__proto__']).toBe(false);
  });
});

describe('A decision', () => {
  test('knows nothing that is not in the config', () => {
    const { allowed } = decide(configOf('opt-out', 'opt-out'), noChoice(), calm);
    for (const key of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'c', 'C/', 'C/three', ''])
      expect(allowed[key]).toBeUndefined();
  });

  test('leaves what is unknown off: a mode, a regime', () => {
    expect(decide(configOf('opt-out', 'sometimes' as CategoryMode), noChoice(), calm).allowed.C).toBe(false);
    expect(decide(configOf('anarchy' as Regime, 'opt-out'), noChoice(), calm).allowed.C).toBe(false);
  });

  test('leaves nothing to ask when nothing is optional', () => {
    expect(decide(configOf('opt-in', 'required'), noChoice(), calm).undecided).toEqual([]);
  });

  const entries = fc.dictionary(
    fc.constantFrom('C', '@one', '@two', '@three', 'D'),
    fc.tuple(
      fc.constantFrom('0' as const, '1' as const),
      fc.integer({ min: 1, max: 8 }).map(String),
      fc.nat().map((seconds) => seconds.toString(36)),
    ),
  );
  const choices = fc.record({ underGpc: fc.boolean(), subject: fc.constant('-'), entries });
  const configs = fc
    .record({ regime: fc.constantFrom(...regimes), mode: fc.constantFrom(...categoryModes), honoursGpc: fc.boolean() })
    .map(({ regime, mode, honoursGpc }) => configOf(regime, mode, { honoursGpc }));

  test('under the opt-in regime grants nothing optional that the visitor did not grant for this very revision', () => {
    fc.assert(
      fc.property(configs, choices, fc.boolean(), (config, choice, on) => {
        const { allowed } = decide({ ...config, regime: 'opt-in' }, choice, { gpc: on });
        if (config.categories[0]!.mode === 'required') return;
        const made = choice.entries.C;
        if (allowed.C) expect(made).toMatchObject(['1', `${REVISION}`, expect.any(String)]);
        for (const item of ['one', 'two'])
          if (allowed[`C/${item}`])
            expect([made, choice.entries[`@${item}`]]).toContainEqual(['1', `${REVISION}`, expect.any(String)]);
      }),
    );
  });

  test('never allows what was refused, however old the refusal is', () => {
    fc.assert(
      fc.property(configs, choices, fc.boolean(), (config, choice, on) => {
        if (config.categories[0]!.mode === 'required') return;
        const { allowed } = decide(config, choice, { gpc: on });
        const refused = (key: string) => choice.entries[key]?.[0] === '0';
        if (refused('C')) expect(Object.values(allowed)).toEqual([false, false, false]);
        for (const item of ['one', 'two']) if (refused(`@${item}`)) expect(allowed[`C/${item}`]).toBe(false);
      }),
    );
  });

  test('never gets wider by GPC', () => {
    fc.assert(
      fc.property(configs, choices, (config, choice) => {
        const without = decide(config, choice, calm).allowed;
        const withGpc = decide(config, choice, gpc).allowed;
        for (const key in withGpc) if (withGpc[key]) expect(without[key]).toBe(true);
      }),
    );
  });
});
