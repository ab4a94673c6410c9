import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {
  checkContrast,
  contrastPairs,
  contrastProblems,
  contrastRatio,
  over,
  parseHex,
  themeColors,
  themePresetNames,
  themePresets,
  type Rgba,
  type Theme,
} from '../../contract';

const opaque = fc.record({ r: fc.nat(255), g: fc.nat(255), b: fc.nat(255) }).map((color): Rgba => ({ ...color, a: 1 }));
const hexOf = ({ r, g, b }: Rgba) => `#${[r, g, b].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
const found = (theme: Theme) => contrastProblems(checkContrast(theme)).map(({ pair, scheme }) => `${pair} ${scheme}`);

describe('contrastRatio', () => {
  it.each([
    ['#000', '#fff', 21],
    ['#777', '#fff', 4.48],
    ['#767676', '#fff', 4.54],
    ['#0000ff', '#ffffff', 8.59],
  ])('of %s on %s is %d', (front, behind, ratio) =>
    expect(contrastRatio(parseHex(front)!, parseHex(behind)!)).toBeCloseTo(ratio, 2),
  );

  it('is the same both ways, from 1 to 21', () =>
    fc.assert(
      fc.property(opaque, opaque, (a, b) => {
        const ratio = contrastRatio(a, b);
        expect(ratio).toBeCloseTo(contrastRatio(b, a), 10);
        expect(ratio).toBeGreaterThanOrEqual(1);
        expect(ratio).toBeLessThanOrEqual(21.001);
        expect(contrastRatio(a, a)).toBe(1);
      }),
    ));
});

describe('parseHex', () => {
  it('reads what it is written as', () =>
    fc.assert(fc.property(opaque, (color) => expect(parseHex(hexOf(color))).toEqual(color))));
  it.each([
    ['#f08', { r: 255, g: 0, b: 136, a: 1 }],
    ['#F080', { r: 255, g: 0, b: 136, a: 0 }],
    [' #11223380 ', { r: 17, g: 34, b: 51, a: 128 / 255 }],
  ])('reads %s', (value, color) => expect(parseHex(value)).toEqual(color));
  it.each(['', 'red', '#12', '#12345', '#ggg', 'rgb(0,0,0)', '#1234567'])('does not read “%s”', (value) =>
    expect(parseHex(value)).toBeNull(),
  );
});

it('a translucent colour lies between what it is in front of and itself', () =>
  fc.assert(
    fc.property(opaque, opaque, fc.double({ min: 0, max: 1, noNaN: true }), (front, behind, opacity) => {
      const seen = over(front, behind, opacity);
      for (const channel of ['r', 'g', 'b'] as const) {
        expect(seen[channel]).toBeGreaterThanOrEqual(Math.min(front[channel], behind[channel]) - 1e-9);
        expect(seen[channel]).toBeLessThanOrEqual(Math.max(front[channel], behind[channel]) + 1e-9);
      }
    }),
  ));

describe('themeColors', () => {
  it('are the built-in ones by day and by night', () => {
    expect(themeColors({}, 'light')).toEqual({
      text: '#1a1c21',
      background: '#fff',
      accent: '#1a1c21',
      'accent-text': '#fff',
      border: '#8885',
    });
    expect(themeColors({}, 'dark')).toMatchObject({ text: '#eceef2', background: '#1c1e23', accent: '#eceef2' });
  });

  it('are a site’s own ones by night, too, unless it says otherwise', () => {
    const theme: Theme = { tokens: { accent: '#00f', background: ' ' }, dark: { text: '#eee' } };
    expect(themeColors(theme, 'light')).toMatchObject({ accent: '#00f', text: '#1a1c21', background: '#fff' });
    expect(themeColors(theme, 'dark')).toMatchObject({ accent: '#00f', text: '#eee', background: '#fff' });
    expect(themeColors({ dark: { accent: '#00f' } }, 'dark')).toMatchObject({ accent: '#00f', background: '#1c1e23' });
  });
});

describe('checkContrast', () => {
  it('finds nothing wrong with what is built in', () => expect(found({})).toEqual([]));

  it.each(themePresetNames)('finds nothing wrong with the look “%s”', (name) =>
    expect(found(themePresets[name])).toEqual([]),
  );

  it('says which pair cannot be read, and where', () => {
    expect(found({ tokens: { accent: '#999' } })).toEqual([
      'button light',
      'button-hover light',
      'switch light',
      'button dark',
      'button-hover dark',
      'switch dark',
    ]);
    expect(found({ dark: { border: '#bbb' } })).toEqual(['mark dark']);
    // Text that is just dark enough is not where it is translucent.
    expect(found({ tokens: { text: '#707070', accent: '#000' } })).toContain('small light');
  });

  it('takes the worse of what may be behind a translucent background', () => {
    const [text] = checkContrast({ tokens: { background: '#ffffff00', text: '#000' } });
    expect(text).toMatchObject({ pair: 'text', scheme: 'light', ratio: 1 });
  });

  it('does not guess a colour that it cannot read, and checks the others', () => {
    const results = checkContrast({ tokens: { accent: 'var(--brand)', text: '#888' } });
    const ratios = Object.fromEntries(
      results.filter(({ scheme }) => scheme === 'light').map(({ pair, ratio }) => [pair, ratio]),
    );
    expect(ratios).toMatchObject({ button: null, switch: null, 'button-hover': null });
    expect(contrastProblems(results).map(({ pair }) => pair)).toEqual(expect.arrayContaining(['text', 'small']));
  });

  it('is right about every pair of opaque colours', () =>
    fc.assert(
      fc.property(opaque, opaque, (text, background) => {
        const result = checkContrast({ tokens: { text: hexOf(text), background: hexOf(background) } });
        const ratio = contrastRatio(text, background);
        expect(result.find(({ pair }) => pair === 'text')!.ratio).toBeCloseTo(ratio, 10);
        // Accent is the text's colour, and its text the background's, as long as nobody says otherwise.
        expect(result.find(({ pair }) => pair === 'button')!.ratio).toBeCloseTo(ratio, 10);
        expect(result.map(({ pair }) => pair)).toEqual([...contrastPairs, ...contrastPairs]);
      }),
    ));
});

it('knows every colour in the client’s style sheets', () => {
  const folder = path.resolve(__dirname, '../../client/src');
  const used = ['ui', 'gate', 'request']
    .flatMap((part) => fs.readdirSync(path.join(folder, part)).map((file) => path.join(folder, part, file)))
    .filter((file) => file.endsWith('.css'))
    .flatMap((file) => {
      const css = fs.readFileSync(file, 'utf8').replace(/\/\*[^]*?\*\//g, '');
      return [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selector, rules]) =>
        [...rules!.matchAll(/(?:^|;|\s)(color|background|border|border-top|border-color|opacity|outline):\s*([^;]+);/g)]
          .filter(([, , value]) => !/^(none|0|inherit|revert)$/.test(value!.trim()))
          .map(([, property, value]) => `${selector!.trim().replace(/\s+/g, ' ')} { ${property}: ${value!.trim()} }`),
      );
    });
  // A new line here is a new pair to think of in contract/contrast.ts.
  expect(used.sort()).toEqual(
    [
      // text
      '.pd { color: var(--pd-text) }',
      '.pd { background: var(--pd-background) }',
      ".pd-placeholder[style*='url('] > div > p { background: var(--pd-background) }",
      // small
      '.pd :where(small) { opacity: 0.75 }',
      // mark
      '.pd :where(mark) { background: var(--pd-border) }',
      // fields of the request form: as text; their border, too
      '.pd.pd-request [name] { border: 1px solid }',
      '.pd.pd-request [name] { background: var(--pd-background) }',
      ".pd :where([aria-invalid='true']) { outline: 1px solid }",
      // button, button-hover
      '.pd.pd button { border: 1px solid var(--pd-accent) }',
      '.pd.pd button { color: var(--pd-accent-text) }',
      '.pd.pd button { background: var(--pd-accent) }',
      '.pd.pd button:hover { opacity: 0.85 }',
      // switch; its knob is as the text of a button, and off it has the colour of text
      ".pd.pd [role='switch'] { border: 1px solid }",
      ".pd [role='switch']::before { border: 0.55em solid }",
      ".pd.pd [role='switch']:checked { color: var(--pd-accent-text) }",
      ".pd.pd [role='switch']:checked { background: var(--pd-accent) }",
      ".pd.pd [role='switch']:checked { border-color: var(--pd-accent) }",
      // inactive: WCAG asks for no contrast
      ".pd.pd [role='switch']:disabled { opacity: 0.5 }",
      // lines that tell nothing by themselves
      '.pd { border: 1px solid var(--pd-border) }',
      '.pd.pd .quiet { border-color: var(--pd-border) }',
      '.pd :where(section) { border: 1px solid var(--pd-border) }',
      '.pd :where(th, td) { border-top: 1px solid var(--pd-border) }',
      '.pd :where(details li) { border-top: 1px solid var(--pd-border) }',
      '.pd-settings > :last-child { border-top: 1px solid var(--pd-border) }',
      // what lies behind the dialog
      '.pd-settings::backdrop { background: #0008 }',
    ].sort(),
  );
});
