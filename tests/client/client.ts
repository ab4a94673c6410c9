import type { ConsentConfig } from '../../contract/consent-config';
import { encodeChoice, type Choice } from '../../contract/choice';
import type { VendorName } from '../../contract/vendors';
import type { Change, PrivacyDesk } from '../../client/src/core/api';
import type { ChunkName, Chunks, Desk, Load } from '../../client/src/core/desk';
import * as manifests from '../../client/src/signals';
import connect from '../../client/src/signals/connect';
import type { Manifest } from '../../client/src/signals';
import { start } from '../../client/src/start';
import type { Stub } from '../../client/src/stub';
import { consentConfig, slimConfig } from '../fixtures/consent-config';

/** What a chunk was asked to do. */
export interface Shown {
  name: ChunkName;
  method: string;
  target: unknown;
}

/** A visit of a page: the client, and what it did. */
export interface Visit {
  desk: PrivacyDesk;
  /** What chunks got; known after the first chunk was shown. */
  inner(): Desk;
  shown: Shown[];
  /** Details of `privacy-desk:error`. */
  errors: unknown[];
  warnings: unknown[][];
}

export interface VisitOptions {
  config?: Partial<ConsentConfig>;
  /** What the visitor decided earlier. */
  choice?: Record<string, Decided>;
  underGpc?: boolean;
  /** Global Privacy Control. */
  gpc?: boolean;
  nonce?: string;
  stub?: Stub;
  /** Real chunks instead of ones that only note that they were shown; `'fail'`: they cannot be loaded. */
  chunks?: Partial<{ [Name in ChunkName]: Partial<Chunks[Name]> }> | 'fail';
  details?: ConsentConfig | Error;
}

/** The tabs of a browser; jsdom has none. */
class Channel {
  static open: Channel[] = [];
  onmessage?: (event: { data: unknown }) => void;
  constructor(readonly name: string) {
    Channel.open.push(this);
  }
  postMessage(data: unknown) {
    for (const other of Channel.open)
      if (other !== this && other.name === this.name) setTimeout(() => other.onmessage?.({ data }));
  }
}
Object.assign(window, { BroadcastChannel: Channel });
// What follows a decision gives way to what was allowed, for a moment, in a page that is seen.
Object.defineProperty(document, 'hidden', { value: true, configurable: true });

const { get: textOf, set: setText } = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, 'text')!;
// jsdom runs a script only when it is inserted; browsers also when it is given a text (HTML standard, its children changed steps).
Object.defineProperty(HTMLScriptElement.prototype, 'text', {
  get: textOf,
  set(this: HTMLScriptElement, text: string) {
    setText!.call(this, text);
    if (this.isConnected && /^$|javascript/.test(this.type)) this.replaceWith(this);
  },
});

let undo: (() => void)[] = [];
/** What the pages do when they have been open for a second. */
let later: (() => void)[] = [];

/** Notes every listener, observer and long timer that the client adds, so that the next test starts on a clean page. */
const isolate = () => {
  const timeout = window.setTimeout;
  window.setTimeout = ((action: () => void, ms?: number) =>
    ms === 1000 ? later.push(action) : timeout(action, ms)) as typeof timeout;
  undo.push(() => {
    window.setTimeout = timeout;
    later = [];
  });
  for (const target of [window, document] as EventTarget[]) {
    const add = target.addEventListener.bind(target);
    target.addEventListener = (...args: Parameters<EventTarget['addEventListener']>) => {
      add(...args);
      undo.push(() => target.removeEventListener(args[0], args[1]));
    };
    undo.push(() => Reflect.deleteProperty(target, 'addEventListener'));
  }
  const Observer = window.MutationObserver;
  window.MutationObserver = class extends Observer {
    constructor(callback: MutationCallback) {
      super(callback);
      undo.push(() => this.disconnect());
    }
  };
  undo.push(() => {
    window.MutationObserver = Observer;
  });
};

/** As the choice has it. */
const entriesOf = (entries: Record<string, Decided>): Choice['entries'] =>
  Object.fromEntries(
    Object.entries(entries).map(([key, { granted, revision, decidedAt }]) => [
      key,
      [granted ? '1' : '0', revision, decidedAt?.toString(36)].filter((part) => part !== undefined).map(String),
    ]),
  ) as Choice['entries'];

