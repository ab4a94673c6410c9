import type { Context } from 'koa';
import type { PersonalExport } from './access/service';

/** Answers with an export as a download. */
export const sendExport = (ctx: Context, { contentType, fileName, stream }: PersonalExport): void => {
  ctx.set('Content-Type', contentType);
  ctx.set('Content-Disposition', `attachment; filename="${fileName}"`);
  ctx.set('Cache-Control', 'no-store');
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.body = stream;
};
