import type { ConsentConfig, StorageEntry } from '../../contract/consent-config';
import type { Chunks } from '../../client/src/core/desk';
import { consentConfig } from '../fixtures/consent-config';
import { cookieOf, eventsOf, leave, mockCookies, settle, stay, storedChoice, visit, type VisitOptions } from './client';

const granted = { granted: true, revision: 1, decidedAt: 1_790_000_000 };
const both = { STATISTICS: granted, MARKETING: granted };

/** The fixture's config with this storage of Matomo (STATISTICS) and of YouTube (MARKETING). */
const storing = (matomo: Partial<StorageEntry>[], youtube: Partial<StorageEntry>[] = []): ConsentConfig => {
  const config = JSON.parse(JSON.stringify(consentConfig('en'))) as ConsentConfig;
  const rows = (entries: Partial<StorageEntry>[]) =>
    entries.map((entry): StorageEntry => ({ name: '', match: 'exact', kind: 'cookie', ...entry }));
  for (const { items } of config.categories)
    for (const item of items)
      item.storage = item.key === 'matomo' ? rows(matomo) : item.key === 'youtube' ? rows(youtube) : [];
  return config;
};
/** Each visit loads the chunk anew, as each page does. */
const load = (config: ConsentConfig, options: VisitOptions = {}) => {
  let aftermath: Chunks['aftermath'] | undefined;
  jest.isolateModules(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    aftermath = (require('../../client/src/aftermath/aftermath') as { default: Chunks['aftermath'] }).default;
  });
  return visit({ config, details: config, chunks: { aftermath }, ...options });
};
const cookies = () =>
  document.cookie
    .split('; ')
    .map((pair) => pair.split('=')[0])
    .filter((name) => name !== 'privacy_desk')
    .sort();
const set = (...names: string[]) => names.forEach((name) => (document.cookie = `${name}=1; Path=/`));

afterEach(leave);

