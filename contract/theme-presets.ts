import type { Theme } from './consent-config';

/** Looks to begin with; each keeps WCAG AA in light and dark mode (tests/contract/contrast.test.ts). */
export const themePresets = {
  plain: {},
  ocean: {
    tokens: { accent: '#0b5cad', 'accent-text': '#ffffff', text: '#14202e', background: '#ffffff' },
    dark: { accent: '#8cc4ff', 'accent-text': '#06203b', text: '#e8eff7', background: '#13202e' },
  },
  forest: {
    tokens: { accent: '#0b6e4f', 'accent-text': '#ffffff', text: '#16231d', background: '#ffffff', radius: '0.5em' },
    dark: { accent: '#7fd6b3', 'accent-text': '#05261b', text: '#e7f1ec', background: '#14211b' },
  },
  plum: {
    tokens: { accent: '#7a2a8c', 'accent-text': '#ffffff', text: '#26182a', background: '#fffdff', radius: '1.25em' },
    dark: { accent: '#e3a6f0', 'accent-text': '#33093d', text: '#f4eaf6', background: '#241728' },
  },
  sand: {
    tokens: { accent: '#7a4100', 'accent-text': '#fffaf2', text: '#33261a', background: '#fffaf2' },
    dark: { accent: '#f2c185', 'accent-text': '#3a1f00', text: '#f7efe4', background: '#2a2118' },
  },
  contrast: {
    tokens: {
      accent: '#000000',
      'accent-text': '#ffffff',
      text: '#000000',
      background: '#ffffff',
      border: '#767676',
      radius: '0',
    },
    dark: { accent: '#ffffff', 'accent-text': '#000000', text: '#ffffff', background: '#000000', border: '#767676' },
  },
} as const satisfies Record<string, Pick<Theme, 'tokens' | 'dark'>>;
export type ThemePreset = keyof typeof themePresets;
export const themePresetNames = Object.keys(themePresets) as ThemePreset[];
