import type { Core } from '@strapi/strapi';
import { SITE_UID } from '../constants';

const parse = (stored: unknown): unknown => {
  try {
    return typeof stored === 'string' ? JSON.parse(stored) : stored;
  } catch {
    return undefined;
  }
};

/**
 * The origins of a site whose catalogue cannot be published: even then only its own websites may post consents.
 *
 * @returns null if they cannot be told
 */
export const readOrigins = async (strapi: Core.Strapi, key: string): Promise<string[] | null> => {
  const { tableName } = strapi.db.metadata.get(SITE_UID);
  const rows: { origins: unknown }[] = await strapi.db.getConnection(tableName).where({ key }).select('origins');
  const lists = rows.map(({ origins }) => parse(origins) ?? (origins === null ? [] : undefined));
  if (!lists.every((list) => Array.isArray(list))) return null;
  return [...new Set(lists.flat())].filter((origin) => typeof origin === 'string');
};
