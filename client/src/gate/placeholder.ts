import type { Desk } from '../core/desk';
import css from './placeholder.css';

/** What makes the placeholder stand exactly where its embed stood. */
const copied = ['position', 'inset', 'margin', 'float', 'flex', 'gridArea', 'verticalAlign'] as const;

/** Embeds with a placeholder, or one that is on its way. */
const standing = new WeakMap<Element, HTMLElement | undefined>();

/**
 * Puts a placeholder behind an embed, which is also what hides the embed.
 *
 * @param reveal shows this one embed until the page is left; nothing is stored
 */
export const hold = async (desk: Desk, embed: HTMLElement, reveal: () => void): Promise<void> => {
  standing.set(embed, standing.get(embed));
  const { element, button, part, style: bring } = (await desk.load('ui')).default;
  const { width, height } = embed.getBoundingClientRect();
  // Allowed meanwhile. And without room for words there is none: tracking pixels, embeds that are not displayed (or have theirs already).
  if (!standing.has(embed) || width < 24 || height < 24) return;
  bring(desk, css);
  const { texts } = desk.config;
  const { privacy = '', src = '', privacyThumbnail } = embed.dataset;
  const [category = '', item] = privacy.split('/');
  const { host } = new URL(src, location.href);
  const box = part(
    desk,
    'div',
    'placeholder',
    { role: 'group', 'aria-label': [embed.title, host].filter(Boolean).join(', ') },
    element(
      'div',
      element('p', texts.placeholderText.replace('{host}', host)),
      element('div', button('allow-once', texts.allowOnce), button('allow-always', texts.alwaysAllow)),
    ),
  );
  standing.set(embed, box);
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
  box.onclick = ({ target }) => {
    const { privacyAction } = (target as HTMLElement).dataset;
    if (privacyAction === 'allow-once') reveal();
    if (privacyAction !== 'allow-always') return;
    // An item cannot be on in a refused category, and this click is no grant of the whole category: the visitor decides there.
    if (item && desk.choice().entries[category]?.[0] === '0') desk.show('ui', 'dialog', category);
    else desk.commit({ [privacy]: true }, 'embed');
  };
};

/** The embed shows itself again. */
export const release = (embed: HTMLElement): void => {
  const box = standing.get(embed);
  const focused = box?.contains(document.activeElement);
  standing.delete(embed);
  box?.remove();
  if (focused) embed.focus();
};
