import type { Core } from '@strapi/strapi';
import type { GpcStatement, SlimConfig } from '../../../contract';
import { pluginConfig } from '../config';
import { prepare, type Prepared } from '../http/prepared';
import type { BrowserFiles } from './browser-files';
import { composeClient } from './compose-client';
import { contentHash } from './content-hash';
import type { Published, PublishedLocale } from './published';

const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * Prepares what is answered: configs, composed scripts, chunks.
 *
 * @param files null: they were not built, so there are no scripts and chunks
 */
export const createAnswers = (strapi: Core.Strapi, files: BrowserFiles | null) => {
  const { maxAgeSeconds, staleWhileRevalidateSeconds, staleIfErrorSeconds } = pluginConfig(strapi).cache;
  const cacheControl = [
    'public',
    `max-age=${maxAgeSeconds}`,
    ...(staleWhileRevalidateSeconds ? [`stale-while-revalidate=${staleWhileRevalidateSeconds}`] : []),
    ...(staleIfErrorSeconds ? [`stale-if-error=${staleIfErrorSeconds}`] : []),
  ].join(', ');

  const script = (text: string, cache: string): Promise<Prepared> => {
    const bytes = Buffer.from(text);
    return prepare(bytes, {
      contentType: 'text/javascript; charset=utf-8',
      cacheControl: cache,
      tag: contentHash(bytes),
    });
  };

  return {
    /** The chunks of the client. */
    async assets(): Promise<Pick<Published, 'assets' | 'chunks' | 'outdated'>> {
      const assets = new Map<string, Prepared>();
      const outdated = new Map<string, Prepared>();
      for (const [file, text] of Object.entries(files?.assets ?? {})) {
        assets.set(file, await script(text, IMMUTABLE));
        outdated.set(file, await script(text, 'no-store'));
      }
      return { assets, outdated, chunks: new Map(Object.entries(files?.chunks ?? {})) };
    },

    /** What a site states of Global Privacy Control. */
    gpc(statement: GpcStatement): Promise<Prepared> {
      const bytes = Buffer.from(JSON.stringify(statement));
      return prepare(bytes, {
        contentType: 'application/json; charset=utf-8',
        cacheControl,
        tag: contentHash(bytes),
      });
    },

    /** A consent config and the script that is composed with its slim form. */
    async locale(version: string, json: Buffer, slim: SlimConfig): Promise<PublishedLocale> {
      const config = await prepare(json, {
        contentType: 'application/json; charset=utf-8',
        cacheControl,
        tag: version,
      });
      const client = new Map<string, Prepared>();
      if (files) {
        const call = composeClient(files, slim);
        client.set('', await script(call, cacheControl));
        for (const [name, text] of Object.entries(files.compat))
          client.set(name, await script(call + text, cacheControl));
      }
      return { version, locale: slim.locale, regime: slim.regime, config, client };
    },
  };
};
