import type { ChoiceStorage } from '../../../contract/consent-config';

/** The values of all cookies called `name`, joined by `; `: a host-only one and one of a parent domain can both be there. */
export const readCookies = (name: string): string => {
  try {
    return document.cookie
      .split('; ')
      .map((pair) => pair.split(`${name}=`))
      .flatMap(([before, value]) => (before ? [] : value!))
      .join('; ');
  } catch {
    return ''; // A sandboxed frame may not even ask.
  }
};

/** Keeps the choice; where cookies are disabled, nothing happens, and a sandboxed frame throws. */
export const writeChoiceCookie = (storage: ChoiceStorage, value: string): void => {
  document.cookie =
    `${storage.cookie}=${value}; Path=/; SameSite=Lax; Max-Age=${storage.maxAgeSeconds}` +
    // A browser refuses the domain of another website; there the cookie is the host's own.
    (storage.domain ? `; Domain=${storage.domain}` : '') +
    (location.protocol === 'https:' ? '; Secure' : '');
};
