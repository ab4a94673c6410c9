/**
 * Rich text as Strapi's Blocks editor stores it. It travels as data and is built as DOM nodes: never as HTML.
 * Images are not part of it: a consent text must not load anything.
 */
export interface TextNode {
  type: 'text';
  text: string;
  bold?: boolean;
  italic?: boolean;
  underline?: boolean;
  strikethrough?: boolean;
  code?: boolean;
}
export interface LinkNode {
  type: 'link';
  url: string;
  children: TextNode[];
}
export type InlineNode = TextNode | LinkNode;
export interface ListItemNode {
  type: 'list-item';
  children: InlineNode[];
}
export type Block =
  | { type: 'paragraph' | 'quote' | 'code'; children: InlineNode[] }
  | { type: 'heading'; level: 1 | 2 | 3 | 4 | 5 | 6; children: InlineNode[] }
  | { type: 'list'; format: 'ordered' | 'unordered'; children: (ListItemNode | ListNode)[] };
export type ListNode = Extract<Block, { type: 'list' }>;

/** Whether a link may be followed from a consent text: http(s), mailto, tel, or relative. Everything else (javascript:, data:) is refused. */
export const isSafeHref = (url: string): boolean => {
  // The URL parser strips tabs, newlines and leading control characters, as browsers do; a hand-written test would miss them.
  try {
    return /^(https?|mailto|tel):$/.test(new URL(url, 'https://x.invalid').protocol);
  } catch {
    return false;
  }
};

/** The paragraphs of plain text as blocks. */
export const paragraphs = (...texts: string[]): Block[] =>
  texts.map((text) => ({ type: 'paragraph', children: [{ type: 'text', text }] }));
