import type { Core } from '@strapi/strapi';
import type { ErasureItem } from '../../../../contract';
import { pluginConfig } from '../../config';
import { getService } from '../../get-service';
import type { Person } from '../person';

const TIMEOUT_MS = 10_000;

/** What other systems are told of an erasure (GDPR, article 19). */
export interface ErasureNotice {
  event: 'privacy-desk.erasure';
  id: string;
  erasedAt: string;
  /** By which the other system knows the person. */
  person: { users: number[]; emails: string[]; subjects: string[] };
  items: Pick<ErasureItem, 'type' | 'action' | 'entries'>[];
  /** `documentId`s by content type. */
  documents: Record<string, string[]>;
}

export const personOfNotice = ({ users, emails, subjects }: Person): ErasureNotice['person'] => ({
  users: users.map(({ id }) => id),
  emails: [...new Set([...emails, ...users.map(({ email }) => email.toLowerCase())])],
  subjects,
});

/**
 * Tells one address. The body is signed: `Privacy-Desk-Signature` is a detached JWS-like `<kid>.<base64url of Ed25519>` over its
 * bytes, to be verified with `GET …/keys`.
 *
 * @throws Error if it does not answer with success: it is tried again
 */
export const sendNotice = async (strapi: Core.Strapi, url: string, notice: ErasureNotice): Promise<void> => {
  const target = pluginConfig(strapi).rights.erasureWebhooks.find((hook) => hook.url === url);
  // An address that was taken out of the config in the meantime is no longer told.
  if (!target) return;
  const body = Buffer.from(JSON.stringify(notice));
  const { kid, signature } = getService('keyRing', { strapi }).sign(body);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Privacy-Desk-Signature': `${kid}.${signature.toString('base64url')}`,
      ...target.headers,
    },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}`);
};
