import { createRequire } from 'node:module';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import type { Redis } from 'ioredis';
import { pluginConfig } from './config';
import { failureName } from './failure-name';

/** Nobody waits longer for what can be done without Redis. */
const COMMAND_TIMEOUT_MS = 300;

/** `ioredis` is an optional dependency: of this package, else of the application. */
const loadRedis = (strapi: Core.Strapi): typeof Redis => {
  for (const from of [__filename, path.join(strapi.dirs.app.root, 'package.json')])
    try {
      return (createRequire(from)('ioredis') as { Redis: typeof Redis }).Redis;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  throw new Error('config.redis.url is set, and the package ioredis is not installed: npm install ioredis');
};

/** What instances share besides the database. Everything works on without it, only slower or each for itself. */
export const createRedisService = ({ strapi }: { strapi: Core.Strapi }) => {
  let commands: Redis | null = null;
  let subscriber: Redis | null = null;
  let failing = false;
  const prefix = (): string => `${pluginConfig(strapi).redis.prefix}:`;

  const connect = (RedisClient: typeof Redis, url: string): Redis => {
    const client = new RedisClient(url, {
      commandTimeout: COMMAND_TIMEOUT_MS,
      maxRetriesPerRequest: 1,
      enableOfflineQueue: false,
      retryStrategy: (times) => Math.min(times * 200, 5000),
    });
    client.on('error', (error) => {
      if (!failing) strapi.log.warn(`Privacy Desk works without Redis for now: ${failureName(error)}`);
      failing = true;
    });
    client.on('ready', () => {
      failing = false;
    });
    return client;
  };

  return {
    /** Connects if `config.redis.url` or the environment's `PRIVACY_DESK_REDIS_URL` says where. */
    start(): void {
      const url = process.env.PRIVACY_DESK_REDIS_URL || pluginConfig(strapi).redis.url;
      if (!url) return;
      const RedisClient = loadRedis(strapi);
      commands = connect(RedisClient, url);
      subscriber = connect(RedisClient, url);
    },

    stop(): void {
      commands?.disconnect();
      subscriber?.disconnect();
      commands = subscriber = null;
    },

    /** Whether there is one at all. */
    configured: (): boolean => commands !== null,

    /**
     * Counts one more under a name that is forgotten after some seconds.
     *
     * @returns the count, or null if Redis cannot be asked
     */
    async count(name: string, seconds: number): Promise<number | null> {
      if (commands?.status !== 'ready') return null;
      const key = prefix() + name;
      try {
        const answers = await commands.multi().incr(key).expire(key, seconds).exec();
        const count = answers?.[0]?.[1];
        return typeof count === 'number' ? count : null;
      } catch {
        return null;
      }
    },

    /** Tells the other instances. It may not reach them. */
    publish(channel: string, message: string): void {
      if (commands?.status === 'ready') commands.publish(prefix() + channel, message).catch(() => {});
    },

    /** Calls `listener` with what any instance publishes, this one included. */
    subscribe(channel: string, listener: (message: string) => void): void {
      const name = prefix() + channel;
      subscriber?.on('message', (from, message) => from === name && listener(message));
      // Subscribed again after each reconnection.
      subscriber?.on('ready', () => void subscriber?.subscribe(name).catch(() => {}));
      if (subscriber?.status === 'ready') void subscriber.subscribe(name).catch(() => {});
    },
  };
};
