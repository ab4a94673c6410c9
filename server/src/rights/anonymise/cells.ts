import type { Dialect } from '../../database/own-tables';
import { REDACTED, type Replace } from '../generators';
import { STRUCTURE } from '../generators/nested';
import type { Attribute } from '../map/paths';
import type { TargetColumn } from './targets';

const JSON_TYPES = ['blocks', 'json'];
const isMoment = (type: string): boolean => type === 'datetime' || type === 'timestamp';

/** What a raw column holds, as the document service has it. */
const read = (raw: unknown, { type }: Attribute): unknown => {
  if (JSON_TYPES.includes(type) && typeof raw === 'string')
    try {
      return JSON.parse(raw) as unknown;
    } catch {
      return raw;
    }
  return raw;
};

/** The other way round. */
const write = (value: unknown, { type }: Attribute, client: Dialect['client']): unknown => {
  if (value === null || value === undefined) return value;
  if (JSON_TYPES.includes(type)) return JSON.stringify(value);
  if (!isMoment(type)) return value;
  const moment = new Date(value as string);
  if (client === 'sqlite') return moment.getTime();
  // MySQL takes no ISO 8601 with a `Z`.
  return moment.toISOString().replace('T', ' ').replace('Z', '');
};

/** What an encrypted column holds; undefined: another Strapi's key is needed, so nobody reads it here either. */
const opened = ({ codec }: TargetColumn, raw: unknown): unknown => {
  try {
    return codec!.open(raw);
  } catch {
    return undefined;
  }
};

/**
 * The replacement of a raw column's value, in the same form.
 *
 * @param unreadable what becomes of an encrypted value that no key opens
 */
export const replaceCell = (
  replace: Replace,
  client: Dialect['client'],
  target: TargetColumn,
  raw: unknown,
  attempt: number,
  unreadable: 'keep' | 'replace' = 'keep',
): unknown => {
  const { generator, attribute, codec } = target;
  const made = (original: unknown): unknown =>
    replace(generator, { original, attribute, unique: attribute.unique, attempt });
  if (!codec || raw === null) return write(made(read(raw, attribute)), attribute, client);
  const original = opened(target, raw);
  if (original === undefined && unreadable === 'keep') return raw;
  const value = made(original ?? REDACTED);
  return value === null ? null : codec.seal(value);
};

const leaves = (value: unknown, without: readonly string[], each: (text: string) => void): void => {
  if (typeof value === 'string') each(value);
  else if (typeof value === 'number') each(String(value));
  else if (value && typeof value === 'object')
    for (const [name, inner] of Object.entries(value)) if (!without.includes(name)) leaves(inner, without, each);
};

/** Every text of a raw column's value. */
export const textsOf = (raw: unknown, target: TargetColumn, each: (text: string) => void): void => {
  const { attribute, codec } = target;
  if (raw === null || raw === undefined || typeof raw === 'boolean') return;
  if (raw instanceof Date) return each(raw.toISOString().slice(0, 10));
  // Moments in milliseconds.
  if (isMoment(attribute.type)) return;
  leaves(codec ? opened(target, raw) : read(raw, attribute), attribute.type === 'blocks' ? STRUCTURE : [], each);
};

/** PostgreSQL's types of columns, by Strapi's types of attributes. */
export const postgresType = ({ type }: Attribute): string =>
  ({
    blocks: 'jsonb',
    json: 'jsonb',
    integer: 'integer',
    biginteger: 'bigint',
    decimal: 'numeric',
    float: 'double precision',
    date: 'date',
    datetime: 'timestamp',
    timestamp: 'timestamp',
    time: 'time',
    boolean: 'boolean',
  })[type] ?? 'text';
