import type { Chunks } from '../core/desk';
import { fullConfig } from '../core/full-config';
import { blockNodes } from './block-nodes';
import { button } from './button';
import { decidedOn } from './decided-on';
import { element } from './element';
import { itemDetails } from './item-details';
import { part } from './part';

const shown = new WeakSet<Element>();

/** The declaration: what the site uses, and the visitor's own state, in the place of a `<privacy-desk-declaration>`. */
export const declaration: Chunks['ui']['declaration'] = (desk, place) => {
  if (shown.has(place)) return;
  shown.add(place);
  const update = async () => {
    const full = await fullConfig(desk).catch(() => undefined);
    if (!full) return place.replaceChildren(element('p', desk.config.texts.loadFailed));
    const { texts, categories } = full;
    const { allowed } = desk.decision();
    // The headings go on where the page's own outline is.
    let level = 1;
    for (const heading of document.querySelectorAll('h1,h2,h3,h4'))
      if (heading.compareDocumentPosition(place) === 4) level = +heading.tagName[1]!;
    const heading = (depth: number, text: string) => element(`h${level + depth}` as 'h2', text);
    const focused = place.contains(document.activeElement);
    place.replaceChildren(
      part(
        desk,
        'div',
        'declaration',
        element(
          'div',
          element('p', decidedOn(desk, texts)),
          desk.gpc && element('mark', { 'data-privacy-part': 'gpc-status' }, texts.gpcHonoured),
          element(
            'div',
            button('open-settings', texts.openSettings, 'quiet'),
            Object.keys(desk.choice().entries)[0] && button('withdraw', texts.withdraw, 'quiet'),
          ),
          ...categories.map(({ key, mode, name, description, items }) => {
            const state = (key: string) =>
              element(
                'mark',
                mode === 'required' ? texts.alwaysOn : allowed[key] ? texts.stateAllowed : texts.stateDenied,
              );
            return element(
              'section',
              heading(1, name),
              state(key),
              element(
                'div',
                ...blockNodes(description),
                !items[0] && element('small', texts.noItems),
                ...items.map((item) =>
                  element(
                    'article',
                    heading(2, item.name),
                    element('small', item.provider),
                    allowed[`${key}/${item.key}`] !== allowed[key] && state(`${key}/${item.key}`),
                    itemDetails(full, item),
                  ),
                ),
              ),
            );
          }),
          element('small', texts.thirdPartyNotice),
        ),
      ),
    );
    if (focused) place.querySelector('button')!.focus();
  };
  document.addEventListener('privacy-desk:change', update);
  void update();
};
