import { asks } from '../../../contract/preferences';
import type { Chunks } from '../core/desk';
import { button } from './button';
import { element } from './element';
import { dialog, prepare } from './dialog';
import { link } from './link';
import { part } from './part';
import { refocus } from './refocus';

let shown: HTMLElement | undefined;

const hide = () => {
  const focused = shown?.contains(document.activeElement);
  shown?.remove();
  if (focused) refocus();
};

export const banner: Chunks['ui']['banner'] = async (desk, target) => {
  if (!document.body) await desk.api.ready;
  const decided = () => !desk.decision().undecided[0];
  // No long task, on a slow phone neither: the page's own first frame, building and laying out have a task each. A page that
  // is painted has had its own.
  await (performance.getEntriesByType('paint')[0] ??
    new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  // Decided in the meantime, in another tab for instance.
  if (target && decided()) return;
  hide();
  const { texts, links, theme, categories, locale, version, consents } = desk.config;
  const updated = () =>
    new Intl.ListFormat(locale).format(
      categories.filter(({ key }) => desk.decision().undecided.includes(key)).map(({ name }) => name),
    );
  const status = target && !asks(desk.config, desk);
  shown = status
    ? part(
        desk,
        'div',
        'gpc-status',
        { role: 'status', class: 'pd pd-banner' },
        element('p', texts.gpcHonoured),
        element('div', button('open-settings', texts.openSettings), button('close', texts.close)),
      )
    : part(
        desk,
        'div',
        'banner',
        { role: 'region', 'aria-label': texts.bannerTitle, 'data-position': theme.position },
        element(
          'div',
          // What scrolls must be reachable by keyboard; with a link in it, it is.
          { tabindex: !links.policy && '0' },
          element('h2', texts.bannerTitle),
          Object.keys(desk.choice().entries)[0] &&
            element('strong', texts.bannerUpdated.replace('{categories}', updated)),
          element('p', texts.bannerText),
          element('small', texts.bannerActive, ' ', texts.bannerFacts),
          element('small', link(links.policy, texts.policyLink), ' ', link(links.imprint, texts.imprintLink)),
        ),
        element(
          'div',
          button('accept-all', texts.acceptAll),
          button('reject-all', texts.rejectAll),
          button('open-settings', texts.openSettings, 'quiet'),
        ),
      );
  const act = ({ target: on, type }: Event) => {
    const action = (on as HTMLElement).dataset.privacyAction;
    const click = type === 'click';
    if (action === 'open-settings') {
      // The core opens them, too, but not in the very next frame.
      void (click ? dialog(desk) : prepare(desk));
    } else if (!click) {
      // Whoever comes near a button is about to press it: what that needs is got ready.
      if (action) desk.load('aftermath').catch(() => undefined);
    } else if (action === 'close') hide();
  };
  shown.addEventListener('focusin', act);
  shown.onclick = shown.onpointerover = act;
  document.body.prepend(shown);
  document.addEventListener('privacy-desk:change', () => decided() && hide());
  // Of all banners that visitors were shown unasked, a sample.
  const { endpoint, share } = consents?.impressions ?? {};
  if (target && !status && Math.random() < share!) navigator.sendBeacon?.(new URL(endpoint + version, desk.url));
  // Asked for here, styles are not computed in one task with the layout.
  void getComputedStyle(shown).color;
};
