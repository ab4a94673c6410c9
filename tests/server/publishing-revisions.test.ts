import fc from 'fast-check';
import { categoryModes, storageKinds, storageMatches } from '../../contract';
import {
  advanceRevisions,
  widens,
  type ItemFacts,
  type LiveFacts,
  type SiteFacts,
  type StorageFact,
} from '../../server/src/publishing/revisions';

const entry: StorageFact = { name: '_ga', match: 'exact', kind: 'cookie', lifetime: 3600 };
const item: ItemFacts = { category: 'STATISTICS', provider: 'Google', storage: [entry] };
const site = (items: Record<string, ItemFacts>, mode: 'opt-in' | 'opt-out' = 'opt-out'): SiteFacts => ({
  categories: new Map([
    ['STATISTICS', { mode }],
    ['MARKETING', { mode: 'opt-in' }],
  ]),
  items: new Map(Object.entries(items)),
});
const revisionOf = (live: LiveFacts, key = 'STATISTICS') => live.categories.get(key)?.revision;
const first = advanceRevisions(null, site({ ga: item }), 1000);

describe('what widens an item', () => {
  it.each<[string, ItemFacts, boolean]>([
    ['nothing', item, false],
    ['another provider', { ...item, provider: 'Meta' }, true],
    ['a provider where none was named', { ...item, provider: 'Google' }, false],
    ['the same provider in other letters', { ...item, provider: ' google ' }, false],
    ['no provider any more', { ...item, provider: undefined }, false],
    ['another category', { ...item, category: 'MARKETING' }, true],
    ['a new storage entry', { ...item, storage: [entry, { ...entry, name: '_gid' }] }, true],
    ['another order', { ...item, storage: [entry] }, false],
    ['no storage entry any more', { ...item, storage: [] }, false],
    ['a longer lifetime', { ...item, storage: [{ ...entry, lifetime: 3601 }] }, true],
    ['a shorter lifetime', { ...item, storage: [{ ...entry, lifetime: 3599 }] }, false],
    ['persistent instead of seconds', { ...item, storage: [{ ...entry, lifetime: 'persistent' }] }, true],
    ['a session instead of seconds', { ...item, storage: [{ ...entry, lifetime: 'session' }] }, false],
    ['an unknown lifetime instead of a known one', { ...item, storage: [{ ...entry, lifetime: undefined }] }, true],
    ['another domain', { ...item, storage: [{ ...entry, domain: '.example.com' }] }, true],
    ['a prefix instead of a name', { ...item, storage: [{ ...entry, match: 'prefix' }] }, true],
    ['another kind', { ...item, storage: [{ ...entry, kind: 'localStorage' }] }, true],
  ])('%s: %#', (_, after, expected) => expect(widens(item, after)).toBe(expected));

  it('a provider named for the first time, as visitors did not know of it', () =>
    expect(widens({ ...item, provider: undefined }, item)).toBe(true));

  it('not a lifetime that becomes known', () =>
    expect(widens({ ...item, storage: [{ ...entry, lifetime: undefined }] }, item)).toBe(false));
});

describe('revisions', () => {
  it('start at 1', () => expect([revisionOf(first), revisionOf(first, 'MARKETING')]).toEqual([1, 1]));

  it('rise by one for a new item, in its category only', () => {
    const next = advanceRevisions(first, site({ ga: item, hotjar: item }), 2000);
    expect([revisionOf(next), revisionOf(next, 'MARKETING')]).toEqual([2, 1]);
    expect(next.items.get('ga')!.changedAt).toBe(1000);
    expect(next.items.get('hotjar')!.changedAt).toBe(2000);
  });

  it('rise by one however much changed at once', () => {
    const more = { ...item, provider: 'Meta', storage: [{ ...entry, lifetime: 9999 }] };
    expect(revisionOf(advanceRevisions(first, site({ ga: more, a: item, b: item }, 'opt-in'), 2000))).toBe(2);
  });

  it('rise for another mode, without a changed item', () => {
    const next = advanceRevisions(first, site({ ga: item }, 'opt-in'), 2000);
    expect(revisionOf(next)).toBe(2);
    expect(next.items.get('ga')!.changedAt).toBe(1000);
  });

  it('rise in the category an item moves to', () => {
    const next = advanceRevisions(first, site({ ga: { ...item, category: 'MARKETING' } }), 2000);
    expect([revisionOf(next), revisionOf(next, 'MARKETING')]).toEqual([1, 2]);
    expect(next.items.get('ga')!.changedAt).toBe(2000);
  });

  it('do not rise for a removal, and rise when what was removed comes back', () => {
    const without = advanceRevisions(first, site({}), 2000);
    expect(revisionOf(without)).toBe(1);
    expect(revisionOf(advanceRevisions(without, site({ ga: item }), 3000))).toBe(2);
  });

  it('do not start again for a category that was away: an old choice would seem fresh', () => {
    const gone = advanceRevisions(
      first,
      { categories: new Map([['MARKETING', { mode: 'opt-in' }]]), items: new Map() },
      2000,
    );
    expect(gone.categories.get('STATISTICS')).toEqual({ mode: 'opt-out', revision: 1, removed: true });
    expect(advanceRevisions(gone, site({}), 3000).categories.get('STATISTICS')).toEqual({
      mode: 'opt-out',
      revision: 2,
    });
  });

  it('rise when an admin wants to ask again', () => {
    const next = advanceRevisions(first, site({ ga: item }), 2000, new Set(['MARKETING']));
    expect([revisionOf(next), revisionOf(next, 'MARKETING')]).toEqual([1, 2]);
  });

  it('take an item named constructor for an item', () => {
    expect(revisionOf(advanceRevisions(first, site({ ga: item, constructor: item }), 2000))).toBe(2);
  });
});

