import { scrambled } from './shape';
import type { Randomness } from './randomness';

/** What says how rich text is built, and nothing of a person. */
export const STRUCTURE = ['type', 'format', 'language', 'mime', 'ext', 'provider'];

const ADDRESS = /^[a-z][a-z0-9+.-]*:\S+$/i;

/** Every text and number within; the structure stays, and names of properties do. */
export const scrambledWithin = (value: unknown, what: string, randomness: Randomness, rich: boolean): unknown => {
  const within = (inner: unknown, name: string): unknown => {
    if (typeof inner === 'string') {
      if (rich && STRUCTURE.includes(name)) return inner;
      // An address that nobody is to follow by mistake.
      if (rich && name === 'url' && ADDRESS.test(inner))
        return `https://example.com/${scrambled(inner, what, randomness).replace(/\W+/g, '-')}`;
      return scrambled(inner, what, randomness);
    }
    if (typeof inner === 'number' && !rich && Number.isFinite(inner)) {
      const digits = scrambled(String(inner), what, randomness);
      const number = Number(digits);
      return Number.isFinite(number) ? number : 0;
    }
    if (Array.isArray(inner)) return inner.map((item) => within(item, name));
    if (inner && typeof inner === 'object')
      return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, within(item, key)]));
    return inner;
  };
  return within(value, '');
};

/** Texts of rich text (Strapi's blocks), with everything else about it as it was. */
export const withTexts = (blocks: unknown, make: (text: string) => string): unknown => {
  if (Array.isArray(blocks)) return blocks.map((block) => withTexts(block, make));
  if (!blocks || typeof blocks !== 'object') return blocks;
  return Object.fromEntries(
    Object.entries(blocks).map(([key, value]) => {
      if (key === 'text' && typeof value === 'string') return [key, value === '' ? '' : make(value)];
      if (key === 'url') return [key, 'https://example.com/'];
      if (key === 'image') return [key, withoutNames(value)];
      return [key, withTexts(value, make)];
    }),
  );
};

/** An image within rich text: Strapi puts the file's facts there. */
const withoutNames = (image: unknown): unknown =>
  image && typeof image === 'object'
    ? { ...image, name: 'image', alternativeText: null, caption: null, url: 'https://example.com/', formats: null }
    : image;
