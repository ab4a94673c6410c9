import { createHmac, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const file = path.resolve('.tmp/secret');

/** Random, made on the first start of this demo and kept beside its database. */
const master = (): string => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  try {
    // `wx`: of two processes that start at once, one writes and the other reads.
    fs.writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return fs.readFileSync(file, 'utf8');
};

/** A secret of Strapi's configuration: the environment variable of that name, else one that only this clone knows. */
export const secret = (name: string): string =>
  process.env[name] ?? createHmac('sha256', master()).update(name).digest('hex').slice(0, 32);

/** Privacy Desk's master key: 32 bytes in base64, again of this clone alone. */
export const masterKey = (): string =>
  createHmac('sha256', master()).update('PRIVACY_DESK_MASTER_KEY').digest('base64');
