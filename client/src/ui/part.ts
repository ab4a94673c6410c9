import type { Desk } from '../core/desk';
import { adopt } from './adopt';
import base from './base.css';
import dark from './dark.css';
import { element } from './element';

/** The root element of a part of the UI, with the language of its texts; brings the common style and the site's theme. */
export const part = <Tag extends keyof HTMLElementTagNameMap>(
  desk: Desk,
  tag: Tag,
  name: string,
  attributes: Record<string, string>,
  ...children: Node[]
): HTMLElementTagNameMap[Tag] => {
  const { locale, dir, theme } = desk.config;
  const tokens = theme.tokens ?? {};
  adopt(desk, base);
  // A site that chose its own paper and ink has them by night, too: half of a palette would not be readable.
  if (!tokens.background && !tokens.text) adopt(desk, dark);
  const layer = adopt(desk, '@layer privacy-desk{:root{}}')?.cssRules[0] as CSSLayerBlockRule | undefined;
  for (const [token, value] of Object.entries(tokens))
    (layer?.cssRules[0] as CSSStyleRule | undefined)?.style.setProperty(`--privacy-desk-${token}`, value);
  return element(
    tag,
    { 'data-privacy-part': name, lang: locale, dir, ...attributes, class: `pd pd-${name} ${attributes.class ?? ''}` },
    ...children,
  );
};