describe('After a withdrawal', () => {
  test('cookies of what was granted are gone: by name, by the beginning of it, by pattern', async () => {
    set('_pk_id', '_pk_id.1', '_pk_ses.9', '_pk_cvar.1.x', 'visit.1.end', 'other', 'x_pk_ses.', 'a-visit.1.end');
    const { desk } = load(
      storing([{ name: '_pk_id' }, { name: '_pk_ses.', match: 'prefix' }, { name: 'visit.*.end', match: 'pattern' }]),
      { choice: both },
    );
    desk.withdraw();
    await settle();
    expect(cookies()).toEqual(['_pk_cvar.1.x', '_pk_id.1', 'a-visit.1.end', 'other', 'x_pk_ses.']);
  });

  test('a pattern has no other magic than its asterisks', async () => {
    set('a.b(c)', 'axb(c)', 'a.b(c)d');
    const { desk } = load(storing([{ name: 'a.b(c)', match: 'pattern' }]), { choice: both });
    desk.withdraw();
    await settle();
    expect(cookies()).toEqual(['a.b(c)d', 'axb(c)']);
  });

  test('a cookie is expired on every parent domain and on every parent path', async () => {
    history.replaceState(null, '', '/shop/cart/item.html');
    set('_pk_id');
    const { desk } = load(storing([{ name: '_pk_id' }]), { choice: both });
    const { set: written } = mockCookies();
    desk.withdraw();
    await settle();
    const expired = written.mock.calls.map(([cookie]) => cookie).filter((cookie) => cookie.startsWith('_pk_id='));
    for (const path of ['/', '/shop', '/shop/', '/shop/cart', '/shop/cart/', '/shop/cart/item.html'])
      for (const domain of ['', '; Domain=localhost'])
        expect(expired).toContain(`_pk_id=; Max-Age=0; Path=${path}${domain}`);
    history.replaceState(null, '', '/');
  });

  test('local and session storage are cleared', async () => {
    localStorage.setItem('mtm:1', '1');
    localStorage.setItem('mine', '1');
    sessionStorage.setItem('mtm', '1');
    sessionStorage.setItem('mtm:1', '1');
    const { desk } = load(
      storing([
        { name: 'mtm:', match: 'prefix', kind: 'localStorage' },
        { name: 'mtm', kind: 'sessionStorage' },
      ]),
      { choice: both },
    );
    desk.withdraw();
    await settle();
    expect(Object.keys(localStorage).filter((name) => !name.startsWith('privacy_desk'))).toEqual(['mine']);
    expect(Object.keys(sessionStorage)).toEqual(['mtm:1']);
  });

  test('databases and caches are deleted', async () => {
    const deleteDatabase = jest.fn();
    const caches = { keys: async () => ['matomo-v1', 'own'], delete: jest.fn() };
    Object.assign(window, {
      indexedDB: { databases: async () => [{ name: 'matomo' }, { name: 'own' }], deleteDatabase },
      caches,
    });
    const { desk } = load(
      storing([
        { name: 'matomo', kind: 'indexedDB' },
        { name: 'matomo-*', match: 'pattern', kind: 'cacheStorage' },
      ]),
      { choice: both },
    );
    desk.withdraw();
    await settle();
    expect(deleteDatabase.mock.calls).toEqual([['matomo']]);
    expect(caches.delete.mock.calls).toEqual([['matomo-v1']]);
    Reflect.deleteProperty(window, 'indexedDB');
    Reflect.deleteProperty(window, 'caches');
  });

  test('a kind of storage that fails stops no other, and is reported', async () => {
    set('_pk_id');
    const { desk, errors } = load(storing([{ name: 'matomo', kind: 'indexedDB' }, { name: '_pk_id' }]), {
      choice: both,
    });
    desk.withdraw(); // jsdom has no indexedDB
    await settle();
    expect(cookies()).toEqual([]);
    expect(errors).toHaveLength(1);
  });

  test('nothing goes that an allowed item names, too, and never our own cookie', async () => {
    set('shared_a', 'shared_b', 'privacy_desk_other');
    const { desk } = load(
      storing([{ name: '*', match: 'pattern' }], [{ name: 'shared_a' }, { name: 'privacy_desk', match: 'prefix' }]),
      { choice: both },
    );
    desk.setPreference('STATISTICS', false);
    await settle();
    expect(cookies()).toEqual(['privacy_desk_other', 'shared_a']);
    expect(storedChoice()).toHaveLength(1);
    desk.withdraw();
    await settle();
    expect(cookies()).toEqual([]);
    expect(storedChoice()).toHaveLength(1);
  });

  test('what scripts that run on store again goes when the page is left', async () => {
    set('_pk_id');
    const { desk } = load(storing([{ name: '_pk_id' }]), { choice: both });
    desk.withdraw();
    await settle();
    set('_pk_id');
    window.dispatchEvent(new Event('pagehide'));
    expect(cookies()).toEqual([]);
  });

  test('of one item only its own storage goes', async () => {
    set('_pk_id', 'VISITOR');
    const { desk } = load(storing([{ name: '_pk_id' }], [{ name: 'VISITOR' }]), { choice: both });
    desk.setPreference('MARKETING/youtube', false);
    await settle();
    expect(cookies()).toEqual(['_pk_id']);
  });

  test('details that cannot be loaded are reported, and the refusal stands', async () => {
    set('_pk_id');
    const { desk, errors } = load(storing([{ name: '_pk_id' }]), { choice: both, details: new Error('no answer') });
    desk.withdraw();
    await settle();
    expect(errors).toHaveLength(1);
    expect(desk.getPreference('STATISTICS')).toBe(false);
  });
});

