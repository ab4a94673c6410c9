import type { IncomingMessage } from 'node:http';
import type { Core } from '@strapi/strapi';

/**
 * The visitor's address as Koa finds it: of the connection, or of the proxy's header if Strapi's `server.proxy.koa` says
 * so. It is for deciding, not for storing.
 */
export const createClientAddress = (strapi: Core.Strapi): ((request: IncomingMessage) => string) => {
  const { app } = strapi.server;
  return (request) => {
    if (!app.proxy) return request.socket.remoteAddress ?? '';
    // Koa's own reading of the header, without the rest of a context.
    const koa: { ip: string } = Object.assign(Object.create(app.request), { app, req: request });
    return koa.ip;
  };
};

/**
 * The part of an address that one visitor or household has: an IPv4 address, or the first 64 bits of an IPv6 address,
 * of which everybody may use as many as they like.
 */
export const network = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  const groups =
    tail === undefined ? left : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
};

/** The network that an address belongs to: /24 of IPv4, /48 of IPv6. */
export const truncatedAddress = (address: string): string => {
  const part = network(address);
  return part.includes(':')
    ? `${part.split(':').slice(0, 3).join(':')}::/48`
    : `${part.split('.').slice(0, 3).join('.')}.0/24`;
};
