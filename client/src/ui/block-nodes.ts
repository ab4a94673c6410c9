import type { Block, InlineNode, ListItemNode } from '../../../contract/blocks';
import { element, isSafeHref } from './banner';

const marks = { bold: 'b', italic: 'i', underline: 'u', strikethrough: 's' } as const;
const tags = { paragraph: 'p', heading: 'b', quote: 'blockquote', 'list-item': 'li' } as const;

/**
 * Rich text as DOM nodes. A heading becomes a bold line: the outline of the page is not the editor's to change here.
 * A link that is not safe to follow becomes its text.
 */
export const blockNodes = (blocks: (Block | ListItemNode | InlineNode)[]): Node[] =>
  blocks.map((block) => {
    if (block.type === 'text') {
      let node: Node = new Text(block.text);
      for (const mark in marks)
        if (block[mark as keyof typeof marks]) node = element(marks[mark as keyof typeof marks], node);
      return block.code ? element('code', node) : node;
    }
    const children = blockNodes(block.children);
    if (block.type === 'link') return element('a', { href: isSafeHref(block.url) && block.url }, ...children);
    if (block.type === 'list') return element(block.format === 'ordered' ? 'ol' : 'ul', ...children);
    return element(block.type === 'code' ? 'pre' : tags[block.type], ...children);
  });
