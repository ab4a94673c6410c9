import { describeText, UnreadableFile, type ExportedText, type FileText, type TranslationFile } from './file';

/**
 * CSV as RFC 4180 has it, for spreadsheets: a byte order mark, or Excel takes UTF-8 for something else; and nothing in it
 * is taken for a formula (OWASP, CSV injection): what begins like one gets an apostrophe, which is taken away on reading.
 */

const FORMULA_START = '=+\\-@\\t\\r\\n\\uff1d\\uff0b\\uff0d\\uff20';
const LIKE_FORMULA = new RegExp(`^'*[${FORMULA_START}]`);
const DISARMED = new RegExp(`^''*[${FORMULA_START}]`);

const disarm = (text: string): string => (LIKE_FORMULA.test(text) ? `'${text}` : text);
const arm = (text: string): string => (DISARMED.test(text) ? text.slice(1) : text);

const cell = (text: string): string => {
  const safe = disarm(text);
  return /[",;\t\r\n']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** The records of a CSV text; `line` is where a record begins. @throws UnreadableFile */
export const parseCsv = (text: string, separator: string): { line: number; cells: string[] }[] => {
  const records: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let [line, start] = [1, 1];
  let at = 0;
  const end = () => {
    // An empty line is none.
    if (cells.length > 1 || cells[0] !== '') records.push({ line: start, cells });
    cells = [];
  };
  while (at <= text.length) {
    let value = '';
    if (text[at] === '"') {
      const opened = line;
      for (at += 1; ; at += 1) {
        const close = text.indexOf('"', at);
        if (close < 0)
          throw new UnreadableFile([{ line: opened, message: 'a quotation mark is opened and not closed' }]);
        const part = text.slice(at, close);
        line += part.split('\n').length - 1;
        value += part;
        at = close + 1;
        if (text[at] !== '"') break;
        value += '"';
      }
      if (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r')
        throw new UnreadableFile([
          { line, message: 'after a closing quotation mark comes something else than the next cell' },
        ]);
    } else {
      const from = at;
      while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
      value = text.slice(from, at);
    }
    cells.push(value);
    if (at < text.length && text[at] === separator) {
      at += 1;
      continue;
    }
    end();
    if (at >= text.length) break;
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
    line += 1;
    start = line;
  }
  return records;
};

/** A file for a spreadsheet. */
export const writeCsv = (sourceLocale: string, targetLocale: string, texts: ExportedText[]): string => {
  const header = ['key', 'what', `source (${sourceLocale})`, `target (${targetLocale})`, 'version'];
  const rows = texts.map((text) => [text.id, describeText(text), text.source, text.target, text.version ?? '']);
  return `\ufeff${[header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
};

const localeIn = (header: string[], column: string): { index: number; locale: string } => {
  const index = header.findIndex((name) => new RegExp(`^${column} \\([^)]+\\)$`, 'i').test(name.trim()));
  return { index, locale: /\(([^)]+)\)/.exec(header[index] ?? '')?.[1] ?? '' };
};

/**
 * What a spreadsheet has saved: with commas, semicolons or tabs, with or without further columns.
 * @throws UnreadableFile
 */
export const readCsv = (text: string): TranslationFile => {
  const [firstLine = ''] = text.split(/[\r\n]/, 1);
  const separator = [',', ';', '\t'].sort((a, b) => firstLine.split(b).length - firstLine.split(a).length)[0]!;
  const [header, ...records] = parseCsv(text, separator);
  const names = header?.cells ?? [];
  const key = names.findIndex((name) => name.trim().toLowerCase() === 'key');
  const version = names.findIndex((name) => name.trim().toLowerCase() === 'version');
  const [source, target] = [localeIn(names, 'source'), localeIn(names, 'target')];
  if (key < 0 || source.index < 0 || target.index < 0)
    throw new UnreadableFile([
      { line: header?.line ?? 1, message: 'the first line must name the columns key, source (…) and target (…)' },
    ]);
  const short = records.filter(({ cells }) => cells.length <= Math.max(key, source.index, target.index));
  if (short.length > 0)
    throw new UnreadableFile(
      short.map(({ line, cells }) => ({ line, message: `has ${cells.length} cells instead of ${names.length}` })),
    );
  return {
    sourceLocale: source.locale,
    targetLocale: target.locale,
    line: header!.line,
    texts: records.map(({ line, cells }): FileText => ({
      id: cells[key]!.trim(),
      source: arm(cells[source.index]!),
      target: arm(cells[target.index]!),
      ...(cells[version] && { version: cells[version].trim() }),
      line,
    })),
  };
};
