import type { ChoiceStorage } from '../../../contract/consent-config';

/** The values of all cookies called `name`: a host-only one and one of a parent domain can both be there. */
export const readCookies = (name: string): string[] => {
  try {
    return document.cookie
      .split('; ')
      .flatMap((pair) => (pair.startsWith(`${name}=`) ? pair.slice(name.length + 1) : []));
  } catch {
    return []; // A sandboxed frame may not even ask.
  }
};

/** Keeps the choice; where cookies are disabled, nothing happens, and a sandboxed frame throws. */
export const writeChoiceCookie = ({ cookie, maxAgeSeconds, domain = '' }: ChoiceStorage, value: string): void => {
  const { hostname, protocol } = location;
  // A browser refuses the domain of another website; there the cookie is the host's own.
  const attributes = `${domain && `.${hostname}`.endsWith(domain) ? `; Domain=${domain}` : ''}${protocol === 'https:' ? '; Secure' : ''}`;
  document.cookie = `${cookie}=${value}; Path=/; SameSite=Lax; Max-Age=${maxAgeSeconds}${attributes}`;
};
