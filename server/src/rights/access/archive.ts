import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { ZipFile } from 'yazl';
import type { PersonalExportFormat } from '../../../../contract';
import { failureName } from '../../failure-name';
import type { ReadableGroup } from '../sources';
import { watched, type ExportDocument, type Seen } from './document';
import { fileContent } from './file-content';
import { writeSummary } from './summary';
import { csvName, writeCsv } from './write-csv';
import { writeJson } from './write-json';
import { EXPORT_SCHEMA, writeXml } from './write-xml';

/** Text is written in pieces of this size: a deflate call for each entry would cost more than the entry. */
const PIECE_CHARACTERS = 64 * 1024;

async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let waiting = '';
  for await (const text of texts) {
    waiting += text;
    if (waiting.length < PIECE_CHARACTERS) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  if (waiting) yield Buffer.from(waiting);
}

/** A stream of bytes that reads on only as fast as it is taken. */
export const textStream = (texts: AsyncIterable<string>): Readable =>
  Readable.from(inPieces(texts), { objectMode: false, highWaterMark: PIECE_CHARACTERS });

/**
 * An export as a zip: the data in one format, a summary for people, and the person's files. Everything is read while it is
 * written, so that any amount needs the same memory.
 *
 * @param locale language of the summary
 */
export const exportArchive = (
  strapi: Core.Strapi,
  source: ExportDocument,
  format: PersonalExportFormat,
  locale: string,
): Readable => {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const { document, seen } = watched(source);
  const missing: string[] = [];
  let current: Readable | undefined;
  // Whoever reads it may go away: then nothing stays open.
  output.once('close', () => void current?.destroy());

  const add = (name: string, open: () => Promise<Readable> | Readable, compress = true): Promise<void> =>
    new Promise((resolve, reject) => {
      zip.addReadStreamLazy(name, { compress }, (callback) => {
        void Promise.resolve()
          .then(open)
          .then(
            (stream) => {
              current = stream;
              stream.once('end', resolve);
              stream.once('error', reject);
              callback(null, stream);
            },
            (error: Error) => {
              callback(error, null as never);
              reject(error);
            },
          );
      });
    });

  const addTables = async (): Promise<void> => {
    for await (const group of document.groups as AsyncIterable<ReadableGroup>)
      await add(`data/${csvName(group.type)}`, () => textStream(writeCsv(group, group.entries)));
  };

  const addFiles = async ({ files }: Seen): Promise<void> => {
    for (const file of files.values()) {
      const content = await fileContent(strapi, file).catch((error: unknown) => {
        strapi.log.warn(`Privacy Desk cannot read a file for an export: ${failureName(error)}`);
        missing.push(file.path);
        return null;
      });
      // Pictures and PDFs are compressed already.
      if (content) await add(file.path, () => content, false);
    }
  };

  const write = async (): Promise<void> => {
    if (format === 'csv') await addTables();
    else await add(`data.${format}`, () => textStream(format === 'json' ? writeJson(document) : writeXml(document)));
    if (format === 'xml') zip.addBuffer(Buffer.from(EXPORT_SCHEMA), 'data.xsd');
    await addFiles(seen);
    zip.addBuffer(Buffer.from(writeSummary(source.head, seen, missing, format, locale)), 'summary.html');
    zip.end();
  };
  // A reader that sees an error knows that the archive is not whole.
  write().catch((error: Error) => output.destroy(error));
  return output;
};
