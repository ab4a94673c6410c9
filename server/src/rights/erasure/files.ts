import fs from 'node:fs/promises';
import type { Core } from '@strapi/strapi';
import { publicPlace } from '../access/file-content';

const TIMEOUT_MS = 10_000;

/**
 * Removes a file that lies with another upload provider than Strapi has now: from the public folder, where it is there.
 * Elsewhere only people can remove it, so it is looked at whether they have.
 *
 * @throws Error while it is still there, or nobody can tell
 */
export const removeElsewhere = async (strapi: Core.Strapi, file: Record<string, unknown>): Promise<void> => {
  const formats = Object.values((file.formats ?? {}) as Record<string, { url: string }>);
  for (const url of [String(file.url), ...formats.map((format) => format.url)]) {
    if (!/^https?:\/\//.test(url)) {
      await fs.rm(publicPlace(strapi, url), { force: true });
      continue;
    }
    const { status } = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (status !== 404 && status !== 410)
      throw new Error(`it lies with ${String(file.provider)}, which this Strapi does not use: remove it there`);
  }
};
