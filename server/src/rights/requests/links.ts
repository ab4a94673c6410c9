import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a link lets its holder do. */
export const LINK_PURPOSES = ['confirm', 'download'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

export interface RequestLink {
  purpose: LinkPurpose;
  /** Id of a request. */
  id: string;
  /** Until when it is good; whole seconds, in milliseconds of Unix time. */
  untilMs: number;
}

const VERSION = 1;
const BODY_BYTES = 1 + 1 + 16 + 6;
const MAC_BYTES = 16;

/**
 * The tokens of links in mails: signed (HMAC-SHA-256), not stored. What makes a link good for once only is the state of
 * its request.
 */
export const createLinks = (key: Buffer) => {
  const mac = (body: Buffer): Buffer => createHmac('sha256', key).update(body).digest().subarray(0, MAC_BYTES);
  return {
    write({ purpose, id, untilMs }: RequestLink): string {
      const token = Buffer.alloc(BODY_BYTES + MAC_BYTES);
      token[0] = VERSION;
      token[1] = LINK_PURPOSES.indexOf(purpose);
      token.write(id.replaceAll('-', ''), 2, 'hex');
      token.writeUIntBE(Math.floor(untilMs / 1000), 18, 6);
      mac(token.subarray(0, BODY_BYTES)).copy(token, BODY_BYTES);
      return token.toString('base64url');
    },

    /** null for anything that `write` did not make; whether it is still good is to be asked of the result. */
    read(text: string): RequestLink | null {
      if (!/^[\w-]{54}$/.test(text)) return null;
      const token = Buffer.from(text, 'base64url');
      const body = token.subarray(0, BODY_BYTES);
      if (token.length !== BODY_BYTES + MAC_BYTES || !timingSafeEqual(mac(body), token.subarray(BODY_BYTES)))
        return null;
      const purpose = LINK_PURPOSES[token[1]!];
      if (token[0] !== VERSION || !purpose) return null;
      const hex = token.toString('hex', 2, 18);
      return {
        purpose,
        id: [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'),
        untilMs: token.readUIntBE(18, 6) * 1000,
      };
    },
  };
};

export type Links = ReturnType<typeof createLinks>;
