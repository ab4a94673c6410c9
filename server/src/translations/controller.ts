import fs from 'node:fs/promises';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { MAX_IMPORT_BYTES } from '../../../contract';
import { validationError } from '../errors';
import { getService } from '../get-service';
import { parseInput } from '../http/parse-input';
import { answerStale } from '../http/versions';
import { UnreadableFile } from './file';
import { exportQuery, progressQuery, translationsQuery, translationsSave } from './validation';

interface Upload {
  filepath: string;
  size: number;
}

const files = {
  xliff: { ending: 'xlf', contentType: 'application/xliff+xml; charset=utf-8' },
  csv: { ending: 'csv', contentType: 'text/csv; charset=utf-8' },
};

/** Answers the admin panel's Translations page (shapes: contract/translations.ts). */
export default ({ strapi }: { strapi: Core.Strapi }) => {
  const translations = () => getService('translations', { strapi });
  const noLocale = (ctx: Context) => ctx.notFound(`Strapi has no language “${ctx.params.locale}” to translate into`);

  return {
    /** `GET /privacy-desk/translations` */
    async matrix(ctx: Context) {
      ctx.body = await translations().matrix(parseInput(strapi, translationsQuery, ctx.query));
    },

    /** `GET /privacy-desk/translations/progress?site=` */
    async progress(ctx: Context) {
      ctx.body = await translations().progress(parseInput(strapi, progressQuery, ctx.query).site);
    },

    /** `GET /privacy-desk/translations/:locale` */
    async find(ctx: Context) {
      const page = await translations().find(ctx.params.locale, parseInput(strapi, translationsQuery, ctx.query));
      if (!page) return noLocale(ctx);
      ctx.body = page;
    },

    /** `PUT /privacy-desk/translations/:locale` */
    save: (ctx: Context) =>
      answerStale(ctx, async () => {
        const { changes } = parseInput(strapi, translationsSave, (ctx.request as { body?: unknown }).body);
        const saved = await translations().save(ctx.params.locale, changes);
        if (saved === null) return noLocale(ctx);
        ctx.body = { saved };
      }),

    /** `GET /privacy-desk/translations/:locale/export?format=` */
    async export(ctx: Context) {
      const { format, ...query } = parseInput(strapi, exportQuery, ctx.query);
      const { locale } = ctx.params;
      const text = await translations().export(locale, format, query);
      if (text === null) return noLocale(ctx);
      const { ending, contentType } = files[format];
      ctx.attachment(`privacy-desk-${locale}.${ending}`);
      ctx.set('Cache-Control', 'no-store');
      ctx.type = contentType;
      ctx.body = text;
    },

    /** `POST /privacy-desk/translations/:locale/import` with the file in the form's field `files` */
    async preview(ctx: Context) {
      const uploads = (ctx.request as { files?: { files?: Upload | Upload[] } }).files?.files;
      const [upload, ...more] = [uploads ?? []].flat();
      if (!upload || more.length > 0) throw validationError(strapi, [{ path: ['files'], message: 'must be one file' }]);
      if (upload.size > MAX_IMPORT_BYTES)
        return ctx.payloadTooLarge(`The file must not be larger than ${MAX_IMPORT_BYTES / 1024 / 1024} MiB`);
      try {
        const preview = await translations().preview(ctx.params.locale, await fs.readFile(upload.filepath));
        if (!preview) return noLocale(ctx);
        ctx.body = preview;
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        throw validationError(
          strapi,
          error.problems.map(({ line, message }) => ({ path: ['file', line], message })),
        );
      }
    },
  };
};
