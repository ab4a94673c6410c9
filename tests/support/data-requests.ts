import type { Core } from '@strapi/strapi';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Challenge, RequestPost } from '../../contract';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** The value of `altcha` for a challenge. */
export const solved = async (challenge: Challenge): Promise<string> => {
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
};

/** What a visitor's browser does, at any address where the plugin answers. */
export const requester = (base: string) => {
  const endpoint = `${base}/api/privacy-desk/requests`;
  return {
    challenge: async (): Promise<Challenge> => (await fetch(`${endpoint}/challenge`)).json() as Promise<Challenge>,

    /** Sends a request as it is. */
    post: (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),

    /** Sends a request with a challenge that was solved for it. */
    async send(body: Partial<RequestPost> = {}, headers: Record<string, string> = {}): Promise<Response> {
      const altcha = await solved(await this.challenge());
      return this.post({ type: 'access', email: 'ada@example.com', altcha, ...body }, headers);
    },
  };
};

/** Keeps what Strapi's e-mail plugin is told to send. */
export const captureMails = (strapi: Core.Strapi): Mail[] & { fail?: Error } => {
  const mails: Mail[] & { fail?: Error } = [];
  (strapi.plugin('email') as unknown as { provider: object }).provider = {
    async send(mail: Mail) {
      if (mails.fail) throw mails.fail;
      mails.push(mail);
    },
  };
  return mails;
};

/** The link in a mail, as a path. */
export const linkIn = ({ text }: Mail): string => {
  const url = new URL(/^https?:\/\/\S+$/m.exec(text)![0]);
  return url.pathname + url.search;
};
