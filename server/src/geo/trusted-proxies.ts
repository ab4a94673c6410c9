import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Names for the ranges that proxies of one's own are in. */
const ranges: Record<string, string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  // RFC 1918, RFC 4193 and link-local addresses.
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', '169.254.0.0/16', 'fe80::/10'],
};

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** An address as it is compared: IPv4 is often written as IPv6, `::ffff:192.0.2.1`. null for what is none. */
export const plainAddress = (text: string | undefined): string | null => {
  const address =
    text
      ?.trim()
      .replace(/^::ffff:(?=\d+\.)/i, '')
      .replace(/%.*$/, '') ?? '';
  return isIP(address) ? address : null;
};

/** Whether an entry of `trustedProxies` can be understood: an address, a range (`10.0.0.0/8`), `loopback` or `private`. */
export const isProxyEntry = (entry: string): boolean => {
  if (Object.hasOwn(ranges, entry)) return true;
  const [address = '', prefix, ...more] = entry.split('/');
  if (more.length > 0 || !isIP(address)) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (isIP(address) === 6 ? 128 : 32));
};

/** Whom headers are believed from. */
export interface TrustedProxies {
  trusts(address: string | undefined): boolean;
  /**
   * The address of the visitor. `X-Forwarded-For` is read from its end, where the nearest proxy wrote, and only as far as
   * trusted proxies wrote it: the first address that is none of them is the visitor's. null if it cannot be told.
   */
  clientAddress(request: IncomingMessage): string | null;
}

export const trustedProxies = (entries: readonly string[]): TrustedProxies => {
  const list = new BlockList();
  for (const entry of entries.flatMap((name) => ranges[name] ?? [name])) {
    const [address = '', prefix] = entry.split('/');
    const plain = plainAddress(address) ?? address;
    if (prefix === undefined) list.addAddress(plain, family(plain));
    else list.addSubnet(address, Number(prefix), family(address));
  }
  const trusts = (address: string | undefined): boolean => {
    const plain = plainAddress(address);
    return plain !== null && list.check(plain, family(plain));
  };
  return {
    trusts,
    clientAddress({ socket, headers }) {
      let address = plainAddress(socket.remoteAddress);
      if (!address || !trusts(address)) return address;
      const forwarded = headers['x-forwarded-for'];
      const hops = (Array.isArray(forwarded) ? forwarded.join() : (forwarded ?? '')).split(',').filter(Boolean);
      for (const hop of hops.reverse()) {
        // Some proxies add the port.
        address = plainAddress(hop.trim().replace(/^\[(.*)\](:\d+)?$|^([\d.]+):\d+$/, '$1$3'));
        if (!address || !trusts(address)) return address;
      }
      return address;
    },
  };
};
