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
export const writeChoiceCookie = (storage: ChoiceStorage, value: string): void => {
  const { domain } = storage;
  document.cookie =
    `${storage.cookie}=${value}; Path=/; SameSite=Lax; Max-Age=${storage.maxAgeSeconds}` +
    // A browser refuses the domain of another website; there the cookie is the host's own.
    (domain && `.${location.hostname}`.endsWith(domain) ? `; Domain=${domain}` : '') +
    (location.protocol === 'https:' ? '; Secure' : '');
};
