import { cookieOf, leave, settle, visit, type VisitOptions } from './client';
import embed from '../../client/src/gate/embed';
import ui from '../../client/src/ui/ui';

const granted = { granted: true, revision: 1, decidedAt: 1_790_000_000 };
const ran = () => ((window as { ran?: string[] }).ran ??= []);
/** Lets an inline script tell that it ran. */
const tell = (what: string) => `(window.ran ??= []).push('${what}')`;

/** Markup of the page, as the parser would have made it. */
const page = (html: string) => {
  const parsed = new DOMParser().parseFromString(`<body>${html}`, 'text/html');
  document.body.append(...[...parsed.body.childNodes].map((node) => document.importNode(node, true)));
};
const load = (options: VisitOptions = {}) => visit({ chunks: { embed }, ...options });
const one = <T extends HTMLElement = HTMLElement>(selector: string) => document.querySelector<T>(selector)!;

beforeEach(() => ran());
afterEach(leave);

describe('A gated script', () => {
  test('does not run before it is allowed, and runs once when it is', async () => {
    page(`<script type="text/plain" data-privacy="STATISTICS">${tell('statistics')}</script>`);
    const { desk } = load();
    await settle();
    expect(ran()).toEqual([]);
    desk.setPreference('STATISTICS', true);
    expect(ran()).toEqual(['statistics']);
    desk.setPreference('MARKETING', true);
    await settle();
    expect(ran()).toEqual(['statistics']);
  });

  test('runs at the start when it is allowed already', async () => {
    page(`<script type="text/plain" data-privacy="STATISTICS">${tell('statistics')}</script>`);
    load({ choice: { STATISTICS: granted } });
    await settle();
    expect(ran()).toEqual(['statistics']);
  });

  test('can be gated by an item', async () => {
    page(`<script type="text/plain" data-privacy="STATISTICS/matomo">${tell('matomo')}</script>
      <script type="text/plain" data-privacy="STATISTICS/hotjar">${tell('hotjar')}</script>`);
    load({ choice: { STATISTICS: granted, '@hotjar': { granted: false } } });
    await settle();
    expect(ran()).toEqual(['matomo']);
  });

  test('with an unknown key never runs, with one warning', async () => {
    page(`<script type="text/plain" data-privacy="STATISTIC">${tell('never')}</script>
      <script type="text/plain" data-privacy="STATISTIC">${tell('never')}</script>`);
    const { desk, warnings } = load();
    desk.acceptAll();
    await settle();
    expect(ran()).toEqual([]);
    expect(warnings).toHaveLength(1);
  });

  test('keeps its attributes, and stands where it stood', async () => {
    page(`<p></p><script type="text/plain" data-privacy="STATISTICS" id="me" class="x" data-own="1" integrity="sha256-x"
      crossorigin="anonymous" data-src="https://example.com/a.js" async></script><hr>`);
    load({ choice: { STATISTICS: granted } });
    await settle();
    const script = one<HTMLScriptElement>('#me');
    expect(script.outerHTML).toBe(
      '<script type="" data-privacy="STATISTICS" id="me" class="x" data-own="1" integrity="sha256-x" crossorigin="anonymous" data-src="https://example.com/a.js" async="" src="https://example.com/a.js"></script>',
    );
    expect(script.previousElementSibling!.tagName).toBe('P');
  });

  test('gets its type from data-type', async () => {
    page(`<script type="text/plain" data-type="module" data-privacy="STATISTICS" id="me">export {}</script>`);
    load({ choice: { STATISTICS: granted } });
    await settle();
    expect(one<HTMLScriptElement>('#me').type).toBe('module');
  });

  test('of another type than text/plain is not ours', async () => {
    page(`<script type="application/json" data-privacy="STATISTICS" id="me">{}</script>`);
    load({ choice: { STATISTICS: granted } });
    await settle();
    expect(one<HTMLScriptElement>('#me').type).toBe('application/json');
  });

  test('that was added later runs, too', async () => {
    const { desk } = load({ choice: { STATISTICS: granted } });
    await settle();
    page(`<div><div><script type="text/plain" data-privacy="STATISTICS">${tell('later')}</script></div></div>`);
    await settle();
    expect(ran()).toEqual(['later']);
    page(`<script type="text/plain" data-privacy="MARKETING">${tell('much later')}</script>`);
    desk.acceptAll();
    await settle();
    expect(ran()).toEqual(['later', 'much later']);
  });

  test('that gets its key after it was added runs, too', async () => {
    load({ choice: { STATISTICS: granted } });
    page(`<script type="text/plain">${tell('keyed')}</script>`);
    await settle();
    one('script').dataset.privacy = 'STATISTICS';
    await settle();
    expect(ran()).toEqual(['keyed']);
  });

  test('that was removed before its turn does not run', async () => {
    page(`<script type="text/plain" data-privacy="STATISTICS" data-src="/first.js"></script>
      <script type="text/plain" data-privacy="STATISTICS" id="second">${tell('second')}</script>`);
    load({ choice: { STATISTICS: granted } });
    await settle();
    one('#second').remove();
    one('[src]').dispatchEvent(new Event('load'));
    expect(ran()).toEqual([]);
  });

  test('that waits for its turn does not run after a withdrawal', async () => {
    page(`<script type="text/plain" data-privacy="STATISTICS" data-src="/first.js"></script>
      <script type="text/plain" data-privacy="STATISTICS">${tell('second')}</script>`);
    const { desk } = load({ choice: { STATISTICS: granted } });
    await settle();
    desk.withdraw();
    one('[src]').dispatchEvent(new Event('load'));
    expect(ran()).toEqual([]);
    desk.acceptAll();
    await settle();
    expect(ran()).toEqual(['second']);
  });

  test('that ran and is withdrawn makes a reload advisable', async () => {
    page(`<script type="text/plain" data-privacy="STATISTICS">${tell('statistics')}</script>`);
    const { desk } = load({ choice: { STATISTICS: granted, MARKETING: granted } });
    const advised: boolean[] = [];
    await settle();
    document.addEventListener('privacy-desk:change', (event) =>
      advised.push((event as CustomEvent<{ reloadAdvised: boolean }>).detail.reloadAdvised),
    );
    desk.setPreference('MARKETING', false);
    desk.setPreference('STATISTICS', false);
    expect(advised).toEqual([false, true]);
  });
});

