import { UNCLASSIFIED, type ConsentConfig } from '../../../contract/consent-config';
import type { PreviewReport, PreviewRequest } from '../../../contract/preview';
import type { PrivacyDesk } from '../core/api';
import type { ChunkName } from '../core/desk';
import css from './frame.css';

// The build makes this file one function expression with these parameters; the server appends the arguments.
/** The client as websites get it. */
declare const client: (config: ConsentConfig, chunks: Record<ChunkName, string>, signals: []) => void;
declare const chunks: Record<ChunkName, string>;
/** Where the client's chunks lie, relative to the frame; with a slash at the end. */
declare const base: string;

const report = (type: PreviewReport['type']) => parent.postMessage({ type } satisfies PreviewReport, '*');

/**
 * What a website gives the client and this frame, which is sandboxed and without an origin, does not:
 * a script element, cookies and local storage (kept as long as the frame), an answer of `/config`.
 */
const pretend = (config: ConsentConfig, gpc: boolean): void => {
  const jar = new Map<string, string>();
  const define = (object: object, name: string, property: PropertyDescriptor) =>
    Object.defineProperty(object, name, { configurable: true, ...property });
  define(document, 'currentScript', { value: { src: new URL(base, location.href).href } });
  define(document, 'cookie', {
    get: () => [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
    set: (cookie: string) => {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(cookie) ?? [];
      if (/max-age=0/i.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    },
  });
  // Properties will do: nothing here outlives the frame.
  define(window, 'localStorage', { value: {} });
  define(navigator, 'globalPrivacyControl', { value: gpc });
  window.fetch = async () => new Response(JSON.stringify(config), { headers: { 'Content-Type': 'application/json' } });
};

const element = (tag: string, attributes: Record<string, string> = {}, ...children: Node[]): HTMLElement => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

/** A page as neutral as can be: bars instead of words, so that nobody takes it for theirs. */
const page = (more: Node[]): Node => {
  const bars = (count: number) => Array.from({ length: count }, () => element('div', { class: 'bar' }));
  return element(
    'main',
    {},
    element('div', { class: 'head' }),
    ...more,
    element('div', { class: 'text' }, ...bars(5)),
    element('div', { class: 'text' }, ...bars(4)),
  );
};

const contentFor = ({ view, config }: PreviewRequest): Node[] => {
  if (view === 'declaration') return [element('privacy-desk-declaration')];
  const optional = config.categories.filter(({ mode, key }) => mode !== 'required' && key !== UNCLASSIFIED);
  const key = optional.at(-1)?.key;
  if (view !== 'placeholder' || !key) return [];
  return [
    element('iframe', {
      'data-privacy': key,
      'data-src': 'https://video.example/embed',
      title: 'video.example',
      width: '560',
      height: '315',
    }),
  ];
};

/** Which part shows that the client has done what was asked for. */
const parts = {
  banner: '[data-privacy-part="banner"],[data-privacy-part="gpc-status"]',
  dialog: '[data-privacy-part="settings"]',
  placeholder: '[data-privacy-part="placeholder"]',
  declaration: 'privacy-desk-declaration > *',
};
const PATIENCE_MS = 3000;

const show = async (request: PreviewRequest): Promise<void> => {
  const { config, view, gpc } = request;
  Object.assign(document.documentElement, { lang: config.locale, dir: config.dir });
  pretend(config, gpc);
  document.body.replaceChildren(page(contentFor(request)));
  // Nobody's consent: nothing is to be recorded, and no vendor told.
  client({ ...config, consents: undefined }, chunks, []);
  const desk = (window as unknown as { privacyDesk: PrivacyDesk }).privacyDesk;
  // Only what was asked for is to be seen, so the visitor of these views has decided.
  if (view === 'placeholder' || view === 'declaration') desk.rejectAll();
  if (view === 'dialog') desk.openSettings();
  // There may be nothing to show: nothing to ask about, nothing to hold back.
  for (const end = performance.now() + PATIENCE_MS; !document.querySelector(parts[view]) && performance.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 20));
  report('privacy-desk-preview:shown');
};

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [sheet];

let asked = false;
addEventListener('message', ({ source, data }: MessageEvent<PreviewRequest>) => {
  if (asked || source !== parent || data?.type !== 'privacy-desk-preview:show') return;
  asked = true;
  void show(data);
});
// Links of a preview lead nowhere: the sandbox keeps them from the panel, and the frame is to stay.
addEventListener('click', (event) => {
  if ((event.target as Element).closest?.('a[href]')) event.preventDefault();
});
report('privacy-desk-preview:ready');
