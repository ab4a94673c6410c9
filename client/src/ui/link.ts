import { isSafeHref } from '../../../contract/blocks';
import { element } from './element';

/** A link; nothing without an address, or with one that is not safe to follow. */
export const link = (href: string | undefined, label: string): HTMLAnchorElement | false =>
  !!href && isSafeHref(href) && element('a', { href }, label);
