import type { UiPart } from '../core/desk';
import { button, element, part, refocus } from './banner';
import css from './placeholder.css';

/** By embed: what gives it back. */
const shown = new Map<Element, () => void>();

/** What makes the placeholder stand exactly where its embed stood. */
const copied = [
  'position',
  'inset',
  'margin',
  'float',
  'flex',
  'order',
  'gridArea',
  'verticalAlign',
  'borderRadius',
] as const;

export default {
  show(desk, target) {
    const embed = target as HTMLElement;
    const { width, height } = embed.getBoundingClientRect();
    // Tracking pixels and the like have no room for words.
    if (shown.has(embed) || width < 24 || height < 24) return;
    const { texts } = desk.config;
    const { privacy = '', src, href } = embed.dataset;
    const [category = '', item] = privacy.split('/');
    const { host } = new URL(src ?? href ?? '', location.href);
    const box = part(
      desk,
      css,
      'div',
      'placeholder',
      { role: 'group', 'aria-label': host },
      element(
        'div',
        element('p', texts.placeholderText.replace('{host}', host)),
        element('div', button('allow-once', texts.allowOnce), button('allow-always', texts.alwaysAllow)),
      ),
    );
    const { style } = box;
    const old = getComputedStyle(embed);
    for (const property of copied) style[property] = old[property];
    const inside = old.position === 'absolute';
    const ratio = /auto/.test(old.aspectRatio) ? '' : old.aspectRatio;
    style.display = old.display.replace(/^inline$/, 'inline-block');
    // As wide as there is room: then it stays so when the window changes.
    style.width = inside || width + 1 > embed.parentElement!.clientWidth ? '100%' : `${width}px`;
    style.height = inside ? '100%' : ratio ? 'auto' : `${height}px`;
    style.aspectRatio = ratio;
    const { display } = embed.style;
    embed.style.setProperty('display', 'none', 'important');
    embed.after(box);
    shown.set(embed, () => {
      shown.delete(embed);
      const focused = box.contains(document.activeElement);
      box.remove();
      embed.style.display = display;
      if (focused) refocus(embed);
    });
    box.addEventListener('click', ({ target: clicked }) => {
      const action = (clicked as HTMLElement).dataset.privacyAction;
      if (action === 'allow-once') desk.reveal(embed);
      if (action !== 'allow-always') return;
      // An item cannot be on in a refused category, and this click is no grant of the whole category: so the visitor decides there.
      if (item && desk.choice()?.categories[category]?.granted === false) desk.show('dialog', category);
      else
        desk.commit(
          item ? { categories: {}, items: { [item]: true } } : { categories: { [category]: true }, items: {} },
          'embed',
        );
    });
  },
  hide(target) {
    for (const [embed, restore] of shown) if (!target || embed === target) restore();
  },
} satisfies UiPart;
