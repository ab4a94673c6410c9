import type { Category, ConsentConfig, SlimCategory } from '../../../contract/consent-config';
import type { Desk, Selection, UiPart } from '../core/desk';
import { adopt, button, element, part, refocus } from './banner';
import { blockNodes } from './block-nodes';
import { dateText } from './date-text';
import css from './dialog.css';
import detailsCss from './details.css';
import { itemDetails } from './item-details';

/** The style of categories, items and their tables. */
const adoptDetails = (desk: Desk) => adopt(desk, detailsCss);

// What the declaration uses, too.
export { adoptDetails, blockNodes, dateText, itemDetails };

/** How long opening waits for the details, in milliseconds, before it shows what there is. */
const PATIENCE = 300;

let dialog: HTMLDialogElement | undefined;
let goTo = (_category?: string) => {};

const show = (desk: Desk, target?: string | Element) => {
  if (dialog) return goTo(target as string);
  adoptDetails(desk);
  adopt(desk, css);
  const { texts: slim, categories } = desk.config;
  const opener = document.activeElement;
  const decided = desk.choice();
  /** What the switches say: `CATEGORY` and `CATEGORY/item-key`. */
  const state: Record<string, boolean> = { ...desk.decision().allowed };
  const box = part(desk, 'dialog', 'settings', { 'aria-labelledby': 'privacy-desk-settings' });
  const status = part(desk, 'div', 'status', { role: 'status' });
  dialog = box;

  const input = (name: string, label: Record<string, string>, disabled: boolean) =>
    element('input', { type: 'checkbox', role: 'switch', class: 'pd-switch', name, disabled, ...label });

  const sync = () => {
    for (const { key, mode, items } of categories) {
      const required = mode === 'required';
      const on = items.filter((item) => state[`${key}/${item.key}`]);
      // A category is on as soon as one of its items is: an item is never on in a refused category.
      if (items.length && !required) state[key] = on.length > 0;
      const find = (name: string) => box.querySelector<HTMLInputElement>(`input[name="${name}"]`);
      const all = find(key);
      if (all) {
        all.checked = required || state[key]!;
        all.indeterminate = !required && on.length > 0 && on.length < items.length;
      }
      if (!required)
        for (const item of items) {
          const one = find(`item:${item.key}`);
          if (one) one.checked = state[`${key}/${item.key}`]!;
        }
    }
  };

  const section = ({ key, name, mode, ...category }: Category | SlimCategory, full?: ConsentConfig) => {
    const required = mode === 'required';
    const since = decided?.categories[key]?.decidedAt ?? Infinity;
    const item = (item: Category['items'][number]) => {
      const fresh = item.changedAt > since && element('span', { class: 'pd-badge' }, full!.texts.isNew);
      const details = element(
        'details',
        {},
        element(
          'summary',
          {},
          element('span', {}, item.name),
          fresh,
          element('span', { class: 'pd-muted' }, item.provider),
        ),
      );
      // Built when it unfolds: hundreds of storage tables would make opening slow.
      details.addEventListener(
        'toggle',
        () => details.append(element('div', { class: 'pd-text' }, ...itemDetails(full!, item))),
        {
          once: true,
        },
      );
      return element('li', {}, details, !required && input(`item:${item.key}`, { 'aria-label': item.name }, false));
    };
    const id = `privacy-desk-${key}`;
    return element(
      'section',
      { 'data-privacy-category': key },
      element('h3', {}, element('label', { for: id }, name)),
      required && element('span', { class: 'pd-muted' }, slim.alwaysOn),
      input(key, { id }, required),
      full &&
        element(
          'div',
          { class: 'pd-text' },
          ...blockNodes((category as Category).description),
          category.items.length
            ? element(
                'details',
                {},
                element('summary', {}, `${full.texts.details} (${category.items.length})`),
                element('ul', {}, ...(category as Category).items.map(item)),
              )
            : element('p', { class: 'pd-muted' }, full.texts.noItems),
        ),
    );
  };

  const render = (full?: ConsentConfig, failed?: boolean) => {
    const focused = box.contains(document.activeElement) && (document.activeElement as HTMLInputElement);
    const date = full && decided && dateText(desk);
    const body = element(
      'div',
      { class: 'pd-text' },
      full && element('p', {}, full.texts.settingsText),
      failed && element('p', { class: 'pd-note', role: 'alert' }, slim.loadFailed),
      desk.gpc && element('p', { class: 'pd-note', 'data-privacy-part': 'gpc-status' }, slim.gpcHonoured),
      ...(full ?? desk.config).categories.map((category) => section(category, full)),
      full && element('p', { class: 'pd-muted' }, full.texts.thirdPartyNotice),
      full &&
        decided &&
        element(
          'p',
          { class: 'pd-muted' },
          date && `${full.texts.decidedOn.replace('{date}', date)} `,
          element(
            'button',
            { type: 'button', class: 'pd-link', 'data-privacy-action': 'withdraw' },
            full.texts.withdraw,
          ),
        ),
    );
    const close = element('button', {
      type: 'button',
      class: 'pd-close',
      'data-privacy-action': 'close',
      'aria-label': slim.close,
    });
    box.replaceChildren(
      element(
        'header',
        {},
        element('h2', { id: 'privacy-desk-settings' }, full?.texts.settingsTitle ?? slim.openSettings),
        close,
      ),
      body,
      element(
        'footer',
        { class: 'pd-buttons' },
        button('accept-all', slim.acceptAll),
        button('reject-all', slim.rejectAll),
        button('save', slim.save),
      ),
    );
    sync();
    if (focused)
      box
        .querySelector<HTMLElement>(
          focused.name ? `[name="${focused.name}"]` : `[data-privacy-action="${focused.dataset.privacyAction}"]`,
        )
        ?.focus();
  };

  goTo = (category) => {
    const place = category && box.querySelector(`[data-privacy-category="${CSS.escape(category)}"]`);
    if (!place) return;
    place.scrollIntoView({ block: 'start' });
    place.querySelector<HTMLElement>('input:enabled,summary')?.focus({ preventScroll: true });
  };

  box.addEventListener('change', ({ target }) => {
    const { name, checked } = target as HTMLInputElement;
    for (const { key, items } of categories) {
      if (name === key) state[key] = checked;
      for (const item of items) if (name === key || name === `item:${item.key}`) state[`${key}/${item.key}`] = checked;
    }
    sync();
  });

  let texts: ConsentConfig['texts'] | undefined;
  box.addEventListener('click', ({ target }) => {
    const action = (target as Element).closest<HTMLElement>('[data-privacy-action]')?.dataset.privacyAction;
    if (!action) return;
    box.close();
    if (action === 'close') return;
    // Accept, reject and withdraw are done by the core, on the same click.
    if (action === 'save') {
      const selection: Selection = { categories: {}, items: {} };
      for (const { key, mode, items } of categories)
        if (mode !== 'required') {
          selection.categories[key] = state[key]!;
          for (const item of items)
            if (state[`${key}/${item.key}`] !== state[key]) selection.items[item.key] = !state[key];
        }
      desk.commit(selection, 'save');
    }
    status.textContent = texts?.saved ?? '';
  });

  box.addEventListener('close', () => {
    box.remove();
    dialog = undefined;
    setTimeout(() => status.remove(), 5000);
    // The dialog gives the focus back by itself, unless the opener has gone (with the banner).
    if (!opener?.isConnected || document.activeElement === document.body) refocus(opener);
    desk.emit('close');
  });

  const open = () => {
    if (box.isConnected || dialog !== box) return;
    if (!box.hasChildNodes()) render();
    document.body.append(status, box);
    box.showModal();
    goTo(target as string);
    desk.emit('open');
  };
  void desk
    .details()
    .then(
      (full) => {
        ({ texts } = full);
        render(full);
      },
      () => render(undefined, true),
    )
    .then(open);
  setTimeout(open, PATIENCE);
};

export default { show, hide: () => dialog?.close() } satisfies UiPart;
