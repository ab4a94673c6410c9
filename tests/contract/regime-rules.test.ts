import fc from 'fast-check';
import { regimes } from '../../contract/consent-config';
import {
  occurringRegimes,
  recommendedRegimeRules,
  regimeFinder,
  regimePresets,
  regionCodes,
  regionGroups,
  strictestRegime,
  type Place,
  type RegimeRules,
} from '../../contract/regime-rules';

const at = (code: string): Place => {
  const [country, subdivision] = code.split('-') as [string, string?];
  return { country, ...(subdivision && { subdivision }) };
};

describe('Country rules', () => {
  const rules: RegimeRules = {
    rules: [
      { regions: ['eu-eea'], regime: 'opt-in' },
      { regions: ['US'], regime: 'as-configured' },
      { regions: ['US-CA', 'US-TX'], regime: 'opt-out' },
      { regions: ['SE'], regime: 'as-configured' },
      { regions: ['CA-QC'], regime: 'opt-in' },
    ],
    unknown: 'opt-in',
    default: 'opt-out',
  };
  const find = regimeFinder(rules);

  test.each([
    ['US-CA', 'opt-out', 'a subdivision of its own'],
    ['US-NY', 'as-configured', 'a subdivision without a rule: its country'],
    ['US', 'as-configured', 'a country with a rule'],
    ['DE', 'opt-in', 'a member of a group'],
    ['DE-BY', 'opt-in', 'a subdivision of a member of a group'],
    ['SE', 'as-configured', 'what is named itself counts before its group'],
    ['JP', 'opt-out', 'a country without a rule: the default'],
    ['CA-ON', 'opt-out', 'another subdivision of a country without a rule'],
    ['CA', 'opt-in', 'a country that could be the subdivision with the stricter rule'],
  ])('%s: %s (%s)', (code, regime) => expect(find(at(code))).toBe(regime));

  test('have a fallback for a place that nobody knows', () => expect(find(null)).toBe('opt-in'));

  test('name which regimes can occur, the strictest first', () => {
    expect(occurringRegimes(rules)).toEqual(['opt-in', 'as-configured', 'opt-out']);
    expect(occurringRegimes({ rules: [], unknown: 'opt-out', default: 'opt-out' })).toEqual(['opt-in', 'opt-out']);
  });

  test('never give a regime that is not told to occur, and do not depend on the order of rules', () => {
    const regime = fc.constantFrom(...regimes);
    const region = fc.constantFrom('eu-eea', 'us-state-laws', 'DE', 'US', 'US-CA', 'CA', 'CA-QC', 'JP');
    const anyRules = fc.record({
      rules: fc
        .uniqueArray(fc.record({ region, regime }), { selector: (rule) => rule.region })
        .map((list) => list.map(({ region: only, regime: its }) => ({ regions: [only], regime: its }))),
      unknown: regime,
      default: regime,
    });
    const place = fc.option(fc.constantFrom('DE', 'US', 'US-CA', 'US-NY', 'CA', 'CA-QC', 'JP', 'constructor').map(at));
    fc.assert(
      fc.property(anyRules, place, (some, where) => {
        const found = regimeFinder(some)(where);
        expect(occurringRegimes(some)).toContain(found);
        expect(regimeFinder({ ...some, rules: some.rules.toReversed() })(where)).toBe(found);
      }),
    );
  });
});

describe('The presets', () => {
  test('are the table of defaults', () => {
    const find = regimeFinder(recommendedRegimeRules());
    for (const code of ['DE', 'FR', 'NO', 'IS', 'LI', 'RE', 'GB', 'JE', 'CH', 'BR', 'KR', 'CA-QC'])
      expect(find(at(code))).toBe('opt-in');
    for (const state of ['CA', 'CO', 'CT', 'DE', 'MD', 'MN', 'MT', 'NE', 'NH', 'NJ', 'OR', 'TX'])
      expect(find({ country: 'US', subdivision: state })).toBe('opt-out');
    for (const code of ['JP', 'AU', 'US-NY', 'US', 'CA-ON']) expect(find(at(code))).toBe('as-configured');
    expect(find(null)).toBe('opt-in');
    expect(find(at('CA'))).toBe('opt-in');
  });

  test('have groups of well-formed codes that no two groups share', () => {
    const codes = Object.keys(regionGroups).flatMap(regionCodes);
    for (const code of codes) expect(code).toMatch(/^[A-Z]{2}(-[A-Z\d]{1,3})?$/);
    expect(new Set(codes).size).toBe(codes.length);
    expect(regionGroups['eu-eea'].slice(0, 27)).toHaveLength(27);
    expect(regimePresets.map(({ id }) => id)).toEqual([...Object.keys(regionGroups), 'rest-of-world']);
  });

  test('the strictest regime lets least run', () => {
    expect(strictestRegime('opt-out', 'as-configured')).toBe('as-configured');
    expect(strictestRegime('opt-out', 'opt-in', 'as-configured')).toBe('opt-in');
    expect(strictestRegime()).toBe('opt-in');
  });
});
