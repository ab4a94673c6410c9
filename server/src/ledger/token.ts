import { createHmac, timingSafeEqual } from 'node:crypto';
import { HASH_BYTES } from '../keys/keyed-hash';

/** What a receipt token opens: a subject's whole history, or one consent. */
export interface TokenScope {
  history: boolean;
  id: string;
  decidedAtMs: number;
  /** null: the visitor only ever refused. */
  subjectHash: string | null;
}

const VERSION = 1;
const BODY_BYTES = 2 + 16 + 6 + HASH_BYTES;
const MAC_BYTES = 16;

/**
 * Receipt tokens are derived and signed (HMAC-SHA-256), not stored: no table that leaks gives access to anything.
 * `base64url(version, scope, id, decidedAt, subject hash, signature)`
 */
export const createTokens = (key: Buffer) => {
  const mac = (body: Buffer): Buffer => createHmac('sha256', key).update(body).digest().subarray(0, MAC_BYTES);
  return {
    write({ history, id, decidedAtMs, subjectHash }: TokenScope): string {
      const token = Buffer.alloc(BODY_BYTES + MAC_BYTES);
      token[0] = VERSION;
      token[1] = history ? 2 : subjectHash ? 1 : 0;
      token.write(id.replaceAll('-', ''), 2, 'hex');
      token.writeUIntBE(decidedAtMs, 18, 6);
      if (subjectHash) token.write(subjectHash, 24, 'base64url');
      mac(token.subarray(0, BODY_BYTES)).copy(token, BODY_BYTES);
      return token.toString('base64url');
    },

    /** null for anything that `write` did not make. */
    read(text: string): TokenScope | null {
      if (!/^[\w-]{75}$/.test(text)) return null;
      const token = Buffer.from(text, 'base64url');
      const body = token.subarray(0, BODY_BYTES);
      if (token.length !== BODY_BYTES + MAC_BYTES || !timingSafeEqual(mac(body), token.subarray(BODY_BYTES)))
        return null;
      if (token[0] !== VERSION) return null;
      const hex = token.toString('hex', 2, 18);
      return {
        history: token[1] === 2,
        id: [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'),
        decidedAtMs: token.readUIntBE(18, 6),
        subjectHash: token[1] === 0 ? null : token.toString('base64url', 24, 24 + HASH_BYTES),
      };
    },
  };
};

export type Tokens = ReturnType<typeof createTokens>;

/** The token of `Authorization: Bearer <token>`; null for any other header. */
export const bearerToken = (header: string | undefined): string | null =>
  /^Bearer +([\w-]+) *$/i.exec(header ?? '')?.[1] ?? null;
