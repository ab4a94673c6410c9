import type { ConsentConfig } from '../../../contract/consent-config';
import type { Selection, UiPart } from '../core/desk';
import { button, element, part, refocus } from './banner';
import { blockNodes } from './block-nodes';
import { decidedOn } from './decided-on';
import detailsCss from './details.css';
import css from './dialog.css';
import { itemDetails } from './item-details';

// What the declaration uses, too.
export { blockNodes, decidedOn, detailsCss, itemDetails };

/** How long opening waits for the details, in milliseconds, before it does without. */
const PATIENCE = 2000;

let dialog: HTMLDialogElement | undefined;
const goTo = (category: unknown) => {
  const input = dialog?.querySelector<HTMLElement>(`input[name="${category}"]`);
  input?.closest('section')!.scrollIntoView();
  input?.focus({ preventScroll: true });
};

export default {
  async show(desk, target) {
    if (dialog) return goTo(target);
    const { texts: slim, categories } = desk.config;
    const decided = desk.choice();
    const { allowed } = desk.decision();
    const box = (dialog = part(desk, detailsCss + css, 'dialog', 'settings', {
      'aria-labelledby': 'privacy-desk-settings',
    }));
    const status = part(desk, css, 'div', 'status', { role: 'status' });
    const full = await Promise.race([
      desk.details(),
      new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE)),
    ]).catch(() => undefined);
    const texts = full?.texts;
    const selection: Selection = { categories: {}, items: {} };
    /** Writes what the switches say into the selection. */
    const readers: (() => void)[] = [];

    const toggle = (name: string, checked: boolean | undefined, label: Record<string, string>) => {
      const input = element('input', { type: 'checkbox', role: 'switch', name, ...label });
      input.checked = !!checked;
      return input;
    };

    const sections = categories.map(({ key, name, mode, items }) => {
      const details = full?.categories.find((category) => category.key === key);
      const required = mode === 'required';
      const since = decided?.categories[key]?.decidedAt ?? Infinity;
      const id = `privacy-desk-${key}`;
      const all = toggle(key, allowed[key], { id });
      all.disabled = required;
      const ones = items.map((item) => {
        const told = details?.items.find(({ key }) => key === item.key);
        const one = toggle(`item:${item.key}`, allowed[`${key}/${item.key}`], { 'aria-label': told?.name ?? '' });
        if (!told) return { one };
        const more = element(
          'details',
          element(
            'summary',
            told.name,
            told.changedAt > since && element('mark', texts!.isNew),
            element('small', told.provider),
          ),
        );
        // Built when it unfolds: hundreds of tables would make opening slow.
        more.ontoggle = () => more.children[1] || more.append(itemDetails(full!, told));
        return { one, row: element('li', more, !required && one) };
      });
      const sync = () => {
        const on = ones.filter(({ one }) => one.checked).length;
        // A category is on as soon as one of its items is: an item is never on in a refused category.
        if (ones[0] && !required) all.checked = on > 0;
        all.indeterminate = on > 0 && on < ones.length;
      };
      sync();
      all.onchange = () => {
        for (const { one } of ones) one.checked = all.checked;
        sync();
      };
      for (const { one } of ones) one.onchange = sync;
      if (!required)
        readers.push(() => {
          selection.categories[key] = all.checked;
          items.forEach((item, i) => {
            if (ones[i]!.one.checked !== all.checked) selection.items[item.key] = !all.checked;
          });
        });
      return element(
        'section',
        element('h3', element('label', { for: id }, name)),
        required && element('small', slim.alwaysOn),
        all,
        details &&
          element(
            'div',
            ...blockNodes(details.description),
            details.items[0]
              ? element(
                  'details',
                  element('summary', `${texts!.details} (${items.length})`),
                  element('ul', ...ones.map(({ row }) => row)),
                )
              : element('small', texts!.noItems),
          ),
      );
    });

    box.append(
      element(
        'header',
        element('h2', { id: 'privacy-desk-settings' }, texts ? texts.settingsTitle : slim.openSettings),
        element(
          'button',
          { type: 'button', class: 'quiet', 'data-privacy-action': 'close', 'aria-label': slim.close },
          '✕',
        ),
      ),
      element(
        'div',
        texts ? element('p', texts.settingsText) : element('p', { role: 'alert' }, slim.loadFailed),
        desk.gpc && element('mark', { 'data-privacy-part': 'gpc-status' }, slim.gpcHonoured),
        ...sections,
        texts && element('small', texts.thirdPartyNotice),
        texts && decided && element('small', decidedOn(desk, texts), ' ', button('withdraw', texts.withdraw, 'quiet')),
      ),
      element(
        'div',
        button('accept-all', slim.acceptAll),
        button('reject-all', slim.rejectAll),
        button('save', slim.save),
      ),
    );
    box.onclick = ({ target }) => {
      const action = (target as HTMLElement).dataset.privacyAction;
      if (!action) return;
      box.close();
      // Accepting, rejecting and withdrawing is done by the core, on the same click.
      if (action === 'save') {
        for (const read of readers) read();
        desk.commit(selection, action);
      }
      if (action !== 'close' && texts) status.append(texts.saved);
    };
    box.onclose = () => {
      box.remove();
      dialog = undefined;
      setTimeout(() => status.remove(), 5000);
      // The browser gives the focus back to what opened the dialog, unless that has gone with the banner.
      if (document.activeElement === document.body) refocus();
      desk.emit('close');
    };
    document.body.append(status, box);
    box.showModal();
    goTo(target);
    desk.emit('open');
  },
  hide: () => dialog?.close(),
} satisfies UiPart;
