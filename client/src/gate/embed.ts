import type { Change } from '../core/api';
import type { Chunks, Desk } from '../core/desk';
import { hold, release } from './placeholder';
import { trusted } from './trusted';

/** In this order, so that an image with `srcset` does not load its `src` first. */
const sources = ['srcset', 'src', 'href', 'poster'];

/** Where the content of a template ends that stands in the page. */
const ends = new WeakMap<Element, Comment>();
/** "Allow once"; it ends when the visitor says no to everything. */
let revealed = new WeakSet<Element>();

document.addEventListener('privacy-desk:change', (event) => {
  if (/withdraw|reject/.test((event as CustomEvent<Change>).detail.source)) revealed = new WeakSet();
});

/**
 * The content stands either in the template or, when it is allowed, behind it in the page. It is moved and not cloned:
 * the gate sees by the empty template that scripts behind it have their turn, and nothing runs twice when it comes back.
 */
const gateTemplate = (desk: Desk, template: HTMLTemplateElement, on: boolean) => {
  const { content } = template;
  const end = ends.get(template);
  if (on && !end) {
    for (const script of content.querySelectorAll('script')) {
      // Gated already: by a key of its own, or here when it was in the page before.
      if (script.dataset.privacy) continue;
      // One way for all scripts: those inside wait for their turn like any other of that key.
      const src = script.getAttribute('src');
      const type = script.getAttribute('type');
      Object.assign(script.dataset, { privacy: template.dataset.privacy }, type && { type }, src && { src });
      script.removeAttribute('src');
      script.type = 'text/plain';
      // Trusted Types look at its text although it does not run yet.
      script.text = trusted(desk).createScript(script.text);
    }
    const comment = document.createComment('');
    ends.set(template, comment);
    content.append(comment);
    template.after(content);
  } else if (!on && end) {
    ends.delete(template);
    // All that stands there now, with what its scripts made of it.
    const range = document.createRange();
    range.setStartAfter(template);
    range.setEndBefore(end);
    content.append(range.extractContents());
    end.remove();
  }
};

const gateSources = (desk: Desk, element: HTMLElement, on: boolean): unknown => {
  const waiting = sources.filter((name) => element.hasAttribute(`data-${name}`));
  const had = waiting.some((name) => element.hasAttribute(name));
  for (const name of waiting) {
    const value = element.getAttribute(`data-${name}`)!;
    if (!on) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value && new URL(value, document.baseURI).protocol !== 'javascript:')
      element.setAttribute(name, element.localName === 'embed' ? trusted(desk).createScriptURL(value) : value);
  }
  if (!waiting.length || !/^(iframe|embed|video)$/.test(element.localName)) return;
  if (on) return release(element);
  // What plays or runs in it ends when it leaves its place for a moment.
  if (had) element.replaceWith(element);
  return hold(desk, element, () => reveal(desk, element));
};

const show = (desk: Desk, element: Element): unknown => {
  if (element.localName === 'privacy-desk-declaration') return desk.show('ui', 'declaration', element);
  if (element.localName === 'privacy-desk-request') return desk.show('request', 'show', element);
  const { privacy = '', privacyEmbed } = (element as HTMLElement).dataset;
  if (privacy === 'choices') return desk.show('choices', 'show', element);
  if (privacyEmbed) return desk.show('presets', 'show', element);
  // The public answer only for the warning about an unknown key: what is embedded goes without a reload.
  const on = (desk.decision().allowed[privacy] ?? desk.api.getPreference(privacy)) || revealed.has(element);
  if (element.localName === 'template') gateTemplate(desk, element as HTMLTemplateElement, on);
  else return gateSources(desk, element as HTMLElement, on);
};

const reveal = (desk: Desk, element: Element): void => {
  revealed.add(element);
  show(desk, element);
};

/** What is gated and no script: templates, and everything with a source. */
export default { show } satisfies Chunks['embed'];
