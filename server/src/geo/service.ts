import type { IncomingMessage } from 'node:http';
import type { Core } from '@strapi/strapi';
import type { Place } from '../../../contract';
import { pluginConfig } from '../config';
import { openCountryDatabase, type CountryDatabase } from './country-database';
import { knownCountryHeaders, placeFromHeaders } from './country-headers';
import { trustedProxies } from './trusted-proxies';

/** Where a visitor is: null if nobody knows, `'failed'` if the database that should know cannot be asked. */
export type Whereabouts = Place | null | 'failed';

/**
 * Tells the country of a visitor from what the plugin's configuration names: headers of a trusted proxy, a local database.
 * It is used to answer the request at hand; neither the country nor the address is kept or logged.
 */
export const createGeoService = ({ strapi }: { strapi: Core.Strapi }) => {
  const { headers, trustedProxies: entries, database: path } = pluginConfig(strapi).geo;
  const names = typeof headers === 'string' ? knownCountryHeaders[headers] : headers;
  const proxies = trustedProxies(entries);
  let database: CountryDatabase | null = null;

  return {
    /**
     * Opens the database, if one is configured.
     *
     * @throws Error naming the file, if it cannot be read
     */
    open(): void {
      if (!path) return;
      database = openCountryDatabase(path, (reason) =>
        reason === null
          ? strapi.log.info(`Privacy Desk can read ${path} again`)
          : strapi.log.error(
              `Privacy Desk cannot read ${path} (${reason}): visitors whose country no header tells get the regime opt-in`,
            ),
      );
    },

    /** Whether this server has any way to tell a country. */
    knowsCountry: (): boolean => !!(names || path),

    locate(request: IncomingMessage): Whereabouts {
      // Anybody can send a header: only what a trusted proxy hands on is believed.
      const told =
        names && proxies.trusts(request.socket.remoteAddress) ? placeFromHeaders(names, request.headers) : null;
      if (told || !database) return told;
      const address = proxies.clientAddress(request);
      return address === null ? null : database.find(address);
    },
  };
};
export type GeoService = ReturnType<typeof createGeoService>;
