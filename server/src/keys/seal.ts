import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

export const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ID_LENGTH = 10;
/** Before the bytes: `1.<key id>.` */
const HEAD_LENGTH = ID_LENGTH + 3;
const cipherOptions = { authTagLength: TAG_BYTES } as const;

/** A symmetric key of 256 bits, with the name under which sealed values refer to it. */
export interface SealingKey {
  id: string;
  key: Buffer;
  /** The same, prepared once: OpenSSL would do it anew for every value. */
  prepared: KeyObject;
}

/** The name follows from the key, so that nobody can give two keys one name; it tells nothing about the key. */
export const sealingKey = (key: Buffer): SealingKey => ({
  id: createHash('sha256').update('privacy-desk key id').update(key).digest('base64url').slice(0, ID_LENGTH),
  key,
  prepared: createSecretKey(key),
});

/**
 * Encrypts with AES-256-GCM (NIST SP 800-38D): `1.<key id>.<base64url of iv, ciphertext, tag>`.
 *
 * @param context what the value is and whose; the same is needed to open it, so that sealed values cannot be swapped
 */
export const seal = ({ id, prepared }: SealingKey, plain: Buffer | string, context: string): string => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', prepared, iv, cipherOptions).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([iv, cipher.update(plain as Buffer), cipher.final(), cipher.getAuthTag()]);
  return `1.${id}.${sealed.toString('base64url')}`;
};

/** Which key a sealed value needs; null if it is no sealed value. */
export const sealedWith = (sealed: string): string | null => /^1\.([\w-]{10})\.[\w-]+$/.exec(sealed)?.[1] ?? null;

/**
 * Opens what `seal` made; the context as bytes where many values have the same one.
 *
 * @throws Error for another key, another context, or a changed value
 */
export const open = ({ id, prepared }: SealingKey, sealed: string, context: string | Buffer): Buffer => {
  if (sealedWith(sealed) !== id) throw new Error(`Sealed with another key than ${id}`);
  const bytes = Buffer.from(sealed.slice(HEAD_LENGTH), 'base64url');
  const end = bytes.length - TAG_BYTES;
  if (end < IV_BYTES) throw new Error('This is no sealed value');
  const decipher = createDecipheriv('aes-256-gcm', prepared, bytes.subarray(0, IV_BYTES), cipherOptions)
    .setAAD(typeof context === 'string' ? Buffer.from(context) : context)
    .setAuthTag(bytes.subarray(end));
  const plain = decipher.update(bytes.subarray(IV_BYTES, end));
  // Nothing comes any more, but here the tag is compared.
  decipher.final();
  return plain;
};
