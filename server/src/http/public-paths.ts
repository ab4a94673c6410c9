import type { Core } from '@strapi/strapi';

const join = (...parts: string[]): string =>
  parts
    .map((part) => part.replace(/^\/+|\/+$/g, ''))
    .filter(Boolean)
    .map((part) => `/${part}`)
    .join('');

/**
 * Where the public endpoints are found, each with a slash at the end: below the REST prefix, and also below the path of
 * `server.url`, which some reverse proxies keep and others cut off.
 */
export const publicPaths = (strapi: Core.Strapi): string[] => {
  const prefix = strapi.config.get<string>('api.rest.prefix', '/api');
  const url = strapi.config.get<string>('server.url', '');
  const subPath = /^https?:\/\//.test(url) ? new URL(url).pathname : url;
  return [...new Set([join(prefix, 'privacy-desk'), join(subPath, prefix, 'privacy-desk')])].map((path) => `${path}/`);
};
