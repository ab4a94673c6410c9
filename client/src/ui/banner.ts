import { isSafeHref } from '../../../contract/blocks';
import type { Desk, UiPart } from '../core/desk';
import { adopt } from './adopt';
import css from './banner.css';
import { button } from './button';
import { element } from './element';
import { part } from './part';
import { refocus } from './refocus';

// What the other chunks use, so that it travels once and the banner waits for nothing.
export { adopt, button, element, part, refocus };

let shown: HTMLElement | undefined;
let stop = () => {};

const hide = () => {
  const focused = shown?.contains(document.activeElement);
  stop();
  shown?.remove();
  shown = undefined;
  return focused;
};

const show = (desk: Desk, target?: string | Element) => {
  const gpc = target === 'gpc';
  const name = gpc ? 'gpc-status' : 'banner';
  if (shown?.dataset.privacyPart === name) return;
  hide();
  adopt(desk, css);
  const { texts, links, theme, categories, locale } = desk.config;
  const { ask, undecided } = desk.decision();
  const link = (href: string | undefined, label: string) => href && isSafeHref(href) && element('a', { href }, label);
  const asked = Object.keys(desk.choice()?.categories ?? {}).length > 0;
  const text = gpc
    ? element('div', { class: 'pd-text' }, texts.gpcHonoured)
    : element(
        'div',
        { class: 'pd-text' },
        element('h2', { id: 'privacy-desk-banner' }, texts.bannerTitle),
        asked &&
          ask &&
          element(
            'p',
            { class: 'pd-new' },
            texts.bannerUpdated.replace('{categories}', () =>
              new Intl.ListFormat(locale).format(
                categories.filter(({ key }) => undecided.includes(key)).map((category) => category.name),
              ),
            ),
          ),
        element('p', {}, texts.bannerText),
        element('p', { class: 'pd-muted' }, `${texts.bannerActive} ${texts.bannerFacts}`.trim()),
        element(
          'p',
          { class: 'pd-muted' },
          link(links.policy, texts.policyLink),
          link(links.imprint, texts.imprintLink),
        ),
      );
  const position = theme.position ?? 'bottom';
  const banner = part(
    desk,
    'div',
    name,
    {
      class: `pd-float pd-${gpc ? 'bottom-end' : position}`,
      ...(gpc ? { role: 'status' } : { role: 'region', 'aria-labelledby': 'privacy-desk-banner' }),
    },
    text,
    element(
      'div',
      { class: 'pd-buttons' },
      ...(gpc
        ? [button('open-settings', texts.openSettings), button('close', texts.close)]
        : [
            button('accept-all', texts.acceptAll),
            button('reject-all', texts.rejectAll),
            button('open-settings', texts.openSettings, 'pd-quiet'),
          ]),
    ),
  );
  shown = banner;

  // What gets the focus must not lie behind the banner (WCAG 2.4.11): browsers keep the scroll padding free,
  // and where the page ends too early for that, it is made longer, which moves nothing.
  const [padding, space] = [...(adopt(desk, ':root{}:root::after{}')?.cssRules ?? [])].map(
    (rule) => (rule as CSSStyleRule).style,
  );
  const top = position === 'top';
  const observer = new ResizeObserver(() => {
    padding?.setProperty(`scroll-padding-${top ? 'top' : 'bottom'}`, `${banner.offsetHeight + 16}px`);
    text.tabIndex = text.scrollHeight > text.clientHeight ? 0 : -1;
  });
  observer.observe(banner);
  let before: Element | null = null;
  const onFocus = ({ target: focused, relatedTarget }: FocusEvent) => {
    if (banner.contains(focused as Node)) {
      if (!banner.contains(relatedTarget as Node)) before = relatedTarget as Element | null;
    } else
      requestAnimationFrame(() => {
        const a = (focused as Element).getBoundingClientRect();
        const b = banner.getBoundingClientRect();
        if (a.bottom > b.top && a.top < b.bottom && a.right > b.left && a.left < b.right) {
          if (space && !top) space.cssText = `content:"";display:block;height:${b.height + 32}px`;
          (focused as Element).scrollIntoView({ block: 'center' });
        }
      });
  };
  const onChange = () => {
    if (!desk.decision().ask && hide()) refocus(before);
  };
  document.addEventListener('focusin', onFocus);
  document.addEventListener('privacy-desk:change', onChange);
  banner.addEventListener('click', ({ target: clicked }) => {
    if ((clicked as HTMLElement).dataset.privacyAction === 'close' && hide()) refocus(before);
  });
  stop = () => {
    observer.disconnect();
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('privacy-desk:change', onChange);
    for (const style of [padding, space]) if (style) style.cssText = '';
  };
  document.body.prepend(banner);
};

export default {
  show,
  hide: () => {
    if (hide()) refocus();
  },
} satisfies UiPart;
