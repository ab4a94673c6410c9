import type { Desk } from '../core/desk';

const adopted = new Set<string>();

/**
 * Applies a style sheet once. Constructed sheets need no nonce and no `style-src`;
 * a browser without them gets a `<style>` with the nonce of our own script.
 */
export const adopt = (desk: Desk, css: string): void => {
  if (adopted.has(css)) return;
  adopted.add(css);
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  } catch {
    const style = document.createElement('style');
    style.nonce = desk.nonce ?? '';
    style.textContent = css;
    document.head.append(style);
  }
};
