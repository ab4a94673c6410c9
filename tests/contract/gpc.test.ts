import { gpcStatement, honoursGpc, type GpcCategory } from '../../contract/gpc';

const category = (
  honours: boolean,
  providers: (string | null | undefined)[],
  mode: GpcCategory['mode'] = 'opt-in',
) => ({
  mode,
  honoursGpc: honours,
  items: providers.map((provider) => ({ provider })),
});

describe('A website may state that it honours Global Privacy Control', () => {
  test.each([
    [true, 'every optional category does', [category(true, ['Ads Ltd']), category(true, [])]],
    [false, 'not when one that does not hands data to others', [category(true, []), category(false, ['Ads Ltd'])]],
    [true, 'when all that does not is its own', [category(false, ['Example GmbH', ' example gmbh ', null, ''])]],
    [true, 'whatever is required', [category(false, ['Payments Ltd'], 'required')]],
    [true, 'when there is nothing to object to', []],
  ])('%s: %s', (expected, _, categories) => expect(honoursGpc(categories, 'Example GmbH')).toBe(expected));

  test('with the day since when', () =>
    expect(gpcStatement([], null, Date.UTC(2026, 10, 23, 23, 59))).toEqual({ gpc: true, lastUpdate: '2026-11-23' }));
});
