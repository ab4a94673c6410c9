import type { Core } from '@strapi/strapi';
import { pluginConfig } from '../config';
import { getService } from '../get-service';
import { answerFirst } from '../http/answer-first';
import { createLimitedRequests, type LimitedRequests } from '../http/limited-requests';
import { publicPaths } from '../http/public-paths';
import { keyedHash } from '../keys/keyed-hash';
import { choiceEndpoint } from './endpoint';

/** Has visitors' choices set as cookies by a server, which Safari keeps for longer than those of scripts. */
export const createChoiceService = ({ strapi }: { strapi: Core.Strapi }) => {
  let limited: LimitedRequests | null = null;
  let off = (): void => {};

  return {
    /** Puts the endpoint in front of Koa; for `register()`. Before `start` it answers 503. */
    answer(): void {
      if (!pluginConfig(strapi).choiceEndpoint) return;
      const { current } = getService('publishing', { strapi });
      const handler = choiceEndpoint(publicPaths(strapi), current, () => limited);
      off = answerFirst(strapi.server.httpServer, handler);
    },

    /** The key ring has to be open. */
    async start(): Promise<void> {
      if (!pluginConfig(strapi).choiceEndpoint) return;
      const key = await getService('keyRing', { strapi }).secret('subject-hashes');
      limited = createLimitedRequests(strapi, (address) => keyedHash(key, 'rate limit of choices', address));
    },

    stop(): void {
      off();
      limited = null;
    },
  };
};
