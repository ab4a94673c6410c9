import type { Core } from '@strapi/strapi';
import { canonicalJson } from '../canonical-json';
import { pluginConfig } from '../config';
import { PLUGIN_ID } from '../constants';
import { retryConflicts } from '../database/retry-conflicts';
import { getService } from '../get-service';
import { keyedHash } from '../keys/keyed-hash';

const STORE_KEY = 'audited-settings';
/** What may hold a secret, a person's address or a path of the machine: that it changed is told, not to what. */
const HIDDEN = /^(keys|redis|geo\.database|rights\.erasureWebhooks|requests\.(from|replyTo|notify))\b/;

/** Settings by their path in the config, as JSON; hashes of what is hidden. */
type Known = Record<string, string>;

const leaves = (value: unknown, path: string[] = []): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
    : [[path.join('.'), value]];

const record = async (strapi: Core.Strapi): Promise<void> => {
  const store = strapi.store({ type: 'plugin', name: PLUGIN_ID });
  const key = await getService('keyRing', { strapi }).secret('audit-settings');
  const now: Known = Object.fromEntries(
    leaves(pluginConfig(strapi)).map(([path, value]) => {
      const json = canonicalJson(value);
      return [path, HIDDEN.test(path) ? JSON.stringify(keyedHash(key, path, json)) : json];
    }),
  );
  const before = (await store.get({ key: STORE_KEY })) as Known | null;
  if (canonicalJson(before) === canonicalJson(now)) return;
  await strapi.db.transaction(async () => {
    await store.set({ key: STORE_KEY, value: now });
    // The first start has nothing to compare with.
    if (!before) return;
    const valueOf = (known: Known, path: string): unknown =>
      known[path] === undefined ? null : JSON.parse(known[path]);
    await getService('audit', { strapi }).record({
      action: 'settings.change',
      actor: { type: 'system' },
      changes: [...new Set([...Object.keys(before), ...Object.keys(now)])].sort().map((path) => ({
        field: path,
        before: valueOf(before, path),
        after: valueOf(now, path),
        plain: !HIDDEN.test(path),
      })),
    });
  });
};

/**
 * Settings come with a deployment: what differs from those of the last start is recorded when Strapi starts.
 * Instances of a cluster start at the same moment.
 */
export const recordSettingChanges = (strapi: Core.Strapi): Promise<void> => retryConflicts(() => record(strapi));
