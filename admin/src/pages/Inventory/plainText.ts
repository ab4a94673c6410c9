import type { Block } from '../../../../contract';

/** Rich text as plain text, a line per paragraph; null if it has more than words: links, lists, headings, bold type. */
export const toPlainText = (blocks: Block[]): string | null => {
  const lines: string[] = [];
  for (const block of blocks) {
    if (block.type !== 'paragraph') return null;
    let line = '';
    for (const node of block.children) {
      if (node.type !== 'text' || node.bold || node.italic || node.underline || node.strikethrough || node.code)
        return null;
      line += node.text;
    }
    lines.push(line);
  }
  return lines.join('\n');
};

/** The other way: a paragraph per line, empty ones left out. */
export const fromPlainText = (text: string): Block[] =>
  text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => ({ type: 'paragraph', children: [{ type: 'text', text: line }] }));
