import { element } from './element';

/** A button that does `action` on click; all are of one weight, but for a `quiet` one, which is no decision. */
export const button = (action: string, label: string, look?: 'quiet'): HTMLButtonElement =>
  element('button', { class: look, type: 'button', 'data-privacy-action': action }, label);
