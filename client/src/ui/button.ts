import { element } from './element';

/** A button that does `action` on click. Accept and reject are plain ones, so that they weigh the same. */
export const button = (action: string, label: string, look = ''): HTMLButtonElement =>
  element('button', { type: 'button', 'data-privacy-action': action, class: `pd-button ${look}` }, label);
