import type { Core } from '@strapi/types';
import { secret } from '../src/demo/secret';

export default ({ env }: Core.Config.Shared.ConfigParams) => ({
  host: env('HOST', '127.0.0.1'),
  port: env.int('PORT', 1337),
  app: { keys: env.array('APP_KEYS', [secret('APP_KEYS')]) },
  logger: { updates: { enabled: false }, startup: { enabled: env.bool('STARTUP_LOG', true) } },
});
