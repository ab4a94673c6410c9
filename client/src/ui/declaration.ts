import type { ConsentConfig } from '../../../contract/consent-config';
import type { Desk, UiPart } from '../core/desk';
import { button, element, part } from './banner';
import { adoptDetails, blockNodes, dateText, itemDetails } from './dialog';

const shown = new WeakSet<Element>();

/** The level of the headings that go on where the page's own outline is at `place`. */
const levelAt = (place: Element): number => {
  let level = 1;
  for (const heading of document.querySelectorAll('h1,h2,h3,h4'))
    if (heading.compareDocumentPosition(place) === Node.DOCUMENT_POSITION_FOLLOWING) level = +heading.tagName[1]!;
  return level;
};

const build = (desk: Desk, place: Element, full: ConsentConfig): Node => {
  const { texts } = full;
  const level = levelAt(place);
  const heading = (depth: number, ...children: (Node | string)[]) =>
    element(`h${level + depth}` as 'h2', {}, ...children);
  const { allowed } = desk.decision();
  const state = (key: string) =>
    element(
      'span',
      { class: `pd-badge ${allowed[key] ? '' : 'pd-off'}` },
      allowed[key] ? texts.stateAllowed : texts.stateDenied,
    );
  const date = dateText(desk);
  const choice = desk.choice();
  return part(
    desk,
    'div',
    'declaration',
    { class: 'pd-text' },
    element('p', { class: 'pd-note' }, date ? texts.decidedOn.replace('{date}', date) : texts.undecided),
    element(
      'div',
      { class: 'pd-buttons' },
      button('open-settings', texts.openSettings, 'pd-quiet'),
      choice && button('withdraw', texts.withdraw, 'pd-quiet'),
    ),
    ...full.categories.map(({ key, name, mode, description, items }) =>
      element(
        'section',
        {},
        heading(1, name),
        mode === 'required' ? element('span', { class: 'pd-badge' }, texts.alwaysOn) : state(key),
        element(
          'div',
          { class: 'pd-text' },
          ...blockNodes(description),
          !items.length && element('p', { class: 'pd-muted' }, texts.noItems),
          ...items.map((item) =>
            element(
              'article',
              { class: 'pd-text' },
              heading(
                2,
                item.name,
                ' ',
                allowed[`${key}/${item.key}`] === allowed[key] ? '' : state(`${key}/${item.key}`),
              ),
              element('p', { class: 'pd-muted' }, item.provider),
              ...itemDetails(full, item),
            ),
          ),
        ),
      ),
    ),
    element('p', { class: 'pd-muted' }, texts.thirdPartyNotice),
  );
};

const fill = (desk: Desk, place: Element) => {
  if (shown.has(place)) return;
  shown.add(place);
  adoptDetails(desk);
  const update = () =>
    desk.details().then(
      (full) => {
        const focused =
          place.contains(document.activeElement) && (document.activeElement as HTMLElement).dataset.privacyAction;
        place.replaceChildren(build(desk, place, full));
        if (focused) place.querySelector<HTMLElement>(`[data-privacy-action="${focused}"],button`)?.focus();
      },
      () => place.replaceChildren(part(desk, 'div', 'declaration', {}, element('p', {}, desk.config.texts.loadFailed))),
    );
  document.addEventListener('privacy-desk:change', () => void update());
  void update();
};

export default {
  show(desk, target) {
    for (const place of target instanceof Element ? [target] : document.querySelectorAll('privacy-desk-declaration'))
      fill(desk, place);
  },
} satisfies UiPart;
