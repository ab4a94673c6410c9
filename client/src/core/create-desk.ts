import { encodeChoice, MAX_CHOICE_BYTES, parseChoice } from '../../../contract/choice';
import type { ConsentConfig, SlimConfig } from '../../../contract/consent-config';
import { decide, type Signals } from '../../../contract/preferences';
import type { Change, PrivacyDesk, Source } from './api';
import { readCookies, writeChoiceCookie } from './choice-cookie';
import type { ChunkName, Desk, UiPart } from './desk';
import { isLoading } from './is-loading';
import { nextChoice } from './next-choice';
import { emit, fail, guard, warn } from './report';

/** What differs between the script and the npm package. */
export interface Host extends Signals {
  load(name: ChunkName): Promise<{ default: UiPart<unknown> }>;
  details(): Promise<ConsentConfig>;
  /** The nonce of the client's own script. */
  nonce: string;
}

/** Brings the page in line with the decision: gate and signals. */
export type Effect = () => void;

/** The core: cookie -> choice -> decision, the public API on top, and what follows a decision. Answers as soon as it is made. */
export const createDesk = (config: SlimConfig, host: Host, connect: (desk: Desk) => Effect): Desk => {
  const { categories, choice: storage } = config;
  const optional = categories.filter((category) => category.mode !== 'required').map((category) => category.key);
  const listeners = new Set<(change: Change) => void>();
  const used = new Set<string>();
  const warned = new Set<string>();
  const waiting: (() => void)[] = [];

  let stored = readCookies(storage.cookie);
  let choice = parseChoice(...stored);
  let decision = decide(config, choice, host);

  const ready = new Promise<void>((resolve) => {
    if (isLoading()) addEventListener('DOMContentLoaded', resolve as () => void);
    else resolve();
  });

  const show: Desk['show'] = (name, target, method = 'show') =>
    void host
      .load(name)
      .then(async (chunk) => {
        if (!document.body) await ready;
        await chunk.default[method]!(desk, target);
      })
      .catch(fail);
  /** Without a fresh choice the visitor is asked, or told that their GPC is honoured. */
  const ask = () => {
    if (decision.undecided[0]) show('banner', decision.ask ? 'ask' : 'gpc');
  };

  const changeFrom = (before: Record<string, boolean>, source: Source): Change => {
    const { allowed } = decision;
    const changed = Object.keys(allowed).filter((key) => before[key] !== allowed[key]);
    return {
      preferences: api.getPreferences(),
      changed,
      source,
      reloadAdvised: changed.some((key) => !allowed[key] && used.has(key)),
    };
  };

  const run = () => {
    effect();
    waiting.splice(0).forEach((attempt) => attempt());
  };

  /** Takes over what is in `choice` now. */
  const apply = (source: Source) => {
    const before = decision.allowed;
    decision = decide(config, choice, host);
    const change = (last = changeFrom(before, source));
    emit('change', change);
    listeners.forEach((listener) => guard(() => listener(change)));
    // A task of its own, so that the browser can paint first what the click did.
    setTimeout(run);
  };

  const commit = (preferences: Record<string, boolean>, source: Source, narrow?: boolean): void => {
    const previous = choice;
    const value = encodeChoice(nextChoice(config, previous, preferences, host.gpc, narrow));
    if (value.length > MAX_CHOICE_BYTES && !narrow) return commit(preferences, source, true);
    guard(() => writeChoiceCookie(storage, value));
    choice = parseChoice(value);
    apply(source);
    stored = readCookies(storage.cookie);
    channel.postMessage(source);
    show('aftermath', { change: last, previous });
  };

  /** Reads again what another tab may have decided. */
  const sync = ({ data = 'save', persisted = true }: { data?: Source; persisted?: boolean }) => {
    const values = persisted ? readCookies(storage.cookie) : stored;
    if (values.join() !== stored.join()) {
      stored = values;
      choice = parseChoice(...values);
      apply(data);
      ask();
    }
  };

  const decideAll = (granted: boolean, source: Source) =>
    commit(Object.fromEntries(optional.map((key) => [key, granted])), source);

  const setPreferences = (preferences: Record<string, boolean>, source: Source = 'api') => {
    for (const [key, granted] of Object.entries(preferences))
      if (granted !== !!granted || !(key in decision.allowed) || !optional.includes(key.split('/')[0]!))
        throw new TypeError(`cannot set ${key}`);
    commit(preferences, source);
  };

  const api: PrivacyDesk = {
    getPreference(key) {
      const allowed = decision.allowed[key];
      if (allowed === undefined && !warned.has(key)) warn(`unknown key ${key}`);
      // Who asks and hears yes goes on to run something.
      (allowed ? used : warned).add(key);
      return !!allowed;
    },
    getPreferences: () =>
      Object.fromEntries(categories.map((category) => [category.key, decision.allowed[category.key]!])),
    hasDecided: (category) =>
      (category ? [category] : optional).every((key) => optional.includes(key) && !decision.undecided.includes(key)),
    setPreference: (key, granted) => setPreferences({ [key]: granted }),
    setPreferences,
    acceptAll: () => decideAll(true, 'accept-all'),
    rejectAll: () => decideAll(false, 'reject-all'),
    withdraw: () => decideAll(false, 'withdraw'),
    openSettings: (category) => show('dialog', category),
    closeSettings: () => show('dialog', undefined, 'hide'),
    showBanner: () => show('banner'),
    onChange(listener) {
      listeners.add(listener);
      if (optional.some(api.hasDecided)) guard(() => listener(last));
      return () => void listeners.delete(listener);
    },
    whenAllowed: (key) =>
      new Promise((resolve) => {
        const attempt = () => {
          if (api.getPreference(key)) resolve();
          else waiting.push(attempt);
        };
        attempt();
      }),
    ready,
    receipt: async () => null,
  };

  /** The newest change, for late listeners; at the start all is news. */
  let last = changeFrom({}, 'save');

  const desk: Desk = {
    ...host,
    api,
    config,
    choice: () => choice,
    decision: () => decision,
    commit,
    show,
    emit,
  };
  const effect = connect(desk);
  const channel = new BroadcastChannel(storage.cookie);
  channel.onmessage = sync;
  addEventListener('visibilitychange', sync as () => void);
  addEventListener('pageshow', sync as () => void); // `persisted`: from the back-forward cache
  // After whatever came with this script (queued calls, an import of old choices) had its say, and before the next script.
  queueMicrotask(() => {
    run();
    ask();
  });
  void ready.then(() => emit('ready', last));
  return desk;
};
