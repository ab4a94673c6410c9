import { randomBytes, randomUUID } from 'node:crypto';
import request from 'supertest';
import type { ConsentAnswer, ConsentConfig, ConsentPost, ConsentReceipt } from '../../contract';
import type { TestApp } from './strapi';

const base = '/api/privacy-desk';

export const newSubject = (): string => randomBytes(16).toString('base64url');

/** Short ways to speak to the endpoints of the ledger as a website does. */
export const consentsOf = (app: Pick<TestApp, 'server'>) => {
  const config = async (query = ''): Promise<ConsentConfig> =>
    (await request(app.server).get(`${base}/config${query}`).expect(200)).body;
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  return {
    config,
    /** A body that is right in every field. */
    body: async (change: Partial<ConsentPost> = {}): Promise<ConsentPost> => ({
      id: randomUUID(),
      site: 'default',
      locale: 'en',
      configVersion: (await config()).version,
      subject: newSubject(),
      choices: { STATISTICS: true, MARKETING: false },
      source: 'save',
      decidedAt: new Date().toISOString(),
      ...change,
    }),
    post: (body: unknown, headers: Record<string, string> = {}) =>
      request(app.server)
        .post(`${base}/consents`)
        .set(headers)
        .send(body as object),
    /** Posts what has to be accepted. */
    record: async (body: ConsentPost, token?: string): Promise<ConsentAnswer> =>
      (
        await request(app.server)
          .post(`${base}/consents`)
          .set(token ? bearer(token) : {})
          .send(body)
          .expect(201)
      ).body,
    read: async (token: string): Promise<ConsentReceipt[]> =>
      (await request(app.server).get(`${base}/consents`).set(bearer(token)).expect(200)).body.receipts,
    erase: (token: string) => request(app.server).delete(`${base}/consents`).set(bearer(token)).expect(204),
    keys: async () => (await request(app.server).get(`${base}/keys`).expect(200)).body,
  };
};
