import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '@strapi/strapi';
import { pluginConfig } from '../config';
import { getService } from '../get-service';
import { createClientAddress, network } from './client-address';
import { sendFailure } from './failure';
import { createMemoryLimiter, createSharedLimiter, type RateLimit, type RateLimiter } from './rate-limit';

/** What requests are counted by; `limiter` null: they are not. */
export interface LimitedRequests {
  limiter: RateLimiter | null;
  addressOf: (request: IncomingMessage) => string;
}

/**
 * Counts requests by address; not at all with `RATE_LIMIT=off` in the environment.
 *
 * @param nameOf a keyed hash of an address, under which instances count together
 * @param rateLimit how many; as `consents.rateLimit` of the configuration says unless it is given
 */
export const createLimitedRequests = (
  strapi: Core.Strapi,
  nameOf: (address: string) => string,
  rateLimit: RateLimit = pluginConfig(strapi).consents.rateLimit,
): LimitedRequests => {
  const redis = getService('redis', { strapi });
  const count = redis.configured()
    ? createSharedLimiter(rateLimit, redis.count, nameOf)
    : createMemoryLimiter(rateLimit);
  return {
    limiter: process.env.RATE_LIMIT === 'off' ? null : (address) => count(network(address)),
    addressOf: createClientAddress(strapi),
  };
};

/** Calls `next`, or answers 429 when the address did too much. */
export const withinLimit = (
  { limiter, addressOf }: LimitedRequests,
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
): void => {
  if (!limiter) return next();
  const decide = (seconds: number): void =>
    seconds > 0
      ? sendFailure(response, {
          status: 429,
          message: 'Too many requests from this address',
          headers: { 'Retry-After': String(seconds) },
        })
      : next();
  const seconds = limiter(addressOf(request));
  if (typeof seconds === 'number') decide(seconds);
  else seconds.then(decide, next);
};
