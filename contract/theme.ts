import type { Theme } from './consent-config';

/** What a theme can set: each is a custom property `--privacy-desk-<name>`. */
export const themeTokens = [
  'text',
  'background',
  'accent',
  'accent-text',
  'border',
  'radius',
  'font',
  'font-size',
  'shadow',
  'max-width',
  'z-index',
] as const;
export type ThemeToken = (typeof themeTokens)[number];

/** Those that are colours, and may be another one in dark mode. */
export const colorTokens = ['text', 'background', 'accent', 'accent-text', 'border'] as const;
export type ColorToken = (typeof colorTokens)[number];

export const colorSchemes = ['light', 'dark'] as const;
export type ColorScheme = (typeof colorSchemes)[number];

/**
 * What holds where neither the theme nor the site's own CSS says it, in the client's own short form;
 * what differs from part to part has that in its style sheet.
 */
export const lightTokens =
  'text,#1a1c21;background,#fff;accent,var(--pd-text);accent-text,var(--pd-background);border,#8885;radius,1em;' +
  'z-index,2147483000;shadow,0 0 3em #0004;font;font-size;max-width;';
export const darkTokens = 'text,#eceef2;background,#1c1e23;';

/** Whether a site has colours of its own: then it has them by night, too, for half of a palette could not be read. */
export const hasOwnColors = (tokens: NonNullable<Theme['tokens']>): string | undefined =>
  tokens.background || tokens.text || tokens.accent;

const valuesOf = (tokens: string): Record<string, string> =>
  Object.fromEntries([...tokens.matchAll(/([\w-]+),([^;]+);/g)].map(([, name, value]) => [name!, value!]));

/** The colours that visitors see, as CSS values; as the client's style sheets resolve them. */
export const themeColors = ({ tokens = {}, dark = {} }: Theme, scheme: ColorScheme): Record<ColorToken, string> => {
  const given = (values: Record<string, string>) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim()));
  const values: Record<string, string> = {
    ...valuesOf(lightTokens),
    ...given(tokens),
    ...(scheme === 'dark' && { ...(!hasOwnColors(tokens) && valuesOf(darkTokens)), ...given(dark) }),
  };
  const resolve = (value: string): string =>
    value.replace(/^var\(--(?:pd|privacy-desk)-([\w-]+)\)$/, (all, name: string) => values[name] ?? all);
  return Object.fromEntries(colorTokens.map((name) => [name, resolve(resolve(values[name]!))])) as Record<
    ColorToken,
    string
  >;
};
