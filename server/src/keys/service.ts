import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign as signBytes,
  verify as verifyBytes,
  type KeyObject,
} from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { calculateJwkThumbprint, CompactSign, type JWK } from 'jose';
import { createTables } from '../database/own-tables';
import { readMasterKeys } from './master-keys';
import { KEY_BYTES, open, seal, sealedWith, sealingKey, type SealingKey } from './seal';
import { KEYS, keyTables } from './tables';

interface StoredKey {
  id: string;
  sealed: string;
  public_jwk: string | null;
}

/** A public key as `GET …/keys` lists it (RFC 7517, RFC 8037). */
export type PublicJwk = JWK & { kid: string };

interface SigningKey {
  kid: string;
  privateKey: KeyObject;
}

/** Values sealed elsewhere in the database, which a rotation has to seal anew. */
export interface SealedValues {
  /**
   * Gives each value that is not sealed with `activeKeyId` to `reseal` and writes back what it returns.
   *
   * @returns how many there were
   */
  reseal(activeKeyId: string, reseal: (sealed: string, context: string) => string): Promise<number>;
}

const CHECK_TEXT = 'privacy-desk';
/** Public keys of other instances are looked up this often at most. */
const RELOAD_MS = 10_000;

/**
 * The key ring: master keys from outside (environment or file), and in the database, sealed with them, secrets by name and
 * Ed25519 signing keys (RFC 8032). Whatever needs a key asks here.
 */
