import type { Desk } from '../core/desk';
import base from './base.css';
import dark from './dark.css';
import { element, type Part } from './element';

const adopted = new Set<string>();

/** The root element of a part of the UI, with the language of its texts; brings the style, and the site's theme. */
export const part = <Tag extends keyof HTMLElementTagNameMap>(
  { config: { locale, dir, theme }, nonce }: Desk,
  css: string,
  tag: Tag,
  name: string,
  ...parts: Part[]
): HTMLElementTagNameMap[Tag] => {
  const { tokens = {} } = theme;
  const values = Object.keys(tokens).map((token) => `--privacy-desk-${token}:${tokens[token]!.replace(/[{}]/g, '')};`);
  const sheets = [
    base,
    css,
    // A site with colours of its own has them by night, too: half of a palette could not be read.
    tokens.background || tokens.text || tokens.accent ? '' : dark,
    `@layer privacy-desk{:root{${values.join('')}}}`,
  ];
  for (const text of sheets) {
    if (adopted.has(text)) continue;
    adopted.add(text);
    try {
      // Needs no nonce and no `style-src`.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    } catch {
      document.head.append(Object.assign(element('style', text), { nonce }));
    }
  }
  return element(tag, { 'data-privacy-part': name, class: `pd pd-${name}`, lang: locale, dir }, ...parts);
};
