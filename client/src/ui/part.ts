import { darkTokens, hasOwnColors, lightTokens } from '../../../contract/theme';
import type { Desk } from '../core/desk';
import { mint } from '../core/mint';
import base from './base.css';
import { element, type Part } from './element';

/**
 * What the site's CSS says by `--privacy-desk-*`, else these values. Said on our own elements and not on `:root`:
 * a custom property that changes there makes the browser compute the style of the whole page again.
 */
const themeCss = (values: string): string =>
  `.pd{${values.replace(/([\w-]+)(.*?;)/g, '--pd-$1:var(--privacy-desk-$1$2').replace(/;/g, ');')}}`;

const adopted = new Set<string>();

/** The root element of a part of the UI, with the language of its texts; brings the style, and the site's theme. */
export const part = <Tag extends keyof HTMLElementTagNameMap>(
  desk: Desk,
  css: string,
  tag: Tag,
  name: string,
  ...parts: Part[]
): HTMLElementTagNameMap[Tag] => {
  const { locale, dir, theme } = desk.config;
  const { tokens = {}, dark } = theme;
  // Whatever is shown, the visitor can decide with it.
  desk.mint = mint;
  // An entry is written as the lists above are: `accent,#00f`.
  const own = (values: Record<string, string> = {}) =>
    Object.entries(values)
      .map((entry) => `${String(entry).replace(/[{};]/g, '')};`)
      .join('');
  const sheets = [
    base +
      themeCss(lightTokens + own(tokens)) +
      `@media(prefers-color-scheme:dark){${themeCss((hasOwnColors(tokens) ? '' : darkTokens) + own(dark))}}`,
    css,
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
      document.head.append(Object.assign(element('style', text), { nonce: desk.nonce }));
    }
  }
  return element(tag, { 'data-privacy-part': name, class: `pd pd-${name}`, lang: locale, dir }, ...parts);
};
