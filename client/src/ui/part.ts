import type { Desk } from '../core/desk';
import { adopt } from './adopt';
import base from './base.css';
import dark from './dark.css';
import { element, type Part } from './element';

/** The root element of a part of the UI, with the language of its texts; brings the style, and the site's theme. */
export const part = <Tag extends keyof HTMLElementTagNameMap>(
  desk: Desk,
  css: string,
  tag: Tag,
  name: string,
  ...parts: Part[]
): HTMLElementTagNameMap[Tag] => {
  const { locale, dir, theme } = desk.config;
  const tokens = theme.tokens ?? {};
  // A site with colours of its own has them by night, too: half of a palette could not be read.
  adopt(desk, base + (tokens.background || tokens.text || tokens.accent ? '' : dark));
  adopt(desk, css);
  const values = Object.entries(tokens).map(
    ([token, value]) => `--privacy-desk-${token}:${value.replace(/[{}]/g, '')};`,
  );
  adopt(desk, `@layer privacy-desk{:root{${values.join('')}}}`);
  return element(tag, { 'data-privacy-part': name, class: `pd pd-${name}`, lang: locale, dir }, ...parts);
};
