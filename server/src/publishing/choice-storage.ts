import type { ChoiceStorage } from '../../../contract';
import type { SiteRow } from '../catalogue/read';
import type { Endpoints } from './endpoints';

/** Safari keeps a cookie that a script has set for seven days: what is forgotten by then anyway need not be renewed. */
const SCRIPT_COOKIE_SECONDS = 7 * 86_400;

/** The storage as it is offered now, whatever was offered when it was published first. */
export const renewable = (
  { cookie, maxAgeSeconds, domain }: ChoiceStorage,
  { choice: renewEndpoint }: Endpoints,
): ChoiceStorage => ({
  cookie,
  maxAgeSeconds,
  ...(domain && { domain }),
  ...(renewEndpoint && maxAgeSeconds > SCRIPT_COOKIE_SECONDS && { renewEndpoint }),
});

/** Where and how long a site keeps its visitors' choices. */
export const choiceStorage = (
  { cookieName, cookieDomain, choiceLifetimeDays }: Pick<SiteRow, 'cookieName' | 'cookieDomain' | 'choiceLifetimeDays'>,
  endpoints: Endpoints,
): ChoiceStorage =>
  renewable(
    {
      cookie: cookieName,
      maxAgeSeconds: choiceLifetimeDays * 86_400,
      // With its dot, so that the client need not tell `shop.example` from `workshop.example`.
      domain: cookieDomain ? `.${cookieDomain.replace(/^\./, '')}` : undefined,
    },
    endpoints,
  );
