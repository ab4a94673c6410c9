import fs from 'node:fs';
import { Reader } from 'maxmind';
import type { Place } from '../../../contract';
import { toPlace } from './country-headers';

/** A record of the databases that tell countries: MaxMind's and DB-IP's, and IPinfo's flat one. */
interface CountryRecord {
  country?: { iso_code?: string } | string;
  registered_country?: { iso_code?: string };
  subdivisions?: { iso_code?: string }[];
  country_code?: string;
}

/** How often the file is looked at, at most: a look costs microseconds, and an update may wait a moment. */
const LOOK_EVERY_MS = 1000;

/** Which file it is: replaced or written anew, it is another one. */
const identityOf = (path: string): string | null => {
  try {
    const { ino, size, mtimeMs } = fs.statSync(path);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return null;
  }
};

const parse = (bytes: Buffer): Reader<never> => {
  const reader = new Reader<never>(bytes);
  const type = reader.metadata.databaseType;
  if (/ASN|ISP|Domain|Anonymous|Connection/i.test(type) && !/country|city/i.test(type))
    throw new Error(`it is a ${type}, which knows no countries`);
  // What is cut off or damaged shows when something is looked up.
  for (const address of reader.metadata.ipVersion === 6 ? ['1.1.1.1', '2606:4700::1111'] : ['1.1.1.1'])
    reader.get(address);
  return reader;
};

const reasonOf = (error: unknown): string => (error as Error).message;

/** A local database of countries. */
export interface CountryDatabase {
  /** Where an address is; `'failed'` while the database is missing or broken. */
  find(address: string): Place | null | 'failed';
}

/**
 * Opens a database in MaxMind's format and follows its updates.
 *
 * @param path of the `.mmdb` file
 * @param onChange told when it fails while running (with the reason, without any address), and when it works again (null)
 * @throws Error naming the path, if there is no readable database
 */
export const openCountryDatabase = (path: string, onChange: (reason: string | null) => void): CountryDatabase => {
  let reader: Reader<never> | null;
  let identity = identityOf(path);
  let lookedAt = performance.now();
  let failed = false;
  let loading = false;
  try {
    reader = parse(fs.readFileSync(path));
  } catch (error) {
    throw new Error(
      `config.geo.database: ${path} cannot be read as a country database in MaxMind's format (.mmdb): ${reasonOf(error)}`,
      { cause: error },
    );
  }

  const fail = (reason: string): void => {
    reader = null;
    if (!failed) onChange(reason);
    failed = true;
  };

  /** Not in the way of requests: a database has up to a hundred megabytes. */
  const load = async (): Promise<void> => {
    loading = true;
    try {
      reader = parse(await fs.promises.readFile(path));
      if (failed) onChange(null);
      failed = false;
    } catch (error) {
      fail(reasonOf(error));
    } finally {
      loading = false;
    }
  };

  const look = (): void => {
    const now = performance.now();
    if (now - lookedAt < LOOK_EVERY_MS || loading) return;
    lookedAt = now;
    const found = identityOf(path);
    if (found === null) fail('the file is not there');
    else if (found !== identity) void load();
    identity = found;
  };

  return {
    find(address) {
      look();
      if (!reader) return 'failed';
      try {
        const record = reader.get(address) as CountryRecord | null;
        if (!record) return null;
        const { country, country_code, registered_country, subdivisions } = record;
        const code = typeof country === 'object' ? country.iso_code : (country_code ?? country);
        return toPlace(code ?? registered_country?.iso_code, subdivisions?.[0]?.iso_code);
      } catch (error) {
        fail(reasonOf(error));
        return 'failed';
      }
    },
  };
};