describe('The order of scripts', () => {
  const sources = () => [...document.querySelectorAll('script[src]')].map((script) => script.getAttribute('src'));

  test('is that of the document: an inline script waits for the external ones before it, loaded or failed', async () => {
    page(`<script type="text/plain" data-privacy="STATISTICS">${tell('1')}</script>
      <script type="text/plain" data-privacy="STATISTICS" data-src="/2.js"></script>
      <script type="text/plain" data-privacy="STATISTICS" data-src="/3.js"></script>
      <script type="text/plain" data-privacy="STATISTICS">${tell('4')}</script>
      <script type="text/plain" data-privacy="STATISTICS" data-src="/5.js"></script>`);
    load({ choice: { STATISTICS: granted } });
    await settle();
    expect(ran()).toEqual(['1']);
    expect(sources()).toEqual(['/2.js', '/3.js']);
    one('[src="/2.js"]').dispatchEvent(new Event('error'));
    expect(ran()).toEqual(['1']);
    one('[src="/3.js"]').dispatchEvent(new Event('load'));
    expect(ran()).toEqual(['1', '4']);
    expect(sources()).toEqual(['/2.js', '/3.js', '/5.js']);
  });

  test.each(['data-type="text/typescript"', 'data-type="text/babel"', 'data-type="importmap"', 'nomodule'])(
    'does not wait for an external script that never runs (%s)',
    async (attribute) => {
      page(`<script type="text/plain" data-privacy="STATISTICS" data-src="/1.ts" ${attribute}></script>
      <script type="text/plain" data-privacy="STATISTICS">${tell('2')}</script>`);
      for (const script of document.scripts) script.noModule = script.hasAttribute('nomodule');
      load({ choice: { STATISTICS: granted } });
      await settle();
      expect(ran()).toEqual(['2']);
    },
  );

  test.each(['', 'module', 'text/javascript', 'application/javascript', 'TEXT/JAVASCRIPT'])(
    'waits for an external script of the type "%s", whose own handlers stay',
    async (type) => {
      page(`<script type="text/plain" data-type="${type}" data-privacy="STATISTICS" data-src="/1.js"></script>
        <script type="text/plain" data-privacy="STATISTICS">${tell('2')}</script>`);
      const loaded = jest.fn();
      one<HTMLScriptElement>('script').onload = loaded;
      load({ choice: { STATISTICS: granted } });
      await settle();
      expect(ran()).toEqual([]);
      one('[src]').dispatchEvent(new Event('load'));
      expect(ran()).toEqual(['2']);
      expect(loaded).toHaveBeenCalledTimes(1);
    },
  );

  test('does not wait for an asynchronous script, nor for one of a type that never runs', async () => {
    page(`<script type="text/plain" data-privacy="STATISTICS" data-src="/1.js" async></script>
      <script type="text/plain" data-privacy="STATISTICS" data-src="/2.json" data-type="application/json"></script>
      <script type="text/plain" data-privacy="STATISTICS">${tell('3')}</script>`);
    load({ choice: { STATISTICS: granted } });
    await settle();
    expect(ran()).toEqual(['3']);
  });
});

