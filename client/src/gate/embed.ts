import type { Change } from '../core/api';
import type { Desk, UiPart } from '../core/desk';
import { guard } from '../core/report';
import { trusted } from './trusted';

/** In this order, so that an image with `srcset` does not load its `src` first. */
const sources = ['srcset', 'src', 'href', 'poster'];

/** By template: what it holds while it is not in the page, and where that ends while it is. */
const contents = new WeakMap<Element, { fragment: DocumentFragment; end: Comment }>();
/** Templates whose content stands in the page, and embeds with a placeholder. */
const standing = new WeakSet<Element>();
/** "Allow once"; it ends when the visitor says no to everything. */
let revealed = new WeakSet<Element>();

document.addEventListener('privacy-desk:change', (event) => {
  if (/withdraw|reject/.test((event as CustomEvent<Change>).detail.source)) revealed = new WeakSet();
});

const contentOf = (desk: Desk, template: HTMLTemplateElement) => {
  const fragment = document.importNode(template.content, true);
  for (const script of fragment.querySelectorAll('script')) {
    // One way for all scripts: those inside wait for their turn like any other of that key.
    const src = script.getAttribute('src');
    const type = script.getAttribute('type');
    Object.assign(script.dataset, { privacy: template.dataset.privacy }, type && { type }, src && { src });
    script.removeAttribute('src');
    script.type = 'text/plain';
    // A clone's text is not the parser's any more, and Trusted Types look at it although it does not run yet.
    script.text = trusted(desk).createScript(script.text);
  }
  const end = document.createComment('');
  fragment.append(end);
  return { fragment, end };
};

const gateTemplate = (desk: Desk, template: HTMLTemplateElement, on: boolean) => {
  if (on === standing.has(template)) return;
  let content = contents.get(template);
  if (!content) contents.set(template, (content = contentOf(desk, template)));
  if (on) {
    standing.add(template);
    template.after(content.fragment);
  } else {
    standing.delete(template);
    // All that stands there now, with what its scripts made of it; so nothing runs twice when it comes back.
    const range = document.createRange();
    range.setStartAfter(template);
    range.setEndAfter(content.end);
    content.fragment.append(range.extractContents());
  }
};

const gateSources = (desk: Desk, element: HTMLElement, on: boolean) => {
  const waiting = sources.filter((name) => element.hasAttribute(`data-${name}`));
  const had = waiting.some((name) => element.hasAttribute(name));
  for (const name of waiting) {
    const value = element.getAttribute(`data-${name}`)!;
    if (!on) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value && new URL(value, document.baseURI).protocol !== 'javascript:')
      element.setAttribute(name, element.localName === 'embed' ? trusted(desk).createScriptURL(value) : value);
  }
  if (!waiting.length || !/^(iframe|embed|video)$/.test(element.localName)) return;
  if (!on) {
    // What plays or runs in it ends when it leaves its place for a moment.
    if (had) element.replaceWith(element);
    standing.add(element);
    desk.show('placeholder', element);
  } else if (standing.delete(element)) desk.show('placeholder', element, 'hide');
};

const show = (desk: Desk, element: Element) =>
  guard(() => {
    const { privacy = '' } = (element as HTMLElement).dataset;
    // The public answer only for the warning about an unknown key: what is embedded goes without a reload.
    const on = (desk.decision().allowed[privacy] ?? desk.api.getPreference(privacy)) || revealed.has(element);
    if (element.localName === 'template') gateTemplate(desk, element as HTMLTemplateElement, on);
    else gateSources(desk, element as HTMLElement, on);
  });

/** What is gated and no script: templates, and everything with a source. */
export default {
  show,
  reveal(desk, element) {
    revealed.add(element);
    show(desk, element);
  },
} satisfies UiPart<Element>;
