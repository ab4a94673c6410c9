import type { Effect } from '../core/create-desk';
import type { Desk } from '../core/desk';
import { guard, warn } from '../core/report';
import { trusted } from './trusted';

const GATED = 'privacy-desk-declaration,privacy-desk-request,[data-privacy]';

/** The gate: runs the scripts of the page when they are allowed; hands embeds and the declaration to their chunks. */
export const createGate = (desk: Desk): Effect => {
  /** How many external scripts were inserted and have not run yet. */
  let pending = 0;
  /** Whether something waits for the parser or for a chunk, so that any change of the page can be its turn. */
  let again: unknown;

  const done = () => {
    pending--;
    scan();
  };

  const scan = () => {
    let held: unknown = (again = false);
    // Scripts and templates have no children in the page's own tree: one that is being parsed is the last element there is.
    const parsed = document.readyState === 'loading' && [...document.all].pop();
    for (const element of document.querySelectorAll<HTMLScriptElement>(GATED)) {
      const { src, type = '', privacy } = element.dataset;
      if (parsed === element) again = true;
      else if (element.localName !== 'script') {
        desk.show('embed', 'show', element);
        // A template that is allowed is emptied when its content is in the page.
        if ((element as unknown as HTMLTemplateElement).content?.firstChild && desk.decision().allowed[privacy!])
          held = again = true;
      } else if (
        element.type === 'text/plain' &&
        desk.api.getPreference(privacy!) &&
        // Deferred ones come when the page is parsed.
        !(parsed && (type === 'module' || element.defer))
      ) {
        if (desk.nonce && element.nonce !== desk.nonce) warn('missing nonce');
        else if (!(held ||= pending && !src)) {
          const policy = trusted(desk);
          element.type = type;
          // Without this it would be asynchronous, as all scripts are that the parser has not run; so is `element.async` then.
          element.async = element.matches('[async]');
          // Others than these never run, and so never tell that they did.
          if (src && !element.async && !element.noModule && /^$|^module$|javascript$/i.test(type)) {
            pending++;
            element.addEventListener('error', done);
            element.addEventListener('load', done);
          }
          // Either runs it, where it stands, with all that it carries.
          if (src) element.src = policy.createScriptURL(src);
          else element.text = policy.createScript(element.text);
        }
      }
    }
  };

  new MutationObserver((records) => {
    // Each place once: a long list is parsed in pieces of many records, all of the same place. From its parent it is found, too.
    if (
      again ||
      [...new Set(records.map(({ target }) => target.parentNode ?? (target as ParentNode)))].some((place) =>
        place.querySelector(GATED),
      )
    )
      scan();
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

  return scan;
};