describe('The order of templates and scripts', () => {
  test('is that of the document, although what inserts templates is loaded first', async () => {
    page(`<script type="text/plain" data-privacy="STATISTICS">${tell('before')}</script>
      <template data-privacy="STATISTICS"><p>inside</p><script>${tell('inside')}</script></template>
      <template data-privacy="STATISTICS"><p>no script</p></template>
      <template data-privacy="MARKETING"><script>${tell('never')}</script></template>
      <script type="text/plain" data-privacy="STATISTICS">${tell('after')}</script>`);
    load({ choice: { STATISTICS: granted, MARKETING: { ...granted, granted: false } } });
    await settle();
    expect(ran()).toEqual(['before', 'inside', 'after']);
  });

  test('holds for a script that arrives while a template waits for its chunk', async () => {
    page(`<template data-privacy="STATISTICS"><script>${tell('inside')}</script></template>`);
    load({ choice: { STATISTICS: granted } });
    page(`<script type="text/plain" data-privacy="STATISTICS">${tell('after')}</script>`);
    await settle();
    expect(ran()).toEqual(['inside', 'after']);
  });

  test('leaves a gated script inside to its own key', async () => {
    page(`<template data-privacy="STATISTICS">
      <script type="text/plain" data-privacy="MARKETING">${tell('inner')}</script></template>`);
    const { desk } = load({ choice: { STATISTICS: granted } });
    await settle();
    expect(ran()).toEqual([]);
    desk.setPreference('MARKETING', true);
    await settle();
    expect(ran()).toEqual(['inner']);
  });
});

describe('Where the client came with a nonce', () => {
  test('only scripts that carry it are run', async () => {
    page(`<script type="text/plain" data-privacy="STATISTICS" nonce="good">${tell('good')}</script>
      <script type="text/plain" data-privacy="STATISTICS" nonce="bad">${tell('bad')}</script>
      <script type="text/plain" data-privacy="STATISTICS">${tell('none')}</script>
      <template data-privacy="STATISTICS"><script nonce="good">${tell('template')}</script><script>${tell('no')}</script></template>`);
    for (const script of document.querySelectorAll('script')) script.nonce = script.getAttribute('nonce') ?? '';
    const { warnings } = load({ choice: { STATISTICS: granted }, nonce: 'good' });
    await settle();
    expect(ran()).toEqual(['good', 'template']);
    expect(warnings.length).toBeGreaterThan(0);
  });
});

