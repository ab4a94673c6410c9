import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

/** The files of a zip by their path, as text. */
export const unzip = async (zip: Buffer): Promise<Record<string, string>> => {
  const file = await promisify<Buffer, object, ZipFile>(fromBuffer as never)(zip, { lazyEntries: true });
  const found: Record<string, string> = {};
  return new Promise((resolve, reject) => {
    file.on('entry', (entry: Entry) => {
      file.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        void buffer(stream).then((content) => {
          found[entry.fileName] = content.toString();
          file.readEntry();
        }, reject);
      });
    });
    file.on('end', () => resolve(found));
    file.on('error', reject);
    file.readEntry();
  });
};
