import type { AuditChange } from '../../../contract';
import { canonicalJson } from '../canonical-json';
import { keyedHash } from '../keys/keyed-hash';
import type { EventChange } from './event';

/** Longer values are told by their hash only. */
const MOST_CHARACTERS = 4000;

const isEmpty = (value: unknown): boolean => value === undefined || value === null;

/**
 * What of changes is kept: the values of `plain` ones, of all others keyed hashes. What did not change is left out.
 *
 * @param key of what is changed: when it is destroyed, nobody can try values against the hashes
 */
export const keptChanges = (changes: readonly EventChange[], key: Buffer): AuditChange[] =>
  changes.flatMap(({ field, before, after, plain }) => {
    const [was, is] = [canonicalJson(before), canonicalJson(after)];
    if (was === is) return [];
    const hidden = !plain || was.length > MOST_CHARACTERS || is.length > MOST_CHARACTERS;
    const kept = (value: unknown, json: string): unknown =>
      isEmpty(value) ? null : hidden ? { hash: keyedHash(key, `audit ${field}`, json) } : value;
    return [{ field, before: kept(before, was), after: kept(after, is), hidden }];
  });