describe('A gated template', () => {
  const html = `<template data-privacy="MARKETING"><p>one</p><script>${tell('one')}</script><script src="/two.js"></script>
    <script>${tell('three')}</script><p>four</p></template><hr>`;

  test('is inserted when allowed, in order, and its scripts run in theirs', async () => {
    page(html);
    const { desk } = load();
    await settle();
    expect(document.querySelectorAll('p')).toHaveLength(0);
    desk.acceptAll();
    await settle();
    expect([...document.body.children].map(({ tagName }) => tagName)).toEqual([
      'TEMPLATE',
      'P',
      'SCRIPT',
      'SCRIPT',
      'SCRIPT',
      'P',
      'HR',
    ]);
    expect(ran()).toEqual(['one']);
    one('[src="/two.js"]').dispatchEvent(new Event('load'));
    expect(ran()).toEqual(['one', 'three']);
  });

  test('goes after a withdrawal, and comes back without running anything twice', async () => {
    page(html);
    const { desk } = load({ choice: { MARKETING: granted } });
    await settle();
    one('[src="/two.js"]').dispatchEvent(new Event('load'));
    desk.withdraw();
    await settle();
    expect([...document.body.children].map(({ tagName }) => tagName)).toEqual(['TEMPLATE', 'HR']);
    desk.acceptAll();
    await settle();
    expect(document.querySelectorAll('p')).toHaveLength(2);
    expect(ran()).toEqual(['one', 'three']);
  });

  test('can hold gated things', async () => {
    page(`<template data-privacy="MARKETING"><img data-privacy="STATISTICS" data-src="/pixel.gif"></template>`);
    const { desk } = load({ choice: { MARKETING: granted } });
    await settle();
    expect(one('img').getAttribute('src')).toBeNull();
    desk.acceptAll();
    await settle();
    expect(one('img').getAttribute('src')).toBe('/pixel.gif');
  });
});

describe('A gated source', () => {
  test.each([
    ['iframe', 'src', '/frame'],
    ['img', 'src', '/pixel.gif'],
    ['img', 'srcset', '/a.gif 1x, /b.gif 2x'],
    ['video', 'src', '/film.mp4'],
    ['video', 'poster', '/film.jpg'],
    ['embed', 'src', '/chart.svg'],
    ['link', 'href', '/font.css'],
  ])('of <%s %s> is there when it is allowed, and gone when it is not any more', async (tag, attribute, value) => {
    page(`<${tag} data-privacy="MARKETING" data-${attribute}="${value}">`);
    const { desk } = load();
    await settle();
    expect(one(tag).getAttribute(attribute)).toBeNull();
    desk.acceptAll();
    await settle();
    expect(one(tag).getAttribute(attribute)).toBe(value);
    desk.withdraw();
    await settle();
    expect(one(tag).getAttribute(attribute)).toBeNull();
    expect(one(tag).getAttribute(`data-${attribute}`)).toBe(value);
  });

  test('that is changed by the page is changed in effect', async () => {
    page('<iframe data-privacy="MARKETING" data-src="/one"></iframe>');
    load({ choice: { MARKETING: granted } });
    await settle();
    one('iframe').dataset.src = '/two';
    await settle();
    expect(one('iframe').getAttribute('src')).toBe('/two');
  });

  test.each(['javascript:alert(1)', ' java\nscript:alert(1)', 'JAVASCRIPT:alert(1)'])(
    'that is code (%j) is never set',
    async (value) => {
      page('<iframe data-privacy="MARKETING"></iframe>');
      one('iframe').dataset.src = value;
      load({ choice: { MARKETING: granted } });
      await settle();
      expect(one('iframe').getAttribute('src')).toBeNull();
    },
  );
});