describe('After a refusal', () => {
  test('what was on by default is cleared', async () => {
    set('_pk_id', 'VISITOR');
    const config = { ...storing([{ name: '_pk_id' }], [{ name: 'VISITOR' }]), regime: 'as-configured' as const };
    const { desk } = load(config);
    desk.rejectAll();
    await settle();
    expect(cookies()).toEqual([]);
  });

  test('what was granted for an older revision is cleared', async () => {
    set('_pk_id');
    const { desk } = load(storing([{ name: '_pk_id' }]), { choice: { STATISTICS: { ...granted, revision: 9 } } });
    desk.rejectAll();
    await settle();
    expect(cookies()).toEqual([]);
  });

  test('what refused items name is cleared even if they were never on', async () => {
    set('_pk_id', 'other');
    const { desk } = load(storing([{ name: '_pk_id' }]));
    desk.rejectAll();
    await settle();
    expect(cookies()).toEqual(['other']);
  });

  test('nothing is loaded where nothing is stored', async () => {
    const { desk, errors } = load(storing([{ name: '_pk_id' }]), { details: new Error('not needed') });
    desk.rejectAll();
    await settle();
    expect(errors).toEqual([]);
  });
});

describe('After a page that was left at once', () => {
  const refusedBoth = { STATISTICS: { ...granted, granted: false }, MARKETING: { ...granted, granted: false } };
  const shown = async (visited: ReturnType<typeof load>) => {
    await settle();
    stay();
    await settle();
    return visited.shown.map(({ name }) => name);
  };

  test('what refused items stored is cleared on the next one, once, after a second', async () => {
    set('_pk_id', 'other');
    const config = storing([{ name: '_pk_id' }]);
    const next = load(config, { choice: refusedBoth });
    await settle();
    expect(cookies()).toEqual(['_pk_id', 'other']);
    expect(await shown(next)).toEqual(['aftermath']);
    expect(cookies()).toEqual(['other']);
    expect(await shown(load(config))).toEqual([]);
  });

  test('it is tried again while the details cannot be loaded', async () => {
    set('_pk_id');
    const config = storing([{ name: '_pk_id' }]);
    const { errors } = load(config, { choice: refusedBoth, details: new Error('no answer') });
    stay();
    await settle();
    expect(errors).toHaveLength(1);
    expect(await shown(load(config))).toEqual(['aftermath']);
    expect(cookies()).toEqual([]);
  });

  test.each([false, true])('what another tab decided while this was loading is not overwritten', async (early) => {
    const { desk } = load(storing([]));
    desk.rejectAll();
    if (early) stay();
    document.cookie = `${document.cookie.replace('MARKETING:0', 'MARKETING:1')}; Path=/`;
    await settle();
    expect(desk.getPreferences()).toMatchObject({ STATISTICS: false, MARKETING: true });
    expect(storedChoice()[0]).toContain('MARKETING:1');
  });

  test('a visitor who has not decided, or has nothing left to do, loads nothing', async () => {
    expect(await shown(load(storing([])))).toEqual(['ui']);
    const first = load(storing([]));
    first.desk.rejectAll();
    await settle();
    expect(await shown(load(storing([])))).toEqual([]);
  });
});

describe('After any decision', () => {
  test('another cookie of our name is removed, so that the new one counts', async () => {
    const { desk } = load(consentConfig('en'));
    const { get, set: written } = mockCookies();
    const [old, now] = [cookieOf({ STATISTICS: { ...granted, granted: false } }), cookieOf(both)];
    get.mockReturnValue(`privacy_desk=${old}; privacy_desk=${now}`);
    desk.acceptAll();
    await settle();
    const calls = written.mock.calls.map(([cookie]) => cookie);
    expect(calls).toContain('privacy_desk=; Max-Age=0; Path=/; Domain=localhost');
    expect(calls.at(-1)).toMatch(/^privacy_desk=1\.0\.[\w-]{22}\.STATISTICS:1:/);
  });

  test('nothing is reloaded by itself', async () => {
    const events = eventsOf('change');
    const { desk } = load(storing([]), { choice: both });
    desk.getPreference('STATISTICS');
    desk.withdraw();
    await settle();
    expect(events[0]!.reloadAdvised).toBe(true);
  });
});

test('a page where local storage is forbidden reports that and goes on', () => {
  const { desk, errors } = load(storing([]), { choice: both });
  const storage = jest.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('forbidden', 'SecurityError');
  });
  expect(() => stay()).not.toThrow();
  storage.mockRestore();
  expect(errors).toHaveLength(1);
  expect(desk.getPreference('STATISTICS')).toBe(true);
});