export const createKeyRingService = ({ strapi }: { strapi: Core.Strapi }) => {
  let ring = new Map<string, SealingKey>();
  let active: SealingKey | undefined;
  let signing: SigningKey | undefined;
  let publicKeys = new Map<string, { jwk: PublicJwk; key: KeyObject }>();
  let loadedAtMs = 0;
  const secrets = new Map<string, Buffer>();
  const resealers: SealedValues[] = [];
  const table = () => strapi.db.getConnection(KEYS);
  const stored = (): Promise<StoredKey[]> => table().select('id', 'sealed', 'public_jwk');

  const insertOnce = (row: StoredKey): Promise<unknown> =>
    table()
      .insert({ ...row, created_at_ms: Date.now() })
      .onConflict('id')
      .ignore();

  const sealed = (plain: Buffer | string, context: string): string => {
    if (!active) throw new Error('The key ring is not open yet');
    return seal(active, plain, context);
  };

  const keyFor = (value: string, context: string): SealingKey => {
    // `open` looks at the rest of it.
    const key = ring.get(value.split('.', 2)[1] ?? '');
    if (!key) throw new Error(`No master key is there that opens ${context}`);
    return key;
  };

  const opened = (value: string, context: string): Buffer => open(keyFor(value, context), value, context);

  /** Whether the master keys are those the database was written with. */
  const check = async (): Promise<void> => {
    const checks = (await stored()).filter(({ id }) => id.startsWith('check.'));
    const missing = checks.filter(({ sealed: value }) => !ring.has(sealedWith(value) ?? ''));
    if (missing.length > 0)
      throw new Error(
        `Privacy Desk's master key is not the one this database was written with: it has the id ${active!.id}, and ${missing
          .map(({ id }) => id.slice('check.'.length))
          .join(', ')} is needed. ` +
          'Set the right one (PRIVACY_DESK_MASTER_KEY). To change it, set the old one as PRIVACY_DESK_PREVIOUS_MASTER_KEY beside the new one and run "npx privacy-desk rotate-keys". ' +
          'If the key is lost, what is encrypted with it is lost: receipts can no longer be signed with the known keys.',
      );
    for (const { id, sealed: value } of checks)
      if (opened(value, id).toString() !== CHECK_TEXT) throw new Error(`The row ${id} of ${KEYS} was changed`);
    const id = `check.${active!.id}`;
    await insertOnce({ id, sealed: sealed(CHECK_TEXT, id), public_jwk: null });
  };

  const addSigningKey = async (number: number): Promise<void> => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const jwk = publicKey.export({ format: 'jwk' }) as JWK;
    const kid = await calculateJwkThumbprint(jwk);
    const id = `signing.${number}`;
    await insertOnce({
      id,
      sealed: sealed(privateKey.export({ format: 'der', type: 'pkcs8' }), id),
      public_jwk: JSON.stringify({ ...jwk, kid, alg: 'EdDSA', use: 'sig' }),
    });
  };

  const loadSigningKeys = async (): Promise<void> => {
    const rows = (await stored())
      .filter(({ id }) => id.startsWith('signing.'))
      .sort((a, b) => Number(a.id.slice(8)) - Number(b.id.slice(8)));
    publicKeys = new Map(
      rows.map(({ public_jwk }) => {
        const jwk = JSON.parse(public_jwk!) as PublicJwk;
        return [jwk.kid, { jwk, key: createPublicKey({ key: jwk as never, format: 'jwk' }) }];
      }),
    );
    loadedAtMs = Date.now();
    const last = rows.at(-1);
    if (!last) return;
    const { kid } = JSON.parse(last.public_jwk!) as PublicJwk;
    if (signing?.kid === kid) return;
    const privateKey = createPrivateKey({ key: opened(last.sealed, last.id), format: 'der', type: 'pkcs8' });
    signing = { kid, privateKey };
  };

  const signingKey = (): SigningKey => {
    if (!signing) throw new Error('The key ring is not open yet');
    return signing;
  };

  return {
    /**
     * Opens the key ring: reads the master keys, compares them with the database, makes what is not there yet.
     *
     * @throws Error if there is no master key in production, or if it is another than the database was written with
     */
    async start(): Promise<void> {
      const keys = readMasterKeys(strapi);
      [active] = keys;
      ring = new Map(keys.map((key) => [key.id, key]));
      await createTables(strapi, keyTables);
      await check();
      await addSigningKeyOnce();
      await loadSigningKeys();
    },

    /** Whether `start` has been. */
    isOpen: (): boolean => signing !== undefined,

    /** A random secret of 32 bytes that all instances share, made when it is first asked for. */
    async secret(name: string): Promise<Buffer> {
      const known = secrets.get(name);
      if (known) return known;
      const id = `secret.${name}`;
      const find = async () => (await stored()).find((row) => row.id === id);
      if (!(await find())) await insertOnce({ id, sealed: sealed(randomBytes(KEY_BYTES), id), public_jwk: null });
      const secret = opened((await find())!.sealed, id);
      secrets.set(name, secret);
      return secret;
    },

    /** Encrypts with the master key; see `seal`. */
    seal: sealed,
    /** Decrypts what `seal` made. */
    open: opened,

    /** `open` for many values of one context. */
    opener(context: string): (value: string) => Buffer {
      const bytes = Buffer.from(context);
      return (value) => open(keyFor(value, context), value, bytes);
    },

    /** The key that values are sealed with now. */
    get activeKeyId(): string {
      return active!.id;
    },

    /** A new random key for one person's or record's data, and what to store of it. Destroy that, and the data is gone. */
    createKey(context: string): { key: SealingKey; sealed: string } {
      const bytes = randomBytes(KEY_BYTES);
      return { key: sealingKey(bytes), sealed: sealed(bytes, context) };
    },
    /** The key that `createKey` made. */
    openKey: (value: string, context: string): SealingKey => sealingKey(opened(value, context)),

    /** Signs with Ed25519. */
    sign(data: Buffer): { kid: string; signature: Buffer } {
      const { kid, privateKey } = signingKey();
      return { kid, signature: signBytes(null, data, privateKey) };
    },

    /** The same as text: `<key id>.<base64url of the signature>`. */
    signText(data: Buffer): string {
      const { kid, signature } = this.sign(data);
      return `${kid}.${signature.toString('base64url')}`;
    },

    /** Whether a key of this ring, now or before, signed the data. */
    async verify(kid: string, data: Buffer, signature: Buffer): Promise<boolean> {
      if (!publicKeys.has(kid) && Date.now() - loadedAtMs > RELOAD_MS) await loadSigningKeys();
      const known = publicKeys.get(kid);
      return !!known && verifyBytes(null, data, known.key, signature);
    },

    /** A compact JWS of a JSON document (RFC 7515). */
    signJws(payload: object, type: string): Promise<string> {
      const { kid, privateKey } = signingKey();
      return new CompactSign(Buffer.from(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: type })
        .sign(privateKey);
    },

    /** Every public key that ever signed, as a JWK set. */
    async jwks(): Promise<{ keys: PublicJwk[] }> {
      // Another instance may have rotated; while the database is down, what is known is told.
      if (Date.now() - loadedAtMs > RELOAD_MS) await loadSigningKeys().catch(() => {});
      return { keys: [...publicKeys.values()].map(({ jwk }) => jwk) };
    },

    /** Says what else is sealed with the master key, for `rotate`. */
    addSealedValues: (values: SealedValues): void => void resealers.push(values),

    /**
     * Seals everything with the active master key, so that the previous one can be thrown away, and begins to sign with a new
     * key. It can be repeated after a failure.
     *
     * @returns how many values were sealed anew
     */
    async rotate(): Promise<{ masterKey: string; resealed: number; signingKey: string }> {
      const key = active!;
      const reseal = (value: string, context: string): string => seal(key, opened(value, context), context);
      let resealed = 0;
      const rows = await stored();
      for (const { id, sealed: value } of rows) {
        if (sealedWith(value) === key.id || id.startsWith('check.')) continue;
        await table()
          .where({ id, sealed: value })
          .update({ sealed: reseal(value, id) });
        resealed += 1;
      }
      for (const values of resealers) resealed += await values.reseal(key.id, reseal);
      // From now on the previous key is not asked for any more.
      await table()
        .where('id', 'like', 'check.%')
        .whereNot({ id: `check.${key.id}` })
        .delete();
      const numbers = rows.filter(({ id }) => id.startsWith('signing.')).map(({ id }) => Number(id.slice(8)));
      await addSigningKey(Math.max(0, ...numbers) + 1);
      await loadSigningKeys();
      return { masterKey: key.id, resealed, signingKey: signingKey().kid };
    },
  };

  async function addSigningKeyOnce(): Promise<void> {
    if (!(await stored()).some(({ id }) => id.startsWith('signing.'))) await addSigningKey(1);
  }
};

export type KeyRing = ReturnType<typeof createKeyRingService>;
