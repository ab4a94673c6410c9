import type { Block, InlineNode, ListItemNode, ListNode, TextNode } from './blocks';

/**
 * Rich text as marked-up text, which people can translate in an input, a spreadsheet or a translation tool. It reads like
 * Markdown, with a grammar so small that blocks come back exactly as they were: docs/translations.md.
 */

type TextBlock = Exclude<Block, ListNode>;
type Mark = 'bold' | 'italic' | 'underline' | 'strikethrough' | 'code';

/** What switches a formatting on and off, in the order in which it is written and looked for. */
const markers: readonly (readonly [Mark, string])[] = [
  ['bold', '**'],
  ['underline', '__'],
  ['strikethrough', '~~'],
  ['italic', '*'],
  ['code', '`'],
];
const marks = markers.map(([mark]) => mark);

const isText = (node: InlineNode): node is TextNode => node.type === 'text';

const sameMarks = (a: TextNode, b: TextNode): boolean => marks.every((mark) => Boolean(a[mark]) === Boolean(b[mark]));

// Tidying: what says nothing is left out, and what looks the same is one node

const tidyInline = <Node extends InlineNode>(nodes: readonly Node[]): Node[] => {
  const tidy: InlineNode[] = [];
  for (const node of nodes) {
    if (!isText(node)) {
      const children = tidyInline(node.children);
      // As browsers read an address.
      if (children.length > 0) tidy.push({ type: 'link', url: node.url.replace(/[\t\n\r]/g, ''), children });
      continue;
    }
    if (node.text === '') continue;
    const last = tidy.at(-1);
    if (last && isText(last) && sameMarks(last, node)) last.text += node.text;
    else
      tidy.push({
        type: 'text',
        text: node.text,
        ...Object.fromEntries(marks.flatMap((mark) => (node[mark] ? [[mark, true]] : []))),
      });
  }
  for (const node of tidy) if (isText(node)) node.text = node.text.replace(/\r\n?/g, '\n');
  return tidy as Node[];
};

const saysNothing = (nodes: readonly InlineNode[]): boolean =>
  nodes.every((node) => (isText(node) ? node.text.trim() === '' : saysNothing(node.children)));

const tidyList = (list: ListNode): ListNode | null => {
  const children: (ListItemNode | ListNode)[] = [];
  for (const child of list.children) {
    if (child.type === 'list-item') {
      const inline = tidyInline(child.children);
      if (!saysNothing(inline)) children.push({ type: 'list-item', children: inline });
      continue;
    }
    const inner = tidyList(child);
    const last = children.at(-1);
    if (!inner) continue;
    // A list below nothing stands where its parent would.
    if (!last) children.push(...inner.children);
    else if (last.type === 'list' && last.format === inner.format) last.children.push(...inner.children);
    else children.push(inner);
  }
  return children.length > 0 ? { type: 'list', format: list.format, children } : null;
};

/**
 * The same rich text, as simply as it can be said: neighbours with the same formatting are one, and what says nothing
 * (empty paragraphs, links without words) is not there.
 */
export const tidyBlocks = (blocks: readonly Block[]): Block[] =>
  blocks.flatMap((block): Block[] => {
    if (block.type === 'list') {
      const list = tidyList(block);
      return list ? [list] : [];
    }
    const children = tidyInline(block.children);
    if (saysNothing(children)) return [];
    return [
      block.type === 'heading' ? { type: 'heading', level: block.level, children } : { type: block.type, children },
    ];
  });

// Writing

