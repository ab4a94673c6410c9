import fc from 'fast-check';
import { parseMarkup, tidyBlocks, toMarkup, type Block, type InlineNode, type ListNode } from '../../contract';

const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  // What the grammar is made of, in every order.
  fc.string({ unit: fc.constantFrom(...'*_~`[]()\\#>-+1. \n\r\ta{}|&<'), maxLength: 12 }),
);
const mark = fc.option(fc.constant(true), { nil: undefined });
const textNode = fc
  .record({ text: words, bold: mark, italic: mark, underline: mark, strikethrough: mark, code: mark })
  .map((node) => ({ type: 'text' as const, ...JSON.parse(JSON.stringify(node)) }));
const inline: fc.Arbitrary<InlineNode[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: textNode },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('link' as const),
        url: words,
        children: fc.array(textNode, { maxLength: 3 }),
      }),
    },
  ),
  { maxLength: 5 },
);
const list = fc.letrec<{ list: ListNode }>((tie) => ({
  list: fc.record({
    type: fc.constant('list' as const),
    format: fc.constantFrom('ordered' as const, 'unordered' as const),
    children: fc.array(
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.record({ type: fc.constant('list-item' as const), children: inline }),
        tie('list'),
      ),
      { maxLength: 4 },
    ),
  }),
})).list;
const blocks: fc.Arbitrary<Block[]> = fc.array(
  fc.oneof(
    fc.record({ type: fc.constantFrom('paragraph' as const, 'quote' as const, 'code' as const), children: inline }),
    fc.record({
      type: fc.constant('heading' as const),
      level: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 5 as const, 6 as const),
      children: inline,
    }),
    list,
  ),
  { maxLength: 5 },
);

const paragraph = (...children: InlineNode[]): Block => ({ type: 'paragraph', children });
const text = (value: string, more: object = {}): InlineNode => ({ type: 'text', text: value, ...more });
const read = (markup: string): Block[] => {
  const result = parseMarkup(markup);
  if ('problem' in result) throw new Error(result.problem);
  return result.blocks;
};

describe('marked-up text', () => {
  it('gives rich text back exactly', () => {
    fc.assert(
      fc.property(blocks, (given) => {
        expect(read(toMarkup(given))).toEqual(tidyBlocks(given));
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same after reading and writing, whatever people type', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'*_~`[]()\\#>-1. \n\ta'), maxLength: 40 }), (typed) => {
        const result = parseMarkup(typed);
        if ('problem' in result) return;
        expect(read(toMarkup(result.blocks))).toEqual(result.blocks);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads as people write', () => {
    const markup = [
      '## What we do',
      'We *count* **visits** with [Matomo](https://matomo.org/\\(en\\)).\\\nNo `_ga` cookie, snake_case stays.',
      '- one\n- two\n  1. deep\n- three',
      '> said',
      '1\\. January',
    ].join('\n\n');
    const given: Block[] = [
      { type: 'heading', level: 2, children: [text('What we do')] } as Block,
      paragraph(
        text('We '),
        text('count', { italic: true }),
        text(' '),
        text('visits', { bold: true }),
        text(' with '),
        { type: 'link', url: 'https://matomo.org/(en)', children: [text('Matomo')] } as InlineNode,
        text('.\nNo '),
        text('_ga', { code: true }),
        text(' cookie, snake_case stays.'),
      ),
      {
        type: 'list',
        format: 'unordered',
        children: [
          { type: 'list-item', children: [text('one')] },
          { type: 'list-item', children: [text('two')] },
          { type: 'list', format: 'ordered', children: [{ type: 'list-item', children: [text('deep')] }] },
          { type: 'list-item', children: [text('three')] },
        ],
      },
      { type: 'quote', children: [text('said')] },
      paragraph(text('1. January')),
    ];
    expect(read(markup)).toEqual(given);
    expect(toMarkup(given)).toBe(markup.replace('1\\. January', '\\1. January'));
  });

  it('keeps lines together that have no empty one between them', () => {
    expect(read('a\nb\n\n> c\n> d\ne')).toEqual([
      paragraph(text('a\nb')),
      { type: 'quote', children: [text('c\nd\ne')] },
    ]);
  });

  it('leaves out what says nothing', () => {
    expect(toMarkup([paragraph(text('')), paragraph(text(' ')), paragraph(text('x'))])).toBe('x');
    expect(toMarkup([])).toBe('');
    expect(read(' \n\n')).toEqual([]);
  });

  it.each([
    ['5 * 3', '*'],
    ['**bold', '**'],
    ['a [b `c](https://example.com)', '`'],
  ])('says what is not closed: %s', (typed, marker) => {
    expect(parseMarkup(typed)).toEqual({ problem: expect.stringContaining(`“${marker}” is opened and not closed`) });
  });

  it('takes brackets that are no link for brackets', () => {
    expect(read('[1] and [b] (c)')).toEqual([paragraph(text('[1] and [b] (c)'))]);
  });
});