describe('for any two catalogues', () => {
  const categories = ['A', 'B', 'C'];
  const storage = fc.record(
    {
      name: fc.constantFrom('x', 'y', 'z'),
      match: fc.constantFrom(...storageMatches),
      kind: fc.constantFrom(...storageKinds.slice(0, 2)),
      domain: fc.constantFrom('a.example', 'b.example'),
      lifetime: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom('session' as const, 'persistent' as const)),
    },
    { requiredKeys: ['name', 'match', 'kind'] },
  );
  const facts = fc
    .record({
      categories: fc.uniqueArray(fc.constantFrom(...categories), { minLength: 1 }),
      modes: fc.array(fc.constantFrom(...categoryModes), { minLength: 3, maxLength: 3 }),
      items: fc.dictionary(
        fc.constantFrom('i', 'j', 'k', 'l'),
        fc.record(
          { category: fc.nat(2), provider: fc.constantFrom('P', 'Q'), storage: fc.array(storage, { maxLength: 4 }) },
          { requiredKeys: ['category', 'storage'] },
        ),
      ),
    })
    .map(({ categories: keys, modes, items }): SiteFacts => ({
      categories: new Map(keys.map((key, index) => [key, { mode: modes[index]! }])),
      items: new Map(
        Object.entries(items).map(([key, { category, ...rest }]) => [
          key,
          { ...rest, category: keys[category % keys.length]! },
        ]),
      ),
    }));
  const history = fc.array(facts, { minLength: 1, maxLength: 6 });
  const run = (versions: SiteFacts[]) =>
    versions.reduce<LiveFacts | null>((live, next, index) => advanceRevisions(live, next, index), null)!;

  it('a revision never falls and rises by one at most', () =>
    fc.assert(
      fc.property(history, facts, (versions, next) => {
        const before = run(versions);
        const after = advanceRevisions(before, next, 100);
        for (const [key, { revision }] of before.categories)
          expect([revision, revision + 1]).toContain(after.categories.get(key)!.revision);
      }),
    ));

  it('publishing the same again changes nothing', () =>
    fc.assert(
      fc.property(history, (versions) => {
        const live = run(versions);
        const again = advanceRevisions(live, versions.at(-1)!, 100);
        expect([...again.categories].sort()).toEqual([...live.categories].sort());
        expect(again.items).toEqual(live.items);
      }),
    ));

  it('removing, shortening and re-ordering raise nothing', () =>
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.boolean()), (versions, keep) => {
        const live = run(versions);
        const last = versions.at(-1)!;
        const next = () => keep.next().value as boolean;
        const less: SiteFacts = {
          categories: last.categories,
          items: new Map(
            [...last.items]
              .filter(next)
              .reverse()
              .map(([key, facts]) => [
                key,
                {
                  ...facts,
                  ...(next() && { provider: undefined }),
                  storage: facts.storage
                    .filter(next)
                    .reverse()
                    .map((row) => (next() ? { ...row, lifetime: 'session' as const } : row)),
                },
              ]),
          ),
        };
        const after = advanceRevisions(live, less, 100);
        for (const [key, { revision }] of after.categories) expect(revision).toBe(live.categories.get(key)!.revision);
        for (const { changedAt } of after.items.values()) expect(changedAt).not.toBe(100);
      }),
    ));

  it('what is added raises the revision of its category', () =>
    fc.assert(
      fc.property(history, storage, (versions, row) => {
        const live = run(versions);
        const last = versions.at(-1)!;
        for (const [key, facts] of last.items) {
          const wider = { ...facts, storage: [...facts.storage, { ...row, name: 'new' }] };
          const after = advanceRevisions(live, { ...last, items: new Map(last.items).set(key, wider) }, 100);
          expect(revisionOf(after, facts.category)).toBe(revisionOf(live, facts.category)! + 1);
          expect(after.items.get(key)!.changedAt).toBe(100);
        }
      }),
    ));
});
