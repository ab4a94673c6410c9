import type { Change } from '../core/api';
import type { Desk } from '../core/desk';

/** In this order, so that an image with `srcset` does not load its `src` first. */
const sources = ['srcset', 'src', 'href'];
const data = sources.map((name) => `data-${name}`);
const gated = '[data-privacy],privacy-desk-declaration';

/** Media type of scripts that run, and so tell when they did. */
const runnable = /^$|^module$|(java|ecma)script/;

/** Whether the parser may still be inside of it: its text or content would be cut off. */
const isUnfinished = (element: Element): boolean => {
  if (document.readyState !== 'loading') return false;
  for (let node: Node | null = element; node; node = node.parentNode) if (node.nextSibling) return false;
  return element.isConnected;
};

/** The gate: gives scripts, templates and embeds of the page what they wait for when it is allowed, and takes embeds back. */
export const createGate = (desk: Desk) => {
  const { api, nonce } = desk;
  /** What of a template was inserted, and whether it stands in the page. */
  const inserted = new WeakMap<Element, { nodes: ChildNode[]; shown: boolean }>();
  const queue: HTMLScriptElement[] = [];
  let revealed = new WeakSet<Element>();
  /** Seen before the parser was through with them. */
  let unfinished: Element[] = [];
  /** External scripts that were inserted and have not run yet. */
  let pending = 0;
  let policy: { createScript(text: string): string; createScriptURL(url: string): string } | undefined;

  const trusted = () =>
    (policy ??= (
      window as { trustedTypes?: { createPolicy(name: string, rules: object): NonNullable<typeof policy> } }
    ).trustedTypes?.createPolicy('privacy-desk', {
      createScript: (text: string) => text,
      createScriptURL: (url: string) => url,
    }) ?? { createScript: (text) => text, createScriptURL: (url) => url });

  const guard = (action: () => void) => {
    try {
      action();
    } catch (error) {
      desk.emit('error', { error });
    }
  };

  const revive = (old: HTMLScriptElement) => {
    const { src, type = '' } = old.dataset;
    // A clone has all attributes, without passing the sinks of Trusted Types one by one.
    const script = old.cloneNode() as HTMLScriptElement;
    script.nonce = old.nonce;
    script.type = type;
    script.async = old.async;
    script.text = trusted().createScript(old.text);
    if (src) script.src = trusted().createScriptURL(src);
    if (script.src && !script.async && !script.noModule && runnable.test(type)) {
      pending++;
      script.onload = script.onerror = () => {
        pending--;
        drain();
      };
    }
    desk.ran(old.dataset.privacy!);
    old.replaceWith(script);
  };

  /** External scripts load side by side and run in order, as the browser does by itself; an inline one waits for those before it. */
  const drain = () => {
    for (let script; (script = queue[0]) && !(pending && !script.dataset.src);) {
      queue.shift();
      const next = script;
      if (next.isConnected && desk.allows(next.dataset.privacy!)) guard(() => revive(next));
    }
  };

  const visitScript = (script: HTMLScriptElement, on: boolean) => {
    if (!on || script.type !== 'text/plain' || queue.includes(script)) return;
    // Gating must be no way around the page's CSP.
    if (nonce && script.nonce !== nonce) return;
    const { src, type } = script.dataset;
    if (document.readyState === 'loading' && !script.async && ((script.defer && src) || type === 'module')) return;
    queue.push(script);
  };

  const visitTemplate = (template: HTMLTemplateElement, on: boolean, key: string) => {
    let content = inserted.get(template);
    if (on === !!content?.shown) return;
    if (!content) {
      const fragment = document.importNode(template.content, true);
      for (const script of fragment.querySelectorAll('script')) {
        if (!runnable.test(script.type)) continue;
        // One way for all scripts: those inside wait for their turn like any other of that key.
        const { type } = script;
        const src = script.getAttribute('src');
        script.type = 'text/plain';
        script.dataset.privacy = key;
        if (type) script.dataset.type = type;
        if (src) {
          script.dataset.src = src;
          script.removeAttribute('src');
        }
      }
      inserted.set(template, (content = { nodes: [...fragment.childNodes], shown: on }));
    }
    content.shown = on;
    if (on) {
      template.after(...content.nodes);
      content.nodes.forEach(walk);
    } else for (const node of content.nodes) node.remove();
  };

  const visitSource = (element: HTMLElement, on: boolean) => {
    const isEmbed = /^(iframe|embed|video)$/.test(element.localName);
    let had = false;
    let waits = false;
    sources.forEach((name, i) => {
      const value = element.getAttribute(data[i]!);
      const now = element.getAttribute(name);
      if (value === null) return;
      waits = true;
      had ||= now !== null;
      if (!on) element.removeAttribute(name);
      else if (now !== value && new URL(value, document.baseURI).protocol !== 'javascript:')
        element.setAttribute(name, element.localName === 'embed' ? trusted().createScriptURL(value) : value);
    });
    if (!waits || !isEmbed) return;
    if (on) desk.hide('placeholder', element);
    else {
      // Whatever plays or runs in it ends with the element's place in the document.
      if (had) element.replaceWith(element);
      desk.show('placeholder', element);
    }
  };

  const visit = (element: Element) => {
    const key = element.getAttribute('data-privacy');
    const name = element.localName;
    if (name === 'privacy-desk-declaration') return desk.show('declaration', element);
    if (!key) return;
    if (/^(script|template)$/.test(name) && isUnfinished(element)) return void unfinished.push(element);
    guard(() => {
      const on = desk.allows(key) || revealed.has(element);
      if (name === 'script') visitScript(element as HTMLScriptElement, on);
      else if (name === 'template') visitTemplate(element as HTMLTemplateElement, on, key);
      else visitSource(element as HTMLElement, on);
    });
  };

  const walk = (node: Node) => {
    if (!(node instanceof Element)) return;
    if (node.matches(gated)) visit(node);
    node.querySelectorAll(gated).forEach(visit);
  };

  const observe = (records: MutationRecord[]) => {
    const again = unfinished;
    unfinished = [];
    again.forEach(visit);
    for (const { target, addedNodes, type } of records) {
      if (type === 'attributes') visit(target as Element);
      addedNodes.forEach(walk);
    }
    drain();
  };

  const run = (change?: Change) => {
    if (/^(withdraw|reject-all)$/.test(change?.source ?? '')) revealed = new WeakSet();
    document.querySelectorAll(gated).forEach(visit);
    drain();
  };

  new MutationObserver(observe).observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: ['data-privacy', ...data],
  });
  document.addEventListener('DOMContentLoaded', () => run());
  document.addEventListener('click', (event) => {
    const element = (event.target as Element).closest?.<HTMLElement>('[data-privacy-action]');
    const act = {
      'open-settings': () => api.openSettings(),
      'accept-all': api.acceptAll,
      'reject-all': api.rejectAll,
      withdraw: api.withdraw,
    }[element?.dataset.privacyAction ?? ''];
    if (!act) return;
    event.preventDefault();
    act();
  });

  return {
    run,
    reveal(element: Element) {
      revealed.add(element);
      visit(element);
    },
  };
};
