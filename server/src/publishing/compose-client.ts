import type { SlimConfig } from '../../../contract';
import type { BrowserFiles } from './browser-files';

/**
 * The text of `client.js` for a site in a language: the client, called with the config, with the addresses of its chunks,
 * and with the vendors that the site tells of decisions, and no others.
 */
export const composeClient = ({ client, connect, signals, chunks }: BrowserFiles, config: SlimConfig): string => {
  const manifests = Object.keys(config.signals ?? {}).flatMap((vendor) => signals[vendor] ?? []);
  const told = manifests.length > 0 ? `[${manifests.join()}].map(${connect})` : '[]';
  return `${client}(${JSON.stringify(config)},${JSON.stringify(chunks)},${told});\n`;
};