/** One of `_` and `~` is a character like any other, two are a marker; so the last before another is escaped. */
const escape = (text: string): string => text.replace(/[\\`*[\]\n]|([_~])(?=\1|$)/g, (character) => `\\${character}`);

const writeText = (nodes: readonly TextNode[]): string => {
  const plain: TextNode = { type: 'text', text: '' };
  const switches = (from: TextNode, to: TextNode): string =>
    markers.flatMap(([mark, marker]) => (Boolean(from[mark]) === Boolean(to[mark]) ? [] : [marker])).join('');
  const written = nodes.map((node, index) => switches(nodes[index - 1] ?? plain, node) + escape(node.text));
  return written.join('') + switches(nodes.at(-1) ?? plain, plain);
};

const writeInline = (nodes: readonly InlineNode[]): string => {
  let written = '';
  let run: TextNode[] = [];
  for (const node of nodes) {
    if (isText(node)) {
      run.push(node);
      continue;
    }
    written += `${writeText(run)}[${writeText(node.children)}](${node.url.replace(/[\\()]/g, '\\$&')})`;
    run = [];
  }
  return written + writeText(run);
};

const prefixOf = (block: TextBlock): string =>
  block.type === 'heading' ? `${'#'.repeat(block.level)} ` : { quote: '> ', code: '``` ', paragraph: '' }[block.type];

const BLOCK_START = /^(#{1,6} |> |``` )/;
const LIST_START = /^([ \t]*)(-|\d+[.)]) /;

const writeList = (list: ListNode, indent: string): string[] => {
  let number = 0;
  return list.children.flatMap((child) => {
    if (child.type === 'list') return writeList(child, `${indent}  `);
    number += 1;
    return `${indent}${list.format === 'ordered' ? `${number}.` : '-'} ${writeInline(child.children)}`;
  });
};

/** Rich text as marked-up text: blocks with an empty line between them. Empty for rich text that says nothing. */
export const toMarkup = (blocks: readonly Block[]): string =>
  tidyBlocks(blocks)
    .map((block) => {
      if (block.type === 'list') return writeList(block, '').join('\n');
      const text = writeInline(block.children);
      const looksOtherwise = block.type === 'paragraph' && (BLOCK_START.test(text) || LIST_START.test(text));
      return prefixOf(block) + (looksOtherwise ? text.replace(/\S/, '\\$&') : text);
    })
    .join('\n\n');

// Reading

/** What is wrong with marked-up text. */
class MarkupError extends Error {}

/** Ends at `end` outside a link, or at the end. Returns the nodes and where it stopped. */
const readInline = (text: string, start = 0, inLink = false): { nodes: InlineNode[]; at: number } => {
  const nodes: InlineNode[] = [];
  const on = new Map<Mark, string>();
  let run = '';
  let at = start;
  const flush = () => {
    if (run) nodes.push({ type: 'text', text: run, ...Object.fromEntries([...on.keys()].map((mark) => [mark, true])) });
    run = '';
  };
  const checkClosed = () => {
    const [open] = on.values();
    if (open) throw new MarkupError(`“${open}” is opened and not closed; for the character itself write \\${open[0]}`);
  };
  while (at < text.length) {
    const character = text[at]!;
    const marker = markers.find(([, sign]) => text.startsWith(sign, at));
    if (character === '\\' && at + 1 < text.length) {
      run += text[at + 1];
      at += 2;
    } else if (marker) {
      const [mark, sign] = marker;
      flush();
      if (!on.delete(mark)) on.set(mark, sign);
      at += sign.length;
    } else if (character === '[' && !inLink && isLink(text, at)) {
      flush();
      checkClosed();
      const inner = readInline(text, at + 1, true);
      const url = readUrl(text, inner.at + 2);
      nodes.push({ type: 'link', url: url.url, children: inner.nodes as TextNode[] });
      at = url.at;
    } else if (character === ']' && inLink) break;
    else {
      run += character;
      at += 1;
    }
  }
  flush();
  checkClosed();
  return { nodes, at };
};

/** Whether what begins here is `[words](address)`. */
const isLink = (text: string, at: number): boolean =>
  /^\[(?:\\[^]|[^\\\]])*\]\((?:\\[^]|[^\\)])*\)/.test(text.slice(at));

const readUrl = (text: string, start: number): { url: string; at: number } => {
  const [raw] = /^(?:\\[^]|[^\\)])*/.exec(text.slice(start))!;
  return { url: raw.replace(/\\([^])/g, '$1'), at: start + raw.length + 1 };
};

/** Lines; one that ends with a backslash goes on in the next. */
const readLines = (text: string): string[] => {
  const lines: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++)
    if (text[at] === '\\') at += 1;
    else if (text[at] === '\n') {
      lines.push(text.slice(start, at));
      start = at + 1;
    }
  return [...lines, text.slice(start)];
};

const readList = (lines: { depth: number; format: ListNode['format']; text: string }[]): ListNode[] => {
  const lists: ListNode[] = [];
  /** The list that is open at each depth. */
  let open: ListNode[] = [];
  for (const { depth, format, text } of lines) {
    const level = Math.min(depth, open.length);
    open = open.slice(0, level + 1);
    let list = open[level];
    if (!list || list.format !== format) {
      list = { type: 'list', format, children: [] };
      if (level === 0) lists.push(list);
      else open[level - 1]!.children.push(list);
      open[level] = list;
    }
    list.children.push({ type: 'list-item', children: readInline(text).nodes });
  }
  return lists;
};

const blockOf = (prefix: string, children: InlineNode[]): Block =>
  prefix.startsWith('#')
    ? { type: 'heading', level: (prefix.length - 1) as 1, children }
    : { type: prefix.startsWith('>') ? 'quote' : prefix ? 'code' : 'paragraph', children };

const readGroup = (lines: string[]): Block[] => {
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length;) {
    const items: Parameters<typeof readList>[0] = [];
    for (let item; (item = LIST_START.exec(lines[index] ?? '')); index++)
      items.push({
        depth: Math.floor(item[1]!.replaceAll('\t', '  ').length / 2),
        format: item[2] === '-' ? 'unordered' : 'ordered',
        text: lines[index]!.slice(item[0].length),
      });
    if (items.length > 0) {
      blocks.push(...readList(items));
      continue;
    }
    const prefix = BLOCK_START.exec(lines[index]!)?.[0] ?? '';
    const text = [lines[index++]!.slice(prefix.length)];
    // Lines without an empty one between them belong together, as in Markdown.
    while (index < lines.length && !prefix.startsWith('#') && !LIST_START.test(lines[index]!)) {
      const next = BLOCK_START.exec(lines[index]!)?.[0] ?? '';
      if (next && next !== prefix) break;
      text.push(lines[index++]!.slice(next.length));
    }
    blocks.push(blockOf(prefix, readInline(text.join('\n')).nodes));
  }
  return blocks;
};

/** What marked-up text says, or what is wrong with it. `parseMarkup(toMarkup(blocks))` are the tidied blocks. */
export const parseMarkup = (text: string): { blocks: Block[] } | { problem: string } => {
  const groups: string[][] = [[]];
  for (const line of readLines(text.replace(/\r\n?/g, '\n'))) {
    if (line.trim() === '') groups.push([]);
    else groups.at(-1)!.push(line);
  }
  try {
    return { blocks: tidyBlocks(groups.flatMap(readGroup)) };
  } catch (error) {
    if (error instanceof MarkupError) return { problem: error.message };
    throw error;
  }
};
