import { encodeChoice } from '../../../contract/choice';
import type { ConsentConfig, StorageEntry, StorageKind } from '../../../contract/consent-config';
import type { Chunks, Desk } from '../core/desk';
import { readCookies, writeChoiceCookie } from '../core/choice-cookie';
import { fail } from '../core/report';

/** Every domain and path that a cookie of this page can lie on; a cookie goes only by the very pair it was set with. */
const expireCookie = (name: string): void => {
  const labels = location.hostname.split('.');
  const domains = ['', ...labels.map((_, i) => `; Domain=${labels.slice(i).join('.')}`)];
  const steps = location.pathname.split('/');
  const folders = steps.map((_, i) => steps.slice(0, i + 1).join('/'));
  const paths = new Set(['/', ...folders.flatMap((folder) => [folder, `${folder}/`])].filter(Boolean));
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  for (const domain of domains)
    for (const path of paths) document.cookie = `${name}=; Max-Age=0; Path=${path}${domain}${secure}`;
};

/** Whether a stored thing called `name` is meant by the entry. */
const isNamed = ({ name: rule, match }: StorageEntry, name: string): boolean => {
  if (match === 'prefix') return name.startsWith(rule);
  if (match !== 'pattern') return name === rule;
  const escaped = rule.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 's').test(name);
};

/** For each kind of storage that a page can clear: what lies there, and how one of it goes. */
const stores: Partial<Record<StorageKind, { names(): string[] | Promise<string[]>; remove(name: string): unknown }>> = {
  cookie: {
    names: () => document.cookie.split('; ').map((pair) => pair.split('=')[0]!),
    remove: expireCookie,
  },
  localStorage: { names: () => Object.keys(localStorage), remove: (name) => localStorage.removeItem(name) },
  sessionStorage: { names: () => Object.keys(sessionStorage), remove: (name) => sessionStorage.removeItem(name) },
  indexedDB: {
    names: async () => (await indexedDB.databases()).map(({ name = '' }) => name),
    remove: (name) => indexedDB.deleteDatabase(name),
  },
  cacheStorage: { names: () => caches.keys(), remove: (name) => caches.delete(name) },
};

/** Removes what the items of `lost` (`CATEGORY/item-key`) stored, but nothing that an allowed item names as well. */
const clear = async (desk: Desk, { categories }: ConsentConfig, lost: Set<string>): Promise<void> => {
  const entries = (wanted: (key: string) => boolean) =>
    categories.flatMap(({ key, items }) => items.flatMap((item) => (wanted(`${key}/${item.key}`) ? item.storage : [])));
  const { allowed } = desk.decision();
  const doomed = entries((key) => lost.has(key) && !allowed[key]);
  const spared = entries((key) => allowed[key]!);
  const own: StorageEntry = { name: desk.config.choice.cookie, match: 'exact', kind: 'cookie' };
  for (const kind of new Set(doomed.map((entry) => entry.kind))) {
    const among = (list: StorageEntry[], name: string) =>
      list.some((entry) => entry.kind === kind && isNamed(entry, name));
    try {
      const names = stores[kind]?.names();
      // Awaited only where it must be: a page that is being left has no second turn.
      for (const name of names instanceof Promise ? await names : (names ?? []))
        if (among(doomed, name) && !among([...spared, own], name)) await stores[kind]!.remove(name);
    } catch (error) {
      fail(error);
    }
  }
};

/** Items that scripts of this page may still store for, although they are not allowed any more. */
const lost = new Set<string>();

/**
 * What follows a decision, off the critical path: another cookie of our name goes; what was stored for items goes that were
 * allowed before, by the previous choice or by default, and are not now; and the page reloads, where the site wants that.
 */
const aftermath: Chunks['aftermath'] = {
  async show(desk, { change, previous }) {
    const { config } = desk;
    const choice = desk.choice();
    if (choice && readCookies(config.choice.cookie).length > 1) {
      expireCookie(config.choice.cookie);
      writeChoiceCookie(config.choice, encodeChoice(choice));
    }
    const first = !lost.size;
    for (const { key, items } of config.categories)
      for (const item of items) {
        const path = `${key}/${item.key}`;
        const granted = previous?.entries[`@${item.key}`]?.granted ?? previous?.entries[key]?.granted;
        if (!desk.decision().allowed[path] && (granted || change.changed.includes(path))) lost.add(path);
      }
    if (lost.size) {
      const full = await desk.details();
      await clear(desk, full, lost);
      // Scripts that run on may store once more until the page is left.
      if (first) addEventListener('pagehide', () => void clear(desk, full, lost));
    }
    if (config.reloadOnWithdrawal && change.reloadAdvised) location.reload();
  },
};
export default aftermath;
