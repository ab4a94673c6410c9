import type { Desk } from '../core/desk';

const adopted = new Map<string, CSSStyleSheet | null>();

/**
 * Applies a style sheet once and returns it. Constructed sheets need no nonce and no `style-src`;
 * a browser without them gets a `<style>` with the nonce of our own script.
 */
export const adopt = (desk: Desk, css: string): CSSStyleSheet | null => {
  let sheet = adopted.get(css);
  if (sheet === undefined) {
    try {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    } catch {
      const style = document.createElement('style');
      style.nonce = desk.nonce ?? '';
      style.textContent = css;
      document.head.append(style);
      ({ sheet } = style);
    }
    adopted.set(css, sheet);
  }
  return sheet;
};
