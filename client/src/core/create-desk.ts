import { encodeChoice, parseChoice } from '../../../contract/choice';
import type { SlimConfig } from '../../../contract/consent-config';
import { decide, type Decision, type Signals } from '../../../contract/preferences';
import type { Change, PrivacyDesk, Receipt, Source } from './api';
import { readCookies, writeChoiceCookie } from './choice-cookie';
import type { Desk } from './desk';
import { nextChoice } from './next-choice';
import { emit, guard, warn } from './report';
import type { Stub } from '../stub';

/** What differs between the script and the npm package. */
export interface Host extends Signals, Pick<Desk, 'nonce' | 'url' | 'full' | 'load'> {}

/** Brings the page in line with the decision: signals and gate. */
export type Effect = () => void;

/** The core: cookie -> choice -> decision, the public API on top, and what follows a decision. Answers as soon as it is made. */
export const createDesk = (
  config: SlimConfig,
  host: Host,
  stub: Pick<Stub, 'q'>,
  connect: (desk: Desk) => Effect,
): void => {
  const { categories, choice: storage } = config;
  const optional = categories.filter(({ mode }) => mode !== 'required').map(({ key }) => key);
  /** What the page asked about: who hears yes goes on to run something. */
  const asked = new Set<string>();

  const listeners = new Set<(change: Change) => void>();

  let stored = readCookies(storage.cookie);
  let choice = parseChoice(stored);
  let decision: Decision = { allowed: {}, undecided: [] };
  /** The newest change, for late listeners; at the start all is news. */
  let last: Change;

  /** Decides anew. */
  const take = (source: Source) => {
    const before = decision.allowed;
    decision = decide(config, choice, host);
    const { allowed } = decision;
    const changed = Object.keys(allowed).filter((key) => allowed[key] !== before[key]);
    last = {
      preferences: api.getPreferences(),
      changed,
      source,
      reloadAdvised: changed.some((key) => !allowed[key] && asked.has(key)),
    };
  };

  const ready = new Promise<void>((resolve) => {
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', resolve as () => void);
    else resolve();
  });

  const show: Desk['show'] = (name, method, target) =>
    guard(async () =>
      ((await host.load(name)).default[method] as (desk: Desk, target: unknown) => unknown)(desk, target),
    );

  /** Without a fresh choice the visitor is asked. */
  const ask = () => {
    if (decision.undecided[0]) show('ui', 'banner', 'ask');
  };

  const change = (source: Source) => {
    take(source);
    guard(effect);
    emit('change', last);
    listeners.forEach((listener) => guard(() => listener(last)));
  };

  const store = () => {
    guard(() => writeChoiceCookie(storage, encodeChoice(choice)));
    stored = readCookies(storage.cookie);
  };

  const commit = (preferences: Record<string, boolean>, source: Source): void => {
    choice = nextChoice(config, choice, preferences, host.gpc);
    desk.mint?.(choice);
    store();
    change(source);
    show('aftermath', 'show', last);
  };

  /** Reads again what another tab may have decided. */
  const sync = () =>
    guard(() => {
      const before = stored;
      stored = readCookies(storage.cookie);
      if (before !== stored) {
        choice = parseChoice(stored);
        change('save');
        ask();
      } else if (stored && localStorage[storage.cookie] !== stored) show('aftermath', 'show');
    });

  const decideAll = (source: Source) =>
    commit(Object.fromEntries(optional.map((key) => [key, source === 'accept-all'])), source);

  const setPreferences = (preferences: Record<string, boolean>, source: Source = 'api') => {
    for (const [key, granted] of Object.entries(preferences))
      if (!optional.includes(key.split('/')[0]!) || !(key in decision.allowed) || granted !== !!granted)
        throw TypeError(`cannot set ${key}`);
    commit(preferences, source);
  };

  const api: PrivacyDesk = {
    getPreference: (key) => {
      const allowed = decision.allowed[key];
      if (allowed === undefined && !asked.has(key)) warn(`unknown key ${key}`);
      asked.add(key);
      return !!allowed;
    },
    getPreferences: () => Object.fromEntries(categories.map(({ key }) => [key, decision.allowed[key]!])),
    hasDecided: (category) =>
      (category ? [category] : optional).every((key) => optional.includes(key) && !decision.undecided.includes(key)),
    setPreference: (key, granted) => setPreferences({ [key]: granted }),
    setPreferences,
    acceptAll: () => decideAll('accept-all'),
    rejectAll: () => decideAll('reject-all'),
    withdraw: () => decideAll('withdraw'),
    showBanner: () => show('ui', 'banner'),
    closeSettings: () => show('ui', 'hide'),
    openSettings: (category) => show('ui', 'dialog', category),
    onChange(listener) {
      listeners.add(listener);
      if (optional.some(api.hasDecided)) guard(() => listener(last));
      return () => listeners.delete(listener);
    },
    whenAllowed: (key) =>
      new Promise((resolve) => {
        const attempt = () => {
          if (api.getPreference(key)) resolve();
        };
        listeners.add(attempt);
        attempt();
      }),
    ready,
    receipt: async () => ((await show('aftermath', 'receipt')) ?? null) as Receipt | null,
  };

  take('save');

  const desk: Desk = {
    ...host,
    api,
    config,
    decision: () => decision,
    choice: () => choice,
    commit,
    store,
    show,
    sync,
  };
  const effect = connect(desk);
  // Later: on listening for `storage`, browsers open the storage of the site, which takes longer than all else here.
  setTimeout(() => {
    sync();
    addEventListener('visibilitychange', sync);
    addEventListener('pageshow', sync); // from the back-forward cache
    addEventListener('storage', sync);
  }, 1e3);
  void ready.then(() => {
    // What came since the last time, and what waited for the parser.
    guard(effect);
    emit('ready', last);
  });
  const { q } = stub;
  Object.assign(stub, api, { q: undefined });
  q.forEach(([name, args, resolve]) =>
    guard(() => resolve(name === 'ready' ? ready : (api[name] as (...args: unknown[]) => unknown)(...args))),
  );
  // After whatever came with this script (queued calls, an import of old choices) had its say, and before the next script.
  queueMicrotask(() => {
    guard(effect);
    ask();
  });
};
