import { isSafeHref, type Block, type InlineNode, type ListItemNode, type ListNode } from '../../../contract/blocks';
import { element } from './banner';

const marks = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', code: 'code' } as const;

const inline = (node: InlineNode): Node | string => {
  if (node.type === 'link') {
    const children = node.children.map(inline);
    return element(isSafeHref(node.url) ? 'a' : 'span', { href: isSafeHref(node.url) && node.url }, ...children);
  }
  return Object.entries(marks).reduce<Node | string>(
    (inner, [mark, tag]) => (node[mark as keyof typeof marks] ? element(tag, {}, inner) : inner),
    node.text,
  );
};

const tags = { paragraph: 'p', quote: 'blockquote', code: 'pre', 'list-item': 'li' } as const;

/** Rich text as DOM nodes. Headings become bold paragraphs: the outline of the page is not the editor's here. */
export const blockNodes = (blocks: (Block | ListItemNode)[]): Node[] =>
  blocks.map((block) => {
    if (block.type === 'list')
      return element(
        block.format === 'ordered' ? 'ol' : 'ul',
        {},
        ...blockNodes(block.children as (ListItemNode | ListNode)[]),
      );
    const children = block.children.map(inline);
    return block.type === 'heading'
      ? element('p', {}, element('strong', {}, ...children))
      : element(tags[block.type], {}, ...children);
  });
