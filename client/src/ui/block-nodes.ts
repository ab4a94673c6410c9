import { isSafeHref, type Block, type InlineNode, type ListItemNode } from '../../../contract/blocks';
import { element } from './element';

type AnyNode = Block | ListItemNode | InlineNode;

/** By type and by mark; all else is a paragraph. A heading is a bold line: the outline of the page is not the editor's to change here. */
const tags = {
  list: 'ul',
  'list-item': 'li',
  link: 'a',
  text: 'span',
  heading: 'b',
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
} as const;

/** Rich text as DOM nodes. A link that is not safe to follow becomes its text. */
export const blockNodes = (blocks: AnyNode[] = []): Node[] =>
  blocks.map((block) => {
    const { type, url, text, format, children } = block as unknown as Partial<Record<string, string>> & {
      children?: AnyNode[];
    };
    let node: HTMLElement = element(
      format === 'ordered' ? 'ol' : (tags[type as 'link'] ?? 'p'),
      { href: url && isSafeHref(url) && url },
      text,
      ...blockNodes(children),
    );
    for (const mark in tags)
      if ((block as unknown as Record<string, unknown>)[mark] === true) node = element(tags[mark as 'link'], node);
    return node;
  });
