import type { Desk } from '../core/desk';
import { mint } from '../core/mint';
import base from './base.css';
import { element, type Part } from './element';

/**
 * What a theme can set, each with what holds where neither the theme nor the site's own CSS says it;
 * what differs from part to part has that in its style sheet.
 */
const light =
  'text,#1a1c21;background,#fff;accent,var(--pd-text);accent-text,var(--pd-background);border,#8885;radius,1em;' +
  'z-index,2147483000;shadow,0 .5em 3em #0004;font;font-size;max-width;';
const dark = 'text,#eceef2;background,#1c1e23;';

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
  const { tokens = {} } = theme;
  // Whatever is shown, the visitor can decide with it.
  desk.mint = mint;
  const own = Object.keys(tokens).map((token) => `${token},${tokens[token]!.replace(/[{};]/g, '')};`);
  const sheets = [
    base +
      themeCss(light + own.join('')) +
      // A site with colours of its own has them by night, too: half of a palette could not be read.
      (tokens.background || tokens.text || tokens.accent ? '' : `@media(prefers-color-scheme:dark){${themeCss(dark)}}`),
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
