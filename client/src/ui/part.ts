import { darkTokens, hasOwnColors, lightTokens } from '../../../contract/theme';
import type { Desk } from '../core/desk';
import { mint } from '../core/mint';
import bannerCss from './banner.css';
import baseCss from './base.css';
import detailsCss from './details.css';
import dialogCss from './dialog.css';
import { element, type Part } from './element';

/**
 * What the site's CSS says by `--privacy-desk-*`, else these values. Said on our own elements and not on `:root`:
 * a custom property that changes there makes the browser compute the style of the whole page again.
 */
const themeCss = (values: string): string =>
  `.pd{${values.replace(/([\w-]+)(.*?);/g, '--pd-$1:var(--privacy-desk-$1$2);')}}`;

const adopted = new Set<string>();

/** Brings a style sheet, once. */
export const style = (desk: Desk, text: string): void => {
  if (adopted.has(text)) return;
  adopted.add(text);
  try {
    // Needs no nonce and no `style-src`.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
  } catch {
    document.head.append(Object.assign(element('style', text), { nonce: desk.nonce }));
  }
};

/** The root element of a part of the UI, with the language of its texts; brings the style, and the site's theme. */
export const part = <Tag extends keyof HTMLElementTagNameMap>(
  desk: Desk,
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
  style(
    desk,
    baseCss +
      detailsCss +
      dialogCss +
      bannerCss +
      themeCss(lightTokens + own(tokens)) +
      `@media(prefers-color-scheme:dark){${themeCss((hasOwnColors(tokens) ? '' : darkTokens) + own(dark))}}`,
  );
  return element(tag, { 'data-privacy-part': name, class: `pd pd-${name}`, lang: locale, dir }, ...parts);
};
