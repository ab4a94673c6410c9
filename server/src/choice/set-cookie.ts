import type { ChoiceStorage } from '../../../contract';

/**
 * The cookie that the client writes by script (`writeChoiceCookie`), as a `Set-Cookie` header.
 *
 * @param origin of the website; a browser refuses the domain of another one, there the cookie is the host's own
 */
export const setCookie = (
  { cookie, domain }: Pick<ChoiceStorage, 'cookie' | 'domain'>,
  value: string,
  maxAgeSeconds: number,
  origin: URL,
): string =>
  `${cookie}=${value}; Path=/; SameSite=Lax; Max-Age=${maxAgeSeconds}` +
  (domain && `.${origin.hostname}`.endsWith(domain) ? `; Domain=${domain}` : '') +
  (origin.protocol === 'https:' ? '; Secure' : '');
