import type { Desk, UiPart } from '../core/desk';
import { adopt, button, element, part, refocus } from './banner';
import css from './placeholder.css';

/** By embed: what gives it back. */
const shown = new Map<Element, () => void>();

/** What makes the placeholder stand exactly where its embed stood. */
const place = [
  'position',
  'inset',
  'margin',
  'float',
  'flex',
  'order',
  'gridArea',
  'alignSelf',
  'justifySelf',
  'verticalAlign',
  'borderRadius',
  'transform',
] as const;

const show = (desk: Desk, target?: string | Element) => {
  if (!(target instanceof HTMLElement) || shown.has(target)) return;
  const { width, height } = target.getBoundingClientRect();
  if (width < 24 || height < 24) return;
  adopt(desk, css);
  const { texts } = desk.config;
  const [category = '', item] = (target.dataset.privacy ?? '').split('/');
  const source = target.dataset.src ?? target.dataset.href ?? '';
  const { host } = new URL(source, location.href);
  const box = part(
    desk,
    'div',
    'placeholder',
    { role: 'group', 'aria-label': host },
    element(
      'div',
      {},
      element('p', {}, texts.placeholderText.replace('{host}', host)),
      element(
        'div',
        { class: 'pd-buttons' },
        button('allow-once', texts.allowOnce),
        button('always-allow', texts.alwaysAllow),
      ),
    ),
  );
  const style = getComputedStyle(target);
  for (const property of place) box.style[property] = style[property];
  const inner = target.parentElement!.clientWidth;
  Object.assign(box.style, {
    display: style.display === 'inline' ? 'inline-block' : style.display,
    // As wide as there is room: then it stays so when the window changes.
    width: style.position === 'absolute' || Math.abs(width - inner) < 2 ? '100%' : `${width}px`,
    height: style.position === 'absolute' ? '100%' : style.aspectRatio.includes('auto') ? `${height}px` : 'auto',
    aspectRatio: style.aspectRatio.includes('auto') ? '' : style.aspectRatio,
  });
  const display = target.style.display;
  target.style.setProperty('display', 'none', 'important');
  target.after(box);
  shown.set(target, () => {
    shown.delete(target);
    const focused = box.contains(document.activeElement);
    box.remove();
    target.style.display = display;
    if (focused) refocus(target);
  });
  box.addEventListener('click', ({ target: clicked }) => {
    const action = (clicked as HTMLElement).dataset.privacyAction;
    if (!action) return;
    if (action === 'allow-once') desk.reveal(target);
    else
      desk.commit(
        item ? { categories: {}, items: { [item]: true } } : { categories: { [category]: true }, items: {} },
        'embed',
      );
  });
};

export default {
  show,
  hide: (target) => {
    for (const [embed, restore] of shown) if (!target || embed === target) restore();
  },
} satisfies UiPart;
