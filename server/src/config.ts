import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { PLUGIN_ID } from './constants';

const YEAR_SECONDS = 365 * 86_400;
const NUMBER = 'must be a number of seconds';
const seconds = z.number(NUMBER).int('must be whole seconds').min(0).max(YEAR_SECONDS);

const schema = z.strictObject({
  /** What browsers and proxies may do with the public config and script; in seconds. */
  cache: z.strictObject({
    maxAgeSeconds: seconds,
    staleWhileRevalidateSeconds: seconds,
    staleIfErrorSeconds: seconds,
  }),
  /** How often changes are looked for that another process made, in seconds. */
  pollIntervalSeconds: z.number(NUMBER).min(0.1).max(3600),
  /** Whether a first boot creates the default site and the three built-in categories. */
  seed: z.boolean('must be true or false'),
});

export type PluginConfig = z.infer<typeof schema>;

const defaults: PluginConfig = {
  cache: { maxAgeSeconds: 60, staleWhileRevalidateSeconds: 600, staleIfErrorSeconds: 604_800 },
  pollIntervalSeconds: 2,
  seed: true,
};

const knownKeys = (keys: PropertyKey[]): string => {
  const group = keys.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], defaults);
  return Object.keys(group as object).join(', ');
};

/** The plugin's configuration (`config/plugins`, key `privacy-desk`); Strapi merges the user's over these defaults. */
export default {
  default: defaults,
  validator(config: unknown): void {
    const { error } = schema.safeParse(config);
    if (!error) return;
    const problems = error.issues.map((issue) => {
      const field = ['config', ...issue.path].join('.');
      return issue.code === 'unrecognized_keys'
        ? `${field}: unknown ${issue.keys.join(', ')}; known are ${knownKeys(issue.path)}`
        : `${field}: ${issue.message}`;
    });
    throw new Error(problems.join('\n'));
  },
};

export const pluginConfig = (strapi: Core.Strapi): PluginConfig =>
  strapi.config.get<PluginConfig>(`plugin::${PLUGIN_ID}`);
