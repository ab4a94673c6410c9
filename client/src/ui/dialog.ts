import { recall } from '../aftermath/memory';
import { decidedAt } from '../../../contract/choice';
import type { Decision } from '../../../contract/preferences';
import type { Desk } from '../core/desk';
import { fullConfig } from '../core/full-config';
import { emit } from '../core/report';
import { blockNodes } from './block-nodes';
import { button } from './button';
import { decidedOn } from './decided-on';
import { element } from './element';
import { itemDetails } from './item-details';
import { part } from './part';
import { refocus } from './refocus';

/** How long opening waits for the details, in milliseconds, before it does without. */
const PATIENCE = 2000;

/** The dialog, while it is open. */
let shown: HTMLDialogElement | undefined;
/** Opens the dialog that was built last, and for which decision that was. */
let opening: Promise<() => void>;
let builtFor: Decision | undefined;

const goTo = (category?: string) => {
  const input = document.getElementById(`privacy-desk-${category}`);
  input?.focus();
  input?.scrollIntoView({ block: 'center' });
};

const build = async (desk: Desk): Promise<() => void> => {
  const { texts: slim, categories } = desk.config;
  const { entries } = desk.choice();
  const decided = Object.keys(entries)[0];
  const { allowed } = desk.decision();
  const box = part(desk, 'dialog', 'settings', { 'aria-label': slim.openSettings });
  const status = part(desk, 'div', 'status', { role: 'status' });
  const full = await Promise.race([
    fullConfig(desk).catch(() => undefined),
    new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE)),
  ]);
  const texts = full?.texts;
  /** What the visitor decides on, by `CATEGORY` and `CATEGORY/item-key`. */
  const switches: [path: string, input: HTMLInputElement][] = [];

  const sections = categories.map(({ key, name, mode, items }) => {
    const details = full?.categories.find((category) => category.key === key);
    const required = mode === 'required';
    const since = decidedAt(entries[key]) ?? Infinity;
    const id = `privacy-desk-${key}`;
    const toggle = (path: string, name: string, label: Record<string, string | undefined>) => {
      const input = element('input', { type: 'checkbox', role: 'switch', name, disabled: required, ...label });
      input.checked = allowed[path]!;
      if (!required) switches.push([path, input]);
      return input;
    };
    const all = toggle(key, key, { id });
    const ones: HTMLInputElement[] = [];
    const sync = () => {
      const on = ones.filter(({ checked }) => checked).length;
      // A category is on as soon as one of its items is: an item is never on in a refused category.
      if (ones[0]) all.checked = on > 0;
      all.indeterminate = on > 0 && on < ones.length;
    };
    const rows = items.map((item) => {
      const told = details?.items.find(({ key }) => key === item.key);
      const one = toggle(`${key}/${item.key}`, `item:${item.key}`, { 'aria-label': told?.name });
      ones.push(one);
      one.onchange = sync;
      if (!told) return;
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
      return element('li', more, !required && one);
    });
    all.onchange = () => {
      for (const one of ones) one.checked = all.checked;
      sync();
    };
    sync();
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
            ? element('details', element('summary', texts!.details + ` (${items.length})`), element('ul', ...rows))
            : element('small', texts!.noItems),
        ),
    );
  });

  const close = button('close', '✕', 'quiet');
  close.ariaLabel = slim.close;
  box.append(
    element('div', element('h2', texts?.settingsTitle ?? slim.openSettings), close),
    element(
      'div',
      texts ? element('p', texts.settingsText) : element('p', { role: 'alert' }, slim.loadFailed),
      desk.gpc && element('mark', { 'data-privacy-part': 'gpc-status' }, slim.gpcHonoured),
      ...sections,
      texts && element('small', texts.thirdPartyNotice),
      texts &&
        decided &&
        element(
          'small',
          decidedOn(desk, texts),
          ' ',
          button('withdraw', texts.withdraw, 'quiet'),
          // As the aftermath keeps it.
          recall(`${desk.config.choice.cookie}.consents`)?.includes('"receipt"') &&
            button('download-receipt', texts.downloadReceipt, 'quiet'),
        ),
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
    if (action === 'download-receipt') return desk.show('aftermath', 'download');
    if (!action) return;
    box.close();
    // Accepting, rejecting and withdrawing is done by the core, on the same click.
    if (action === 'save')
      desk.commit(Object.fromEntries(switches.map(([path, { checked }]) => [path, checked])), action);
    if (action !== 'close' && texts) status.append(texts.saved);
  };
  box.onclose = () => {
    box.remove();
    shown = builtFor = undefined;
    setTimeout(() => status.remove(), 5000);
    // The browser gives the focus back to what opened the dialog, unless that has gone with the banner.
    if (document.activeElement === document.body) refocus();
    emit('close');
  };
  // Without the details, it is tried again.
  if (!full) builtFor = undefined;
  return () => {
    document.body.append(status, box);
    box.showModal();
    shown = box;
    emit('open');
  };
};

/** Builds the dialog before it is asked for; what was built for another decision would show that. */
export const prepare = (desk: Desk): Promise<() => void> => {
  if (builtFor !== desk.decision()) {
    opening = build(desk);
    builtFor = desk.decision();
  }
  return opening;
};

export const dialog = async (desk: Desk, target?: string): Promise<void> => {
  if (!shown) {
    const open = await prepare(desk);
    if (!document.body) await desk.api.ready;
    // Asked for twice, it may be open by now.
    if (!shown) open();
  }
  goTo(target);
};

export const hide = (): void => shown?.close();
