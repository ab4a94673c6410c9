import type { ChoiceStorage } from '../../../contract/consent-config';

/** The choice cookie as the browser has it. Reading it is the slowest thing a client does at start, so it is read rarely. */
export const createChoiceCookie = ({ cookie: name, maxAgeSeconds, domain }: ChoiceStorage) => {
  const { hostname, protocol } = location;
  /** All values under our name: a host-only cookie and one of a parent domain can both be there. */
  const read = (): string[] => {
    try {
      return document.cookie
        .split('; ')
        .filter((cookie) => cookie.startsWith(`${name}=`))
        .map((cookie) => cookie.slice(name.length + 1));
    } catch {
      return []; // A sandboxed frame may not even ask.
    }
  };
  const set = (value: string, maxAge: number, host?: string) => {
    document.cookie =
      `${name}=${value}; Path=/; SameSite=Lax; Max-Age=${maxAge}` +
      (host ? `; Domain=${host}` : '') +
      (protocol === 'https:' ? '; Secure' : '');
  };
  const bare = domain?.replace(/^\./, '');
  // A browser refuses the domain of another website; there the cookie is the host's own.
  const host = bare && `.${hostname}`.endsWith(`.${bare}`) ? bare : undefined;
  return {
    read,
    /** Keeps `value`, and tells what is there now: nothing when cookies are disabled. */
    write(value: string): string[] {
      try {
        set(value, maxAgeSeconds, host);
        if (read().length > 1) {
          // Another one shadows it, of a time with another `Domain`, or set by a neighbouring subdomain.
          set('', 0);
          for (let parent = hostname; parent; parent = parent.replace(/^[^.]*\.?/, '')) set('', 0, parent);
          set(value, maxAgeSeconds, host);
        }
      } catch {
        // As in `read`.
      }
      return read();
    },
  };
};
