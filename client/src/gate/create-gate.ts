import type { Effect } from '../core/create-desk';
import type { Desk } from '../core/desk';
import { guard, warn } from '../core/report';
import { trusted } from './trusted';

/** The gate: runs the scripts of the page when they are allowed; hands embeds and the declaration to their chunks. */
export const createGate = (desk: Desk): Effect => {
  const queue: HTMLScriptElement[] = [];
  /** The element that the parser may still be in: a script's text would be cut off. */
  let unfinished: Node | undefined;
  /** How many external scripts were inserted and have not run yet. */
  let pending = 0;

  const isLoading = () => document.readyState === 'loading';

  const revive = (old: HTMLScriptElement) => {
    const { src, type = '', privacy } = old.dataset;
    const policy = trusted(desk);
    // A clone has all attributes and the nonce, without passing the sinks of Trusted Types one by one.
    const script = old.cloneNode() as HTMLScriptElement;
    script.type = type;
    // Without this it would be asynchronous, as all scripts are that the parser has not run; so is `old.async` then.
    script.async = old.hasAttribute('async');
    script.text = policy.createScript(old.text);
    if (src) script.src = policy.createScriptURL(src);
    // Others than these never run, and so never tell that they did.
    if (src && !script.async && /^$|module|script/.test(type)) {
      pending++;
      script.onload = script.onerror = () => {
        pending--;
        drain();
      };
    }
    desk.used.add(privacy!);
    old.replaceWith(script);
  };

  /** External scripts load side by side and run in order, as the browser does by itself; an inline one waits for those before it. */
  const drain = () => {
    while (queue[0] && !(pending && !queue[0].dataset.src)) {
      const script = queue.shift()!;
      guard(() => {
        if (script.isConnected && desk.allows(script.dataset.privacy!)) revive(script);
      });
    }
  };

  const visit = (node: Node) => {
    const { localName, dataset, nonce } = node as HTMLScriptElement;
    const isScript = localName === 'script';
    const key = dataset?.privacy;
    // Scripts and templates have no children in the page's own tree: one that is being parsed is the last element there is.
    if (key && isLoading() && [...document.all].pop() === node) unfinished = node;
    else if (localName === 'privacy-desk-declaration') desk.show('declaration', node as Element);
    else if (key && !isScript) desk.show('embed', node as Element);
    else if (key && desk.allows(key)) {
      const script = node as HTMLScriptElement;
      if (script.type !== 'text/plain' || queue.includes(script)) return;
      // Gating must be no way around the page's CSP.
      if (desk.nonce && nonce !== desk.nonce) warn('script without the nonce');
      // Deferred ones come when the page is parsed.
      else if (script.hasAttribute('async') || !isLoading() || (dataset.type !== 'module' && !script.defer))
        queue.push(script);
    }
  };

  const walk = (node: Node) => {
    visit(node);
    (node as Element).querySelectorAll?.('[data-privacy],privacy-desk-declaration').forEach(visit);
  };

  new MutationObserver((records) => {
    const again = unfinished;
    unfinished = undefined;
    if (again) visit(again);
    for (const { target, addedNodes } of records) {
      visit(target);
      addedNodes.forEach(walk);
    }
    drain();
  }).observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: ['data-privacy', 'data-src'],
  });
  document.addEventListener('click', (event) => {
    const action = (event.target as Element).closest<HTMLElement>('[data-privacy-action]')?.dataset.privacyAction;
    // `accept-all` is `acceptAll`; others, such as `save`, are the UI's own.
    const act = desk.api[action?.replace(/-./, ([, letter]) => letter!.toUpperCase()) as 'withdraw'];
    if (act) {
      event.preventDefault();
      guard(act);
    }
  });

  const scan = () => {
    walk(document);
    drain();
  };
  void desk.api.ready.then(scan);
  return scan;
};
