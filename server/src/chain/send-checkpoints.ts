import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { getService } from '../get-service';
import { sendFile } from '../http/send-file';
import type { Checkpoints } from './checkpoints';

/** Answers with every checkpoint, then the public keys, one JSON per line. */
export const sendCheckpoints = async (
  strapi: Core.Strapi,
  ctx: Context,
  checkpoints: Checkpoints,
  name: string,
): Promise<void> => {
  await checkpoints.write();
  async function* lines(): AsyncGenerator<string> {
    for await (const checkpoint of checkpoints.all()) yield `${JSON.stringify(checkpoint)}\n`;
    yield `${JSON.stringify(await getService('keyRing', { strapi }).jwks())}\n`;
  }
  const fileName = `${name}-${new Date().toISOString().slice(0, 10)}.jsonl`;
  sendFile(strapi, ctx, 'application/jsonl; charset=utf-8', fileName, Readable.from(lines()));
};
