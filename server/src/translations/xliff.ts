import { SaxesParser, type SaxesTagNS } from 'saxes';
import { describeText, UnreadableFile, type ExportedText, type FileText, type TranslationFile } from './file';

/** XLIFF 2.0 (OASIS standard of 5 August 2014), the core without modules: what every translation tool reads. */
const NAMESPACE = 'urn:oasis:names:tc:xliff:document:2.0';
const VERSION_NOTE = 'version';
const MAX_PROBLEMS = 100;

// Writing

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

const escapeText = (text: string): string => text.replace(/[&<>\r]/g, (character) => entities[character]!);
/** Line breaks and tabs in an attribute would be read as spaces. */
const escapeAttribute = (text: string): string =>
  escapeText(text).replace(/["\n\t]/g, (character) => entities[character] ?? `&#${character.charCodeAt(0)};`);
/** Characters that XML cannot have are elements in XLIFF. */
const content = (text: string): string =>
  escapeText(text).replace(
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (character) => `<cp hex="${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}"/>`,
  );
const plain = (text: string): string => content(text).replace(/<cp [^>]*>/g, '');

const unit = (text: ExportedText): string => {
  const state = text.target.trim() ? 'translated' : 'initial';
  const target = text.target.trim() ? `\n        <target xml:space="preserve">${content(text.target)}</target>` : '';
  return `    <unit id="${escapeAttribute(text.id)}">
      <notes>
        <note category="description">${plain(describeText(text))}</note>
        <note category="${VERSION_NOTE}">${text.version ?? ''}</note>
      </notes>
      <segment state="${state}">
        <source xml:space="preserve">${content(text.source)}</source>${target}
      </segment>
    </unit>`;
};

/** A file for a translation tool: a unit per text. */
export const writeXliff = (sourceLocale: string, targetLocale: string, texts: ExportedText[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="${NAMESPACE}" version="2.0" srcLang="${escapeAttribute(sourceLocale)}" trgLang="${escapeAttribute(targetLocale)}">
  <file id="privacy-desk">
${texts.map(unit).join('\n')}
  </file>
</xliff>
`;

// Reading

interface Segment {
  /** A part between two segments, which may go untranslated. */
  ignorable: boolean;
  untouched: boolean;
  source: string;
  target: string | null;
  /** Place in the target. */
  order: number;
}
interface Unit {
  id: string;
  line: number;
  version: string;
  segments: Segment[];
}

/** Inside a source or target: annotations, whose words are the text's. Codes are none that we have written. */
const annotations = new Set(['mrk', 'sm', 'em']);

const attribute = (tag: SaxesTagNS, name: string): string | undefined => tag.attributes[name]?.value;

/**
 * What a translation tool has saved.
 * @throws UnreadableFile
 */
export const readXliff = (text: string): TranslationFile => {
  const file: TranslationFile = { sourceLocale: '', targetLocale: '', line: 1, texts: [] };
  const parser = new SaxesParser({ xmlns: true, position: true });
  const path: string[] = [];
  const problems: { line: number; message: string }[] = [];
  /** Depth inside an element of a module or an extension, whose content is not ours. */
  let foreign = 0;
  let current: Unit | null = null;
  let segment: Segment | null = null;
  /** Where characters go. */
  let write: ((characters: string) => void) | null = null;

  const complain = (message: string, line = parser.line): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ line, message });
  };
  const fail = (message: string): never => {
    throw new UnreadableFile([{ line: parser.line, message }]);
  };

  const finish = ({ id, line, version, segments }: Unit): FileText => {
    const translated = segments.filter(({ target, ignorable }) => target !== null && !ignorable);
    const wanted = segments.filter(({ ignorable }) => !ignorable);
    if (translated.length > 0 && translated.length < wanted.length)
      complain('is translated in part: one of its segments has no target', line);
    const targets = segments.toSorted((a, b) => a.order - b.order).map(({ source, target }) => target ?? source);
    const target = translated.length === 0 ? '' : targets.join('');
    const source = segments.map((part) => part.source).join('');
    // Some tools begin with a copy of the source.
    const untouched = target === source && wanted.every((part) => part.untouched);
    return { id, line, source, target: untouched ? '' : target, ...(version && { version }) };
  };

  const open = (tag: SaxesTagNS): void => {
    const { local, uri } = tag;
    const parent = path.at(-1);
    if (path.length === 0) {
      if (local !== 'xliff') fail('is no XLIFF file');
      if (uri !== NAMESPACE) fail('must be XLIFF 2: version 1.2 is another format');
      if (!/^2\.[0-2]$/.test(attribute(tag, 'version') ?? '')) fail('must be XLIFF 2.0');
      file.sourceLocale = attribute(tag, 'srcLang') ?? '';
      file.targetLocale = attribute(tag, 'trgLang') ?? '';
      file.line = parser.line;
    }
    if (foreign > 0 || uri !== NAMESPACE) foreign += 1;
    else if (local === 'unit')
      current = { id: attribute(tag, 'id') ?? '', line: parser.line, version: '', segments: [] };
    else if (current && local === 'note' && attribute(tag, 'category') === VERSION_NOTE) {
      const unit = current;
      write = (characters) => (unit.version += characters);
    } else if (current && (local === 'segment' || local === 'ignorable')) {
      segment = {
        ignorable: local === 'ignorable',
        untouched: (attribute(tag, 'state') ?? 'initial') === 'initial',
        source: '',
        target: null,
        order: current.segments.length + 1,
      };
      current.segments.push(segment);
    } else if (
      segment &&
      (local === 'source' || local === 'target') &&
      (parent === 'segment' || parent === 'ignorable')
    ) {
      const part = segment;
      if (local === 'source') write = (characters) => (part.source += characters);
      else {
        part.target = '';
        part.order = Number(attribute(tag, 'order') ?? part.order);
        write = (characters) => (part.target += characters);
      }
    } else if (segment && write && local === 'cp')
      write(String.fromCodePoint(Number.parseInt(attribute(tag, 'hex') ?? 'FFFD', 16) || 0));
    else if (segment && write && !annotations.has(local)) complain(`an element <${tag.name}> cannot stand in a text`);
    path.push(local);
  };
  const close = (tag: SaxesTagNS): void => {
    const { local } = tag;
    path.pop();
    if (foreign > 0) {
      foreign -= 1;
      return;
    }
    if (local === 'unit' && current) {
      file.texts.push(finish(current));
      current = null;
    } else if (local === 'segment' || local === 'ignorable') segment = null;
    else if (local === 'source' || local === 'target' || local === 'note') write = null;
  };

  parser.on('error', (error) => {
    throw new UnreadableFile([{ line: parser.line, message: error.message.replace(/^\d+:\d+: /, '') }]);
  });
  // Nothing that a document type can say is of use here, and much of it can do harm.
  parser.on('doctype', () => fail('must not have a DOCTYPE'));
  parser.on('opentag', (tag) => open(tag as SaxesTagNS));
  parser.on('closetag', (tag) => close(tag as SaxesTagNS));
  for (const event of ['text', 'cdata'] as const)
    parser.on(event, (characters: string) => void (foreign === 0 && write?.(characters)));
  parser.write(text).close();
  if (problems.length > 0) throw new UnreadableFile(problems);
  return file;
};
