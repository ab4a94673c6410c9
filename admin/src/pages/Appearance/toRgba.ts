import { parseHex, type Rgba } from '../../../../contract';

/** Depends on where it stands, and a canvas stands nowhere. */
const contextual = /var\(|env\(|light-dark\(|currentcolor|^(inherit|initial|unset|revert|revert-layer)$/i;

let canvas: CanvasRenderingContext2D | null | undefined;

/** Reads any colour that the browser knows, `oklch()` and `color-mix()` among them; null for what is none, or depends on the website. */
export const toRgba = (color: string): Rgba | null => {
  const hex = parseHex(color);
  if (hex || contextual.test(color)) return hex;
  canvas ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', {
    willReadFrequently: true,
  });
  if (!canvas) return null;
  // What is no colour leaves what was there.
  const read = (before: string): string => {
    canvas!.fillStyle = before;
    canvas!.fillStyle = color;
    return String(canvas!.fillStyle);
  };
  if (read('#000') !== read('#fff')) return null;
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return { r, g, b, a: a / 255 };
};

/** As an input of colours takes it: without transparency. */
export const toHex = (color: string): string => {
  const { r, g, b } = toRgba(color) ?? { r: 255, g: 255, b: 255 };
  return `#${[r, g, b].map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
};