describe('An embed', () => {
  const placeholders = () => document.querySelectorAll('[data-privacy-part="placeholder"]').length;
  const load = (options: VisitOptions = {}) => visit({ chunks: { embed, ui }, ...options });
  // jsdom lays nothing out: embeds have room, and none while a placeholder hides them.
  beforeEach(() =>
    jest.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
      const hidden = this.nextElementSibling?.matches('[data-privacy-part="placeholder"]');
      return (hidden ? { width: 0, height: 0 } : { width: 560, height: 315 }) as DOMRect;
    }),
  );

  test('has a placeholder while it is not allowed, and again after a withdrawal', async () => {
    page('<iframe data-privacy="MARKETING/youtube" data-src="https://www.youtube-nocookie.com/embed/x"></iframe>');
    const { desk } = load();
    await settle();
    expect(placeholders()).toBe(1);
    expect(one('[data-privacy-part="placeholder"]').textContent).toContain('www.youtube-nocookie.com');
    desk.acceptAll();
    await settle();
    expect(placeholders()).toBe(0);
    desk.withdraw();
    await settle();
    expect(placeholders()).toBe(1);
  });

  test('that is allowed while its placeholder is on its way gets none', async () => {
    page('<iframe data-privacy="MARKETING" data-src="/a"></iframe>');
    const { desk } = load();
    desk.rejectAll();
    desk.acceptAll();
    await settle();
    expect(placeholders()).toBe(0);
  });

  test('gets its placeholder again when the page has thrown it away', async () => {
    page('<div><iframe data-privacy="MARKETING" data-src="/a"></iframe></div>');
    load();
    await settle();
    one('[data-privacy-part="placeholder"]').remove();
    page('<div><iframe data-privacy="MARKETING" data-src="/b"></iframe></div>');
    await settle();
    expect(placeholders()).toBe(2);
  });

  test('needs no placeholder where it is allowed, nor does an image', async () => {
    page('<iframe data-privacy="MARKETING" data-src="/a"></iframe><img data-privacy="STATISTICS" data-src="/b">');
    load({ choice: { MARKETING: granted } });
    await settle();
    expect(placeholders()).toBe(0);
  });

  test('is allowed once, alone, without storing anything', async () => {
    page(
      '<iframe data-privacy="MARKETING" data-src="/a" id="a"></iframe><iframe data-privacy="MARKETING" data-src="/b" id="b"></iframe>',
    );
    const { desk } = load();
    await settle();
    one('#a + * [data-privacy-action="allow-once"]').click();
    await settle();
    expect(one('#a').getAttribute('src')).toBe('/a');
    expect(one('#b').getAttribute('src')).toBeNull();
    expect(document.cookie).toBe('');
    desk.setPreference('STATISTICS', true);
    await settle();
    expect(one('#a').getAttribute('src')).toBe('/a');
    desk.rejectAll();
    await settle();
    expect(one('#a').getAttribute('src')).toBeNull();
  });

  test('that was added later is gated, too', async () => {
    load();
    page('<div><iframe data-privacy="MARKETING" data-src="/a"></iframe></div>');
    await settle();
    expect(placeholders()).toBe(1);
  });
});

describe('A declaration', () => {
  test('is filled when it is there, and when it comes later', async () => {
    page('<privacy-desk-declaration></privacy-desk-declaration>');
    const { shown } = load({ choice: { STATISTICS: granted, MARKETING: granted } });
    await settle();
    page('<main><privacy-desk-declaration id="late"></privacy-desk-declaration></main>');
    await settle();
    const targets = shown.filter(({ method }) => method === 'declaration').map(({ target }) => target);
    expect(new Set(targets)).toEqual(new Set(document.querySelectorAll('privacy-desk-declaration')));
  });
});

describe('A page without gated markup', () => {
  test('costs a decided visitor no request', async () => {
    page('<main><h1>Hello</h1></main>');
    document.cookie = `privacy_desk=${cookieOf({ STATISTICS: granted, MARKETING: granted })}`;
    const { shown } = load();
    await settle();
    expect(shown).toEqual([]);
  });
});
