import type { UiPart } from '../core/desk';
import { button, element, part } from './banner';
import css from './placeholder.css';

/** What makes the placeholder stand exactly where its embed stood. */
const copied = ['position', 'inset', 'margin', 'float', 'flex', 'gridArea', 'verticalAlign'] as const;

/** The placeholder of an embed follows it, which is also what hides the embed. */
const placeholderOf = (embed: Element) => {
  const next = embed.nextElementSibling as HTMLElement | null;
  return next?.dataset.privacyPart === 'placeholder' ? next : null;
};

export default {
  show(desk, target) {
    const embed = target as HTMLElement;
    const { width, height } = embed.getBoundingClientRect();
    // Without room for words there is none: tracking pixels, embeds that are not displayed (or have theirs already).
    if (width < 24 || height < 24) return;
    const { texts } = desk.config;
    const { privacy = '', src = '', privacyThumbnail } = embed.dataset;
    const [category = '', item] = privacy.split('/');
    const { host } = new URL(src, location.href);
    const box = part(
      desk,
      css,
      'div',
      'placeholder',
      { role: 'group', 'aria-label': [embed.title, host].filter(Boolean).join(', ') },
      element(
        'div',
        element('p', texts.placeholderText.replace('{host}', host)),
        element('div', button('allow-once', texts.allowOnce), button('allow-always', texts.alwaysAllow)),
      ),
    );
    const { style } = box;
    const old = getComputedStyle(embed);
    for (const property of copied) style[property] = old[property];
    const thumbnail = privacyThumbnail && new URL(privacyThumbnail, document.baseURI);
    // From the page's own origin only: the picture must not tell the provider what the embed is kept from telling.
    if (thumbnail && thumbnail.origin === location.origin) style.backgroundImage = `url("${thumbnail.href}")`;
    const fills = old.position === 'absolute';
    style.display = old.display.replace(/^inline$/, 'inline-block');
    // As wide as there is room: then it stays so when the window changes.
    style.width = fills || width + 1 > embed.parentElement!.clientWidth ? '100%' : `${width}px`;
    style.height = fills ? '100%' : `${height}px`;
    embed.after(box);
    box.onclick = ({ target: clicked }) => {
      const { privacyAction } = (clicked as HTMLElement).dataset;
      if (privacyAction === 'allow-once') desk.show('embed', embed, 'reveal');
      if (privacyAction !== 'allow-always') return;
      // An item cannot be on in a refused category, and this click is no grant of the whole category: the visitor decides there.
      if (item && desk.choice().entries[category]?.[0] === '0') desk.show('dialog', category);
      else desk.commit({ [privacy]: true }, 'embed');
    };
  },
  hide(_desk, embed) {
    const box = placeholderOf(embed);
    const focused = box?.contains(document.activeElement);
    box?.remove();
    if (focused) (embed as HTMLElement).focus();
  },
} satisfies UiPart<Element>;
