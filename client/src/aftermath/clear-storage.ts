import type { StorageEntry, StorageKind } from '../../../contract/consent-config';
import type { Desk } from '../core/desk';
import { fullConfig } from '../core/full-config';
import { guard } from '../core/report';

/** Every domain and path that a cookie of this page can lie on; a cookie goes only by the very pair it was set with. */
export const expireCookie = (name: string): void => {
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

/** Whether the page has stored anything that this client can see at once and that is not its own. */
const hasStored = (desk: Desk): boolean => {
  const foreign = (name: string) => !name.startsWith(desk.config.choice.cookie);
  const kinds = ['cookie', 'localStorage', 'sessionStorage'] as const;
  return kinds.some((kind) => (stores[kind]!.names() as string[]).some((name) => name && foreign(name)));
};

/**
 * Removes what refused items stored, but nothing that an allowed item names as well, and never what is our own.
 *
 * @param lost `CATEGORY/item-key` of items that were allowed until now
 */
export const clearStorage = async (desk: Desk, lost: readonly string[]): Promise<void> => {
  const { allowed } = desk.decision();
  const { entries } = desk.choice();
  const cookie = desk.config.choice.cookie;
  const refused = (key: string, item: string) => (entries[`@${item}`] ?? entries[key])?.[0] === '0';
  const someRefused = desk.config.categories.some(({ key, items }) => items.some((item) => refused(key, item.key)));
  if (!lost[0] && !(someRefused && hasStored(desk))) return;
  const { categories } = await fullConfig(desk);
  const storageOf = (wanted: (path: string, refused: boolean) => boolean) =>
    categories.flatMap(({ key, items }) =>
      items.flatMap((item) => (wanted(`${key}/${item.key}`, refused(key, item.key)) ? item.storage : [])),
    );
  const doomed = storageOf((path, refused) => !allowed[path] && (refused || lost.includes(path)));
  const spared = storageOf((path) => allowed[path]!);
  const clear = async () => {
    for (const kind of new Set(doomed.map((entry) => entry.kind))) {
      const among = (list: StorageEntry[], name: string) =>
        list.some((entry) => entry.kind === kind && isNamed(entry, name));
      await guard(async () => {
        const names = stores[kind]?.names();
        // Awaited only where it must be: a page that is being left has no second turn.
        for (const name of names instanceof Promise ? await names : (names ?? []))
          if (among(doomed, name) && !among(spared, name) && name !== cookie) await stores[kind]!.remove(name);
      });
    }
  };
  await clear();
  // Scripts that run on may store once more until the page is left.
  if (lost[0]) addEventListener('pagehide', () => void clear());
};
