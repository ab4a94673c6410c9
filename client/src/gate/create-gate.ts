import type { Effect } from '../core/create-desk';
import type { Desk } from '../core/desk';
import { isLoading } from '../core/is-loading';
import { guard, warn } from '../core/report';
import { trusted } from './trusted';

/** The gate: runs the scripts of the page when they are allowed; hands embeds and the declaration to their chunks. */
export const createGate = (desk: Desk): Effect => {
  const queue: HTMLScriptElement[] = [];
  /** What the parser may still be in: a script's text would be cut off. */
  const unfinished: HTMLScriptElement[] = [];
  /** How many external scripts were inserted and have not run yet. */
  let pending = 0;

  const revive = (old: HTMLScriptElement) => {
    const { src, type = '' } = old.dataset;
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
    old.replaceWith(script);
  };

  /** External scripts load side by side and run in order, as the browser does by itself; an inline one waits for those before it. */
  const drain = () => {
    while (queue[0] && !(pending && !queue[0].dataset.src)) {
      const script = queue.shift()!;
      guard(() => {
        if (script.isConnected && desk.api.getPreference(script.dataset.privacy!)) revive(script);
      });
    }
  };

  const visit = (element: HTMLScriptElement) => {
    const { localName, dataset } = element;
    const key = dataset?.privacy;
    // Scripts and templates have no children in the page's own tree: one that is being parsed is the last element there is.
    if (key && isLoading() && [...document.all].pop() === element) unfinished.push(element);
    else if (localName === 'privacy-desk-declaration') desk.show('declaration', element);
    else if (key && localName !== 'script') desk.show('embed', element);
    else if (key && element.type === 'text/plain' && desk.api.getPreference(key) && !queue.includes(element)) {
      // Gating must be no way around the page's CSP.
      if (desk.nonce && element.nonce !== desk.nonce) warn('missing nonce');
      // Deferred ones come when the page is parsed.
      else if (!isLoading() || (dataset.type !== 'module' && !element.defer)) queue.push(element);
    }
  };

  const walk = (node: Node) => {
    visit(node as HTMLScriptElement);
    (node as Element).querySelectorAll?.<HTMLScriptElement>('[data-privacy],privacy-desk-declaration').forEach(visit);
  };

  new MutationObserver((records) => {
    unfinished.splice(0).forEach(visit);
    for (const { target, addedNodes } of records) {
      visit(target as HTMLScriptElement);
      addedNodes.forEach(walk);
    }
    drain();
  }).observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: ['data-privacy', 'data-src'],
  });
  addEventListener('click', (event) => {
    const action = (event.target as Element).closest?.<HTMLElement>('[data-privacy-action]')?.dataset.privacyAction;
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
