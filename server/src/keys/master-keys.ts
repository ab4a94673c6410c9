import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { pluginConfig } from '../config';
import { KEY_BYTES, sealingKey, type SealingKey } from './seal';

const MAKE_ONE = `Make one with

  node -e "console.log(require('node:crypto').randomBytes(32).toString('base64'))"

and set it as the environment variable PRIVACY_DESK_MASTER_KEY, or write it into a file and name that file in config/plugins:
'privacy-desk': { config: { keys: { file: '/run/secrets/privacy-desk.key' } } }.
Keep a copy apart from the database's backups: without it, what is encrypted is lost for good.`;

/** Where a development machine keeps the key it made for itself. */
const DEVELOPMENT_FILE = '.tmp/privacy-desk.key';

/** @throws Error that names where the text came from, and never the text itself */
export const parseMasterKey = (text: string, origin: string): SealingKey => {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64');
  // Buffer.from skips what is no base64, so it is compared with what it would be written as.
  const canonical = key.toString('base64').replace(/=+$/, '');
  const given = trimmed.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (key.length !== KEY_BYTES || canonical !== given)
    throw new Error(
      `The master key of Privacy Desk (${origin}) must be ${KEY_BYTES} random bytes in base64.\n${MAKE_ONE}`,
    );
  return sealingKey(key);
};

const readFile = (file: string): string | null => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`The key file of Privacy Desk cannot be read: ${(error as Error).message}`);
  }
};

const makeFile = (strapi: Core.Strapi, file: string): string => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  try {
    // Linked when it is whole: of two processes that start at once, one makes the file and the other reads it.
    fs.writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600 });
    fs.linkSync(draft, file);
    strapi.log.warn(
      `Privacy Desk made a master key for this development machine: ${file}. In production there must be one of your own (PRIVACY_DESK_MASTER_KEY).`,
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
  return fs.readFileSync(file, 'utf8');
};

/**
 * The master keys, the one to seal with first; the others only open what was sealed before a rotation.
 *
 * @throws Error in production if there is none, saying how to make one
 */
export const readMasterKeys = (strapi: Core.Strapi): SealingKey[] => {
  const { keys } = pluginConfig(strapi);
  const previous = [process.env.PRIVACY_DESK_PREVIOUS_MASTER_KEY, keys.previous].filter((text) => text?.trim());
  const older = previous.map((text) => parseMasterKey(text!, 'the previous one'));
  const direct = process.env.PRIVACY_DESK_MASTER_KEY?.trim() || keys.master?.trim();
  if (direct) return [parseMasterKey(direct, 'PRIVACY_DESK_MASTER_KEY or keys.master'), ...older];

  const production = process.env.NODE_ENV === 'production';
  const file = keys.file && path.resolve(strapi.dirs.app.root, keys.file);
  if (production && !file) throw new Error(`Privacy Desk has no master key.\n${MAKE_ONE}`);
  const used = file || path.resolve(strapi.dirs.app.root, DEVELOPMENT_FILE);
  const text = readFile(used);
  if (text === null && production)
    throw new Error(`Privacy Desk finds no master key: there is no file ${used}.\n${MAKE_ONE}`);
  return [parseMasterKey(text ?? makeFile(strapi, used), used), ...older];
};
