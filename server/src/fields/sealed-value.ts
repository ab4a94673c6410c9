import { createHmac } from 'node:crypto';
import type { KeyRing } from '../keys/service';
import type { EncryptedAttribute } from './encrypted-attribute';
import { createRecentlyOpened, type RecentlyOpened } from './recently-opened';

/**
 * As it lies in the database: `1.<key id>.<bytes>`, with `b.<blind index>.` before it where the field can be searched,
 * and `{ "sealed": … }` around it in columns for JSON.
 */
export type StoredValue = string | { sealed: string };

const STORED = /^(?:b\.[0-9a-f]{32}\.)?1\.[\w-]{10}\.[\w-]{38,}$/;
const INDEX_BYTES = 16;
const INDEX_PART = 'b.'.length + INDEX_BYTES * 2 + '.'.length;

/** The text of a stored value; null if the value is none. */
export const storedText = (value: unknown): string | null => {
  if (typeof value === 'string') return STORED.test(value) ? value : null;
  if (typeof value !== 'object' || value === null) return null;
  const { sealed } = value as { sealed?: unknown };
  return typeof sealed === 'string' && Object.keys(value).length === 1 && STORED.test(sealed) ? sealed : null;
};

export const isStored = (value: unknown): value is StoredValue => storedText(value) !== null;

/** Apart: the blind index with what surrounds it, or nothing; and what the key ring sealed. */
export const splitStored = (text: string): { index: string; sealed: string } =>
  text.startsWith('b.')
    ? { index: text.slice(0, INDEX_PART), sealed: text.slice(INDEX_PART) }
    : { index: '', sealed: text };

/** As the kind of column takes it. */
export const storedAs = ({ kind }: Pick<EncryptedAttribute, 'kind'>, text: string): StoredValue =>
  kind === 'encrypted-json' ? { sealed: text } : text;

/** What counts as the same value in a search. */
export const normalised = ({ kind }: Pick<EncryptedAttribute, 'kind'>, value: string): string => {
  const text = value.normalize('NFC').trim();
  return kind === 'encrypted-email' ? text.toLowerCase() : text;
};

/** Seals and opens values of fields. */
export const createFieldCipher = (keyRing: Pick<KeyRing, 'seal' | 'opener'>, indexSecret: Buffer) => {
  /** Per field, so that no value is taken for one of another field. */
  const openers = new Map<string, { open: (sealed: string) => Buffer; recent: RecentlyOpened }>();
  const openerFor = (context: string) => {
    let opener = openers.get(context);
    if (!opener) openers.set(context, (opener = { open: keyRing.opener(context), recent: createRecentlyOpened() }));
    return opener;
  };

  /**
   * What stored values of this plain text begin with (HMAC-SHA-256, RFC 2104, shortened): equal values have equal
   * beginnings, of this field only. Small letters and digits, as some databases compare without regard to case.
   */
  const blindIndex = (attribute: EncryptedAttribute, value: string): string => {
    const hash = createHmac('sha256', indexSecret).update(`${attribute.context}\0${normalised(attribute, value)}`);
    return `b.${hash.digest('hex').slice(0, INDEX_BYTES * 2)}.`;
  };

  const indexFor = (attribute: EncryptedAttribute, value: unknown): string =>
    attribute.blindIndex && typeof value === 'string' ? blindIndex(attribute, value) : '';

  return {
    blindIndex,

    seal(attribute: EncryptedAttribute, value: unknown): StoredValue {
      const plain = attribute.kind === 'encrypted-json' ? JSON.stringify(value) : String(value);
      return storedAs(attribute, indexFor(attribute, value) + keyRing.seal(plain, attribute.context));
    },

    /** @throws Error for another key, another field's value, or a changed one */
    open(attribute: EncryptedAttribute, stored: StoredValue): unknown {
      const text = typeof stored === 'string' ? stored : stored.sealed;
      const { open, recent } = openerFor(attribute.context);
      let plain = recent.get(text);
      if (plain === undefined) {
        plain = open(text.charCodeAt(0) === 98 /* b */ ? text.slice(INDEX_PART) : text).toString();
        recent.keep(text, plain);
      }
      return attribute.kind === 'encrypted-json' ? JSON.parse(plain) : plain;
    },

    /**
     * A value as it was read: opened, or as it is if it was never sealed (from before its field was encrypted).
     *
     * @throws Error as `open` does
     */
    read(attribute: EncryptedAttribute, value: unknown): unknown {
      if (typeof value === 'string' && attribute.kind !== 'encrypted-json') {
        const plain = openerFor(attribute.context).recent.get(value);
        if (plain !== undefined) return plain;
      }
      return isStored(value) ? this.open(attribute, value) : value;
    },

    /** The stored value with the blind index it is to have now; the same one if it has that. */
    reindexed(attribute: EncryptedAttribute, stored: StoredValue): StoredValue {
      const { index, sealed } = splitStored(storedText(stored)!);
      const wanted = indexFor(attribute, this.open(attribute, stored));
      return wanted === index ? stored : storedAs(attribute, wanted + sealed);
    },
  };
};

export type FieldCipher = ReturnType<typeof createFieldCipher>;
