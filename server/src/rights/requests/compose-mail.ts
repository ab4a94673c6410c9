import type { Core } from '@strapi/strapi';
import { PERSON_MAILS, type RequestMail } from '../../../../contract';
import { builtInTexts } from '../../catalogue/texts';
import { SITE_UID } from '../../constants';
import type { PluginConfig } from '../../config';
import type { Links } from './links';
import type { MailParts, RequestRow } from './row';
import type { RequestStore } from './store';
import type { TemplateStore } from './templates';
import { fillIn, requestTexts } from './texts';

/** A mail, ready to be sent. */
export interface ComposedMail {
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** Until when its link is good; null: without one that expires. */
  linkUntilMs: number | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Plain text as HTML: paragraphs and line breaks, and addresses on a line of their own as links. */
const htmlOf = (text: string, locale: string): string => {
  const paragraphs = text.split(/\n{2,}/).map((paragraph) => {
    const lines = paragraph.split('\n').map((line) => {
      const safe = escaped(line);
      return /^https?:\/\/\S+$/.test(line) ? `<a href="${safe}">${safe}</a>` : safe;
    });
    return `<p>${lines.join('<br>')}</p>`;
  });
  return `<!doctype html><html lang="${escaped(locale)}"><meta charset="utf-8"><body>${paragraphs.join('')}</body></html>`;
};

/** Days as they are written, in the controller's time zone. */
export const dayText = (ms: number, locale: string, timeZone: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(ms);

/** Moments as they are written, with the zone. */
export const momentText = (ms: number, locale: string, timeZone: string): string =>
  new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(ms);

/** What mails are made of. */
export interface MailSources {
  store: RequestStore;
  templates: TemplateStore;
  links: Links;
  timeZone: string;
  /** Where the public endpoints are, without a slash at the end. */
  publicUrl: string;
}

/** The name of who is responsible, as the site has it. */
export const controllerName = async (strapi: Core.Strapi, site: string): Promise<string> => {
  const found: { controllerName?: string | null; name?: string | null } | null = await strapi.db
    .query(SITE_UID)
    .findOne({ where: { key: site }, orderBy: { id: 'asc' } });
  return found?.controllerName?.trim() || found?.name?.trim() || site;
};

const isPersonMail = (kind: RequestMail): boolean => (PERSON_MAILS as readonly string[]).includes(kind);

/** Admin user ids are numbers on every database that Strapi runs on. */
const staffOf = async (
  strapi: Core.Strapi,
  { assignee }: RequestRow,
  notify: readonly string[],
): Promise<{ to: string[]; locale: string }> => {
  const user: { email?: string; preferedLanguage?: string | null } | null = assignee
    ? await strapi.db.query('admin::user').findOne({ where: { id: assignee, isActive: true, blocked: { $ne: true } } })
    : null;
  return user?.email ? { to: [user.email], locale: user.preferedLanguage || 'en' } : { to: [...notify], locale: 'en' };
};

/**
 * Writes the mails of requests.
 *
 * @returns null if there is nobody (any more) to send it to
 */
export const createMailWriter =
  (
    strapi: Core.Strapi,
    config: PluginConfig['requests'],
    { store, templates, links, timeZone, publicUrl }: MailSources,
  ) =>
  async (row: RequestRow, kind: RequestMail, parts: MailParts, now = Date.now()): Promise<ComposedMail | null> => {
    const email = store.contentOf(row)?.email;
    const { to, locale: wanted } = isPersonMail(kind)
      ? { to: email ? [email] : [], locale: row.locale }
      : await staffOf(strapi, row, config.notify);
    if (to.length === 0) return null;
    const { locale, subject, body } = await templates.find(kind, wanted);
    const texts = requestTexts(locale);
    const day = (ms: number) => dayText(ms, locale, timeZone);

    const lifetime =
      kind === 'confirm' ? config.linkHours * HOUR_MS : kind === 'export' ? config.downloadDays * DAY_MS : null;
    // Whole seconds, as the token has them.
    const linkUntilMs = lifetime === null ? null : Math.floor((now + lifetime) / 1000) * 1000;
    const purpose = kind === 'confirm' ? 'confirm' : 'download';
    const link =
      linkUntilMs === null
        ? `${strapi.config.get<string>('admin.absoluteUrl', '')}/plugins/privacy-desk/requests/${row.id}`
        : `${publicUrl}/requests/${purpose}?${new URLSearchParams({
            locale: texts.locale,
            token: links.write({ purpose, id: row.id, untilMs: linkUntilMs }),
          })}`;
    const values = {
      reference: row.reference,
      type: builtInTexts(locale).requestForm.types[row.type],
      controller: await controllerName(strapi, row.site),
      received: day(row.received_at_ms),
      due: day(row.due_at_ms),
      until: linkUntilMs === null ? '' : momentText(linkUntilMs, locale, timeZone),
      link,
      reason: parts.reason ?? '',
      message: parts.message ?? '',
      complaint: texts.complaint,
    };
    const text = fillIn(body, values);
    return {
      to,
      // One line: what a site is called must not add headers.
      subject: fillIn(subject, values).replace(/\s+/g, ' ').trim(),
      text,
      html: htmlOf(text, locale),
      linkUntilMs,
    };
  };

export type MailWriter = ReturnType<typeof createMailWriter>;
