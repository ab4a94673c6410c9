import type { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { failureName } from '../failure-name';

/** Answers with a file to be downloaded, as it is made. */
export const sendFile = (strapi: Core.Strapi, ctx: Context, type: string, fileName: string, stream: Readable): void => {
  stream.once('error', (error) => {
    strapi.log.error(`Privacy Desk cannot export: ${failureName(error)}`);
    // A file that ends in the middle must not look like a whole one.
    ctx.res.destroy();
  });
  ctx.set({
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  ctx.body = stream;
  ctx.set('Content-Type', type);
};