/** One thing that a visitor decided, in words. */
export interface Decided {
  granted: boolean;
  revision?: number;
  /** Seconds of Unix time. */
  decidedAt?: number;
}

export const cookieOf = (entries: Record<string, Decided>, underGpc = false, subject = '-') =>
  encodeChoice({ underGpc, subject, entries: entriesOf(entries) });

/** The values of our cookie. */
export const storedChoice = () =>
  document.cookie
    .split('; ')
    .filter((pair) => pair.startsWith('privacy_desk='))
    .map((pair) => pair.slice('privacy_desk='.length));

/** A visitor comes to a page. Nothing of the client has run when it returns but what runs in the script itself. */
export const visit = (options: VisitOptions = {}): Visit => {
  isolate();
  const full = { ...consentConfig('en'), ...options.config };
  if (options.choice) document.cookie = `privacy_desk=${cookieOf(options.choice, options.underGpc)}; Path=/`;
  const shown: Shown[] = [];
  const errors: unknown[] = [];
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  let inner: Desk | undefined;
  document.addEventListener('privacy-desk:error', (event) => errors.push((event as CustomEvent).detail));
  /** What chunks lend to each other. */
  const tools = ['part', 'style', 'button', 'element'];
  /** A chunk that notes what it is asked to do, and what it gets. */
  const spy = (name: ChunkName, real: Record<string, unknown> = {}) =>
    new Proxy(real, {
      get: (_, method: string) =>
        tools.includes(method)
          ? real[method]
          : (desk: Desk, target: unknown) => {
              inner = desk;
              shown.push({ name, method, target });
              return (real[method] as ((...args: unknown[]) => unknown) | undefined)?.(desk, target);
            },
    });
  const details = async () => {
    if (options.details instanceof Error) throw options.details;
    return options.details ?? full;
  };
  const page = options.stub ?? ({ q: [] } as unknown as Stub);
  start(
    slimConfig(full),
    {
      nonce: options.nonce ?? '',
      full: { then: (done, failed) => details().then(done, failed) } as Promise<ConsentConfig>,
      gpc: !!options.gpc,
      load: (async (name) => {
        if (options.chunks === 'fail') throw new Error(`no ${name}`);
        return { default: spy(name, options.chunks?.[name]) };
      }) as Load,
      url: `${location.origin}/api/privacy-desk/client.js`,
    },
    page,
    (Object.values(manifests) as Manifest<VendorName>[]).map(connect),
  );
  return { desk: page, inner: () => inner!, shown, errors, warnings: warn.mock.calls };
};

/** Lets pass what the client does in tasks of its own: loading chunks, running what is allowed. */
export const settle = async () => {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setTimeout(resolve));
};

/** A second passes: from now on the pages hear of other tabs. */
export const stay = (): void => {
  for (const action of later.splice(0)) action();
};

/** What `privacy-desk:<name>` told, from now on. */
export const eventsOf = (name: string): Change[] => {
  const details: Change[] = [];
  document.addEventListener(`privacy-desk:${name}`, (event) => details.push((event as CustomEvent<Change>).detail));
  return details;
};

const { get: readReally, set: writeReally } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!;

/** Puts mocks in the place of `document.cookie`; by default they do what it does. */
export const mockCookies = () => {
  const get = jest.fn((): string => readReally!.call(document));
  const set = jest.fn((value: string): void => writeReally!.call(document, value));
  Object.defineProperty(document, 'cookie', { get, set, configurable: true });
  return { get, set };
};

/** The page is left for another one of the website: what listens and observes ends with it. */
export const unload = (): void => {
  for (const step of undo.reverse()) step();
  undo = [];
};

/** The page is left: no listener, element, cookie or storage stays. */
export const leave = async () => {
  await settle();
  unload();
  jest.restoreAllMocks();
  Reflect.deleteProperty(document, 'cookie');
  document.head.replaceChildren();
  document.body.replaceChildren();
  for (const pair of document.cookie.split('; ')) document.cookie = `${pair.split('=')[0]}=; Path=/; Max-Age=0`;
  localStorage.clear();
  sessionStorage.clear();
  Reflect.deleteProperty(window, 'dataLayer');
  Reflect.deleteProperty(window, 'ran');
  Channel.open = [];
};
