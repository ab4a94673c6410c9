import { encodeChoice, parseChoice, parseChoices } from '../../../contract/choice';
import type { ConsentConfig, SlimConfig } from '../../../contract/consent-config';
import { decide } from '../../../contract/preferences';
import type { Change, PrivacyDesk, Source } from './api';
import { createChoiceCookie } from './choice-cookie';
import type { ChunkName, Chunks, Desk, Selection, UiName, UiPart } from './desk';
import { nextChoice } from './next-choice';

/** What differs between the script and the npm package. */
export interface Host {
  load<Name extends ChunkName>(name: Name): Promise<{ default: Chunks[Name] }>;
  details(): Promise<ConsentConfig>;
  /** The nonce of the client's own script. */
  nonce?: string;
}

/** What acts on decisions: gate and signals. */
export interface Effects {
  /** Brings the page in line with the decision; `change` is absent at the start. */
  run(change?: Change): void;
  reveal(element: Element): void;
}

/** 128 random bits in base64url. */
const mint = () =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .slice(0, 22);

/** The core: cookie -> choice -> decision, the public API on top, and what follows a decision. Answers as soon as it is made. */
export const createDesk = (config: SlimConfig, host: Host, connect: (desk: Desk) => Effects): Desk => {
  const gpc = (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl === true;
  const cookie = createChoiceCookie(config.choice);
  const optional = config.categories.filter(({ mode }) => mode !== 'required').map(({ key }) => key);
  const listeners = new Set<(change: Change) => void>();
  const parts: Partial<Record<UiName, UiPart>> = {};
  const used = new Set<string>();
  const warned = new Set<string>();
  let waiting: [key: string, resolve: () => void][] = [];

  let stored = cookie.read();
  let choice = parseChoices(stored);
  let decision = decide(config, choice, { gpc });
  let last: Change | undefined;

  const emit: Desk['emit'] = (name, detail) => {
    document.dispatchEvent(new CustomEvent(`privacy-desk:${name}`, { detail }));
  };
  const fail = (error: unknown) => {
    console.warn('[privacy-desk]', error);
    emit('error', { error });
  };
  const guard = (action: () => void) => {
    try {
      action();
    } catch (error) {
      fail(error);
    }
  };
  const parsed = new Promise<unknown>((resolve) => {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', resolve);
    else resolve(0);
  });

  const known = (key: string) => {
    if (key in decision.allowed) return true;
    if (!warned.has(key)) console.warn(`[privacy-desk] Unknown key "${key}"`);
    warned.add(key);
    return false;
  };
  const allows = (key: string) => known(key) && decision.allowed[key]!;

  const show = (name: UiName, target?: string | Element, wanted = () => true) => {
    host
      .load(name)
      .then(async ({ default: part }) => {
        if (!document.body) await parsed;
        parts[name] = part;
        if (wanted()) part.show(desk, target);
      })
      .catch(fail);
  };
  const hide = (name: UiName, target?: Element) => parts[name]?.hide?.(target);
  /** Without a fresh choice the visitor is asked, or told that their GPC is honoured. */
  const ask = () => {
    if (decision.undecided.length)
      show('banner', decision.ask ? undefined : 'gpc', () => decision.undecided.length > 0);
  };

  const run = (change?: Change) => {
    guard(() => effects.run(change));
    waiting = waiting.filter(([key, resolve]) => {
      if (!decision.allowed[key]) return true;
      used.add(key);
      resolve();
      return false;
    });
  };

  /** Takes over what is in `choice` now; returns what is no longer allowed. */
  const apply = (source: Source): string[] => {
    const before = decision.allowed;
    decision = decide(config, choice, { gpc });
    const changed = Object.keys(before).filter((key) => before[key] !== decision.allowed[key]);
    const lost = changed.filter((key) => before[key]);
    const change = (last = {
      preferences: api.getPreferences(),
      changed,
      source,
      reloadAdvised: lost.some((key) => used.has(key)),
    });
    if (!decision.undecided.length) hide('banner');
    emit('change', change);
    for (const listener of listeners) guard(() => listener(change));
    // A task of its own, so that the browser can paint first what the click did.
    setTimeout(() => run(change));
    return lost;
  };

  const commit: Desk['commit'] = (selection, source) => {
    const was = choice;
    const next = nextChoice(config, was, selection, gpc, Math.floor(Date.now() / 1000), mint);
    const value = encodeChoice(
      next,
      (item) => config.categories.find(({ items }) => items.some(({ key }) => key === item))?.key,
    );
    stored = cookie.write(value);
    choice = parseChoice(value);
    const lost = apply(source);
    channel?.postMessage(source);
    const { reloadAdvised } = last!;
    const stale = config.categories.flatMap(({ key, items }) =>
      was?.categories[key]?.granted ? items.map((item) => `${key}/${item.key}`) : [],
    );
    const clearable = [...new Set([...lost, ...stale])].filter((key) => key.includes('/') && !decision.allowed[key]);
    (clearable.length ? host.load('clear').then(({ default: clear }) => clear(desk, clearable)) : Promise.resolve())
      .catch(fail)
      .then(() => {
        if (config.reloadOnWithdrawal && reloadAdvised) location.reload();
      });
  };

  /** Reads again what another tab may have decided. */
  const sync = (source: Source = 'save') => {
    const values = cookie.read();
    if (values.join() === stored.join()) return;
    stored = values;
    choice = parseChoices(values);
    apply(source);
    ask();
  };

  const decideAll = (granted: boolean, source: Source) =>
    commit({ categories: Object.fromEntries(optional.map((key) => [key, granted])), items: {} }, source);

  const setPreferences = (preferences: Record<string, boolean>, source: Source = 'api') => {
    const selection: Selection = { categories: {}, items: {} };
    for (const [key, granted] of Object.entries(preferences)) {
      const [category, item] = key.split('/') as [string, string?];
      if (typeof granted !== 'boolean' || !(key in decision.allowed) || !optional.includes(category))
        throw new TypeError(`[privacy-desk] Not a decision: ${key}, ${granted}`);
      if (item === undefined) selection.categories[key] = granted;
      else selection.items[item] = granted;
    }
    commit(selection, source);
  };

  const api: PrivacyDesk = {
    getPreference(key) {
      const allowed = allows(key);
      // Who asks and hears yes goes on to run something.
      if (allowed) used.add(key);
      return allowed;
    },
    getPreferences: () => Object.fromEntries(config.categories.map(({ key }) => [key, decision.allowed[key]!])),
    hasDecided: (category) =>
      category === undefined
        ? !decision.undecided.length
        : optional.includes(category) && !decision.undecided.includes(category),
    setPreference: (key, granted) => setPreferences({ [key]: granted }),
    setPreferences,
    acceptAll: () => decideAll(true, 'accept-all'),
    rejectAll: () => decideAll(false, 'reject-all'),
    withdraw: () => decideAll(false, 'withdraw'),
    openSettings: (category) => show('dialog', category),
    closeSettings: () => hide('dialog'),
    showBanner: () => show('banner'),
    onChange(listener) {
      listeners.add(listener);
      if (last) guard(() => listener(last!));
      return () => void listeners.delete(listener);
    },
    whenAllowed: (key) =>
      new Promise((resolve) => {
        if (!known(key)) return;
        if (decision.allowed[key]) {
          used.add(key);
          resolve();
        } else waiting.push([key, resolve]);
      }),
    ready: parsed.then(() => {}),
    receipt: () => Promise.resolve(null),
  };

  const desk: Desk = {
    api,
    config,
    gpc,
    nonce: host.nonce,
    choice: () => choice,
    decision: () => decision,
    allows,
    ran: (key) => void used.add(key),
    commit,
    details: host.details,
    reveal: (element) => effects.reveal(element),
    show,
    hide,
    emit,
  };
  const effects = connect(desk);
  const channel = window.BroadcastChannel && new BroadcastChannel(`privacy-desk:${config.choice.cookie}`);
  if (channel) channel.onmessage = ({ data }) => sync(data as Source);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) sync();
  });
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) sync();
  });

  if (optional.some((key) => api.hasDecided(key))) {
    const undecided = decide(config, null, { gpc }).allowed;
    last = {
      preferences: api.getPreferences(),
      changed: Object.keys(undecided).filter((key) => undecided[key] !== decision.allowed[key]),
      source: 'save',
      reloadAdvised: false,
    };
  }
  // After whatever came with this script (queued calls, an import of old choices) had its say, and before the next script.
  queueMicrotask(() => {
    run();
    ask();
  });
  void parsed.then(() =>
    emit('ready', last ?? { preferences: api.getPreferences(), changed: [], source: 'save', reloadAdvised: false }),
  );
  return desk;
};
