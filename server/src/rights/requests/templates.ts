import type { Core } from '@strapi/strapi';
import { REQUEST_MAILS, type MailTemplate, type RequestMail, type RequestTemplates } from '../../../../contract';
import { closestLocales } from '../../catalogue/closest-locales';
import { installedLocales } from '../../catalogue/installed-locales';
import { REQUEST_TEMPLATES } from './tables';
import { requestLocales, requestTexts } from './texts';

interface TemplateRow extends MailTemplate {
  kind: RequestMail;
  locale: string;
}

/** Templates of mails: the built-in ones, and in their place those that were written in the panel, by language. */
export const createRequestTemplates = (strapi: Core.Strapi) => {
  const table = () => strapi.db.getConnection(REQUEST_TEMPLATES);

  return {
    /** All of them, in every language that somebody may want one in. */
    async all(): Promise<RequestTemplates> {
      const rows: TemplateRow[] = await table().select('kind', 'locale', 'subject', 'body');
      const content = (await installedLocales(strapi)).map(({ code }) => code);
      const locales = [...new Set([...content, ...requestLocales, ...rows.map(({ locale }) => locale)])];
      const templates = locales.flatMap((locale) =>
        REQUEST_MAILS.map((kind) => {
          const own = rows.find((row) => row.kind === kind && row.locale === locale);
          const { subject, body } = own ?? requestTexts(locale).mails[kind];
          return { kind, locale, subject, body, builtIn: !own };
        }),
      );
      return { locales, templates };
    },

    /** The template of the closest language; one's own and a built-in one of the same language: one's own. */
    async find(kind: RequestMail, locale: string): Promise<MailTemplate & { locale: string }> {
      const rows: TemplateRow[] = await table().where({ kind }).select('kind', 'locale', 'subject', 'body');
      const available = [...new Set([...requestLocales, ...rows.map((row) => row.locale)])];
      const [found = 'en'] = closestLocales(locale, available, 'en');
      const own = rows.find((row) => row.locale === found);
      return own ?? { ...requestTexts(found).mails[kind], locale: found };
    },

    async save(kind: RequestMail, locale: string, { subject, body }: MailTemplate): Promise<void> {
      await table()
        .insert({ kind, locale, subject, body, changed_at_ms: Date.now() })
        .onConflict(['kind', 'locale'])
        .merge();
    },

    /** The built-in one again. */
    async reset(kind: RequestMail, locale: string): Promise<void> {
      await table().where({ kind, locale }).delete();
    },
  };
};

export type TemplateStore = ReturnType<typeof createRequestTemplates>;
