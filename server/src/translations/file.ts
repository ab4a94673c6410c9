import type { TranslatableText } from '../../../contract';

/** A text of a file for translators. */
export interface FileText {
  id: string;
  /** In the default language, when the file was made. */
  source: string;
  target: string;
  /** Of the translation when the file was made; undefined where a tool has dropped it. */
  version?: string;
  /** Where it begins in the file, from 1. */
  line: number;
}

export interface TranslationFile {
  sourceLocale: string;
  targetLocale: string;
  /** Where the file says which languages these are. */
  line: number;
  texts: FileText[];
}

/** What goes into a file. */
export type ExportedText = TranslatableText & Omit<FileText, 'line'>;

export interface FileProblem {
  /** From 1. */
  line: number;
  message: string;
}

/** A file that cannot be read. */
export class UnreadableFile extends Error {
  constructor(readonly problems: FileProblem[]) {
    super(problems.map(({ line, message }) => `line ${line}: ${message}`).join('\n'));
  }
}

/** For translators: what a text is. */
export const describeText = ({ type, name, field, storage, rich, maxLength }: TranslatableText): string =>
  [
    `${{ site: 'Site', category: 'Category', 'tracking-item': 'Tracking item' }[type]} “${name}”: ${field}`,
    ...(storage ? [`of ${storage}`] : []),
    ...(rich ? ['(marked-up text)'] : [`(at most ${maxLength} characters)`]),
  ].join(' ');
