import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import type { ExportedFile } from '../sources';

const TIMEOUT_MS = 30_000;

interface UploadProvider {
  isPrivate?(): Promise<boolean> | boolean;
  getSignedUrl?(file: Record<string, unknown>): Promise<{ url: string }>;
}

const addressOf = async (strapi: Core.Strapi, { url, provider, id }: ExportedFile): Promise<string> => {
  const upload = (strapi.plugin('upload') as unknown as { provider: UploadProvider }).provider;
  const configured = strapi.config.get<{ provider?: string }>('plugin::upload').provider;
  if (provider !== configured || !upload.getSignedUrl || !(await upload.isPrivate?.())) return url;
  const row = (await strapi.db.query('plugin::upload.file').findOne({ where: { id } })) as Record<
    string,
    unknown
  > | null;
  return row ? (await upload.getSignedUrl(row)).url : url;
};

/**
 * Where a file of the public folder lies.
 *
 * @throws Error if it would be somewhere else
 */
export const publicPlace = (strapi: Core.Strapi, url: string): string => {
  const folder = path.resolve(strapi.dirs.static.public);
  const place = path.resolve(folder, `.${url}`);
  if (!place.startsWith(folder + path.sep)) throw new Error('The file’s address leads out of the public folder');
  return place;
};

/**
 * The bytes of a media file: from the public folder, or from where its provider keeps them.
 *
 * @throws Error if they are not there
 */
export const fileContent = async (strapi: Core.Strapi, file: ExportedFile): Promise<Readable> => {
  const url = await addressOf(strapi, file);
  if (/^https?:\/\//.test(url)) {
    // For the answer to begin: how long the bytes take, the reader of the export says.
    const aborted = new AbortController();
    const timeout = setTimeout(() => aborted.abort(), TIMEOUT_MS);
    const response = await fetch(url, { signal: aborted.signal }).finally(() => clearTimeout(timeout));
    if (!response.ok || !response.body) throw new Error(`The file’s storage answers ${response.status}`);
    return Readable.fromWeb(response.body as never);
  }
  const handle = await fs.promises.open(publicPlace(strapi, url), 'r');
  return handle.createReadStream();
};
