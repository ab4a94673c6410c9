import { readCsv } from './csv';
import { UnreadableFile, type TranslationFile } from './file';
import { readXliff } from './xliff';

const encodingOf = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'; // what Excel calls Unicode text
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
};

/**
 * Reads a file of translators, XLIFF or CSV.
 * @throws UnreadableFile
 */
export const readTranslationFile = (bytes: Uint8Array): TranslationFile => {
  let text: string;
  try {
    text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFile([{ line: 1, message: 'is not encoded as UTF-8' }]);
  }
  return /^\s*</.test(text) ? readXliff(text) : readCsv(text);
};
