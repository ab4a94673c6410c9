import type { Failure } from '../http/failure';
import { isSiteKey } from '../publishing/public-request';

const VERSION = /^[\w-]{1,64}$/;

/** Reads `?site=<key>&version=<config version>` of `POST …/impressions`. */
export const readImpression = (url: string): { site: string; version: string } | Failure => {
  const query = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  const [site, version] = [query.getAll('site'), query.getAll('version')];
  if (site.length !== 1 || !isSiteKey(site[0]!))
    return { status: 400, message: 'site must be the key of a site', path: ['site'] };
  if (version.length !== 1 || !VERSION.test(version[0]!))
    return { status: 400, message: 'version must be the version of a consent config', path: ['version'] };
  return { site: site[0]!, version: version[0]! };
};
