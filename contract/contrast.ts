import type { Theme } from './consent-config';
import { colorSchemes, themeColors, type ColorScheme, type ColorToken } from './theme';

/** sRGB: red, green and blue from 0 to 255, alpha from 0 to 1. */
export interface Rgba {
  r: number;
  g: number;
  b: number;
  a: number;
}

/** Reads a hexadecimal colour with 3, 4, 6 or 8 digits; null for everything else. */
export const parseHex = (value: string): Rgba | null => {
  const digits = /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.exec(value.trim())?.[1];
  if (!digits) return null;
  const pairs = digits.length < 6 ? [...digits].map((digit) => digit + digit) : digits.match(/../g)!;
  const [r, g, b, a = 255] = pairs.map((pair) => parseInt(pair, 16)) as [number, number, number, number?];
  return { r, g, b, a: a / 255 };
};

/** What is seen of a colour in front of an opaque one, at an opacity from 0 to 1. */
export const over = (front: Rgba, behind: Rgba, opacity = 1): Rgba => {
  const a = front.a * opacity;
  const mix = (channel: 'r' | 'g' | 'b') => front[channel] * a + behind[channel] * (1 - a);
  return { r: mix('r'), g: mix('g'), b: mix('b'), a: 1 };
};

/** Relative luminance, from 0 (black) to 1 (white). WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
export const luminance = ({ r, g, b }: Rgba): number => {
  const [red, green, blue] = [r, g, b].map((value) => {
    const channel = value / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** Contrast ratio of two opaque colours, from 1 to 21. WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export const contrastRatio = (one: Rgba, other: Rgba): number => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

/** WCAG 2.2, 1.4.3 (AA): text that is not large. */
const TEXT = 4.5;
/** WCAG 2.2, 1.4.11 (AA): what tells a control and its state. */
const CONTROL = 3;

/** The opacities that the client's style sheets use. */
const SMALL = 0.75;
const HOVER = 0.85;

type Colors = Record<ColorToken, Rgba>;

interface Pair {
  least: number;
  /** Which colours it is made of. */
  tokens: readonly ColorToken[];
  front: (colors: Colors) => Rgba;
  behind: (colors: Colors) => Rgba;
}

/**
 * Every pair of foreground and background in client/src/ui/*.css. What is translucent lies on the part's background.
 * tests/contract/contrast.test.ts fails when the style sheets get a colour that is not thought of here.
 */
const pairs = {
  /** Running text, headings, links, quiet buttons, switches that are off. */
  text: {
    least: TEXT,
    tokens: ['text', 'background'],
    front: ({ text, background }) => over(text, background),
    behind: ({ background }) => background,
  },
  /** Facts below the banner's text, providers, notices. */
  small: {
    least: TEXT,
    tokens: ['text', 'background'],
    front: ({ text, background }) => over(text, background, SMALL),
    behind: ({ background }) => background,
  },
  /** “New”, and that Global Privacy Control is honoured: on the colour of lines. */
  mark: {
    least: TEXT,
    tokens: ['text', 'border', 'background'],
    front: ({ text, border, background }) => over(text, over(border, background)),
    behind: ({ border, background }) => over(border, background),
  },
  button: {
    least: TEXT,
    tokens: ['accent-text', 'accent'],
    front: ({ 'accent-text': text, accent, background }) => over(text, over(accent, background)),
    behind: ({ accent, background }) => over(accent, background),
  },
  'button-hover': {
    least: TEXT,
    tokens: ['accent-text', 'accent', 'background'],
    front: ({ 'accent-text': text, accent, background }) =>
      over(over(text, over(accent, background)), background, HOVER),
    behind: ({ accent, background }) => over(over(accent, background), background, HOVER),
  },
  /** A switch that is on, against the dialog. */
  switch: {
    least: CONTROL,
    tokens: ['accent', 'background'],
    front: ({ accent, background }) => over(accent, background),
    behind: ({ background }) => background,
  },
} as const satisfies Record<string, Pair>;

export type ContrastPair = keyof typeof pairs;
export const contrastPairs = Object.keys(pairs) as ContrastPair[];

export interface ContrastResult {
  pair: ContrastPair;
  scheme: ColorScheme;
  /** null: a colour that cannot be worked out here, such as a custom property of the website. */
  ratio: number | null;
  /** What WCAG AA asks for. */
  least: number;
  /** Which colours of the theme the pair is made of. */
  tokens: readonly ColorToken[];
}

const WHITE: Rgba = { r: 255, g: 255, b: 255, a: 1 };
const BLACK: Rgba = { r: 0, g: 0, b: 0, a: 1 };

/**
 * How well a theme can be read, by every pair of colours that it shows, in light and dark mode.
 * Behind a translucent background lies the website, which may be anything: then the worse of black and white counts.
 *
 * @param toRgba reads a CSS colour; null if it cannot
 */
export const checkContrast = (theme: Theme, toRgba: (color: string) => Rgba | null = parseHex): ContrastResult[] =>
  colorSchemes.flatMap((scheme) => {
    const values = themeColors(theme, scheme);
    const read = Object.fromEntries(Object.entries(values).map(([token, value]) => [token, toRgba(value)])) as Record<
      ColorToken,
      Rgba | null
    >;
    return contrastPairs.map((pair): ContrastResult => {
      const { least, tokens, front, behind }: Pair = pairs[pair];
      // Whatever a pair is made of, it lies on the background.
      const known = [...tokens, 'background' as const].every((token) => read[token]);
      const ratioOn = (page: Rgba): number => {
        const colors = { ...read, background: over(read.background!, page) } as Colors;
        return contrastRatio(front(colors), behind(colors));
      };
      return { pair, scheme, least, tokens, ratio: known ? Math.min(ratioOn(WHITE), ratioOn(BLACK)) : null };
    });
  });

/** What WCAG AA is not kept by; what cannot be worked out is not among it. */
export const contrastProblems = (results: readonly ContrastResult[]): ContrastResult[] =>
  results.filter(({ ratio, least }) => ratio !== null && ratio < least);
