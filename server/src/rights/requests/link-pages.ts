import type { ServerResponse } from 'node:http';
import { builtInTexts } from '../../catalogue/texts';
import { isLanguageTag } from '../../publishing/public-request';
import { dayText, momentText } from './compose-mail';
import type { LinkPurpose, Links, RequestLink } from './links';
import { sendPage, type Page, type PageButton } from './pages';
import type { RequestRow } from './row';
import { RequestConflict, type RequestChange, type RequestStore } from './store';
import { fillIn, requestTexts } from './texts';

/** A link that fails in transit may be tried again; one that goes round may not. */
export const MOST_DOWNLOADS = 10;

export interface LinkPagesParts {
  store: RequestStore;
  links: Links;
  timeZone: string;
  /** What follows a confirmation. */
  confirmed(row: RequestRow): void;
  /** Sends all data of the person as an attachment. */
  download: (row: RequestRow, response: ServerResponse) => Promise<void>;
}

/**
 * The pages that links in mails lead to. `GET` changes nothing and shows a button, `POST` does it: mail scanners open every
 * link. Without a script, and as a link that was good looks like one that never was, nothing can be found out with it.
 */
export const createLinkPages = ({ store, links, timeZone, confirmed, download }: LinkPagesParts) => {
  /** Whether what the link is for can still be done. */
  const isGood = (row: RequestRow): Record<LinkPurpose, boolean> => ({
    confirm: row.state === 'received' && row.sealed_key !== null,
    download: row.state === 'answered' && row.sealed_key !== null && row.downloads < MOST_DOWNLOADS,
  });

  /** null: somebody else was faster. */
  const change = (row: RequestRow, wanted: RequestChange): Promise<RequestRow | null> =>
    store.change(row.id, wanted).catch((error: unknown) => {
      if (error instanceof RequestConflict) return null;
      throw error;
    });

  return {
    async answer(purpose: LinkPurpose, url: string, post: boolean, response: ServerResponse): Promise<void> {
      const query = new URLSearchParams(url.split('?')[1] ?? '');
      const wanted = query.get('locale') ?? 'en';
      const { locale, pages } = requestTexts(isLanguageTag(wanted) ? wanted : 'en');
      const page = (title: string, text: string, more: Partial<Page> = {}): void =>
        sendPage(response, { status: 200, lang: locale, title, paragraphs: [text], ...more });
      const invalid = (): void => page(pages.invalidTitle, pages.invalidText, { status: 410 });

      const token = query.get('token') ?? '';
      const link: RequestLink | null = links.read(token);
      if (link?.purpose !== purpose || link.untilMs < Date.now()) return invalid();
      const row = await store.find(link.id);
      if (!row || !isGood(row)[purpose]) return invalid();

      const values = {
        reference: row.reference,
        type: builtInTexts(locale).requestForm.types[row.type],
        due: dayText(row.due_at_ms, locale, timeZone),
        until: momentText(link.untilMs, locale, timeZone),
      };
      if (!post) {
        const buttons: PageButton[] =
          purpose === 'confirm'
            ? [{ label: pages.confirm }, { label: pages.notMe, action: 'delete', quiet: true }]
            : [{ label: pages.download }];
        const [title, text] =
          purpose === 'confirm' ? [pages.confirmTitle, pages.confirmText] : [pages.downloadTitle, pages.downloadText];
        return page(title, fillIn(text, values), { buttons, query: new URLSearchParams({ locale, token }).toString() });
      }

      if (purpose === 'download') {
        const taken = await change(row, {
          from: ['answered'],
          where: (narrow) => narrow.where({ downloads: row.downloads }),
          set: { downloads: row.downloads + 1 },
          event: { kind: 'downloaded', actor: null },
        });
        return taken ? download(taken, response) : invalid();
      }
      const now = Date.now();
      if (query.get('action') === 'delete') {
        const deleted = await change(row, {
          from: ['received'],
          set: { state: 'withdrawn', closed_at_ms: now },
          event: { kind: 'withdrawn', actor: null },
          forget: true,
        });
        return deleted ? page(pages.deletedTitle, pages.deletedText) : invalid();
      }
      const done = await change(row, {
        from: ['received'],
        set: { state: 'confirmed', confirmed_at_ms: now },
        event: { kind: 'confirmed', actor: null },
        mails: [{ kind: 'confirmed' }, { kind: 'new' }],
      });
      if (!done) return invalid();
      page(pages.confirmedTitle, fillIn(pages.confirmedText, values));
      confirmed(done);
    },
  };
};

export type LinkPages = ReturnType<typeof createLinkPages>;
