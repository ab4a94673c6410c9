import fs from 'node:fs';
import path from 'node:path';

/** The files of `dist/browser`, which the build makes; see scripts/build.mjs. */
export interface BrowserFiles {
  /** Text of one function expression `(config, chunks, signals) => …`. */
  client: string;
  /** Text of a function expression that makes a signal of a vendor's manifest. */
  connect: string;
  /** By vendor, text of an expression that is its manifest. */
  signals: Record<string, string>;
  /** Text of the script that is added for `?compat=<name>`. */
  compat: Record<string, string>;
  stub: string;
  /** Text of one function expression `(client, chunks, base) => …`: what runs in a preview frame of the admin panel. */
  preview: string;
  /** File name of each chunk, for instance `banner.1a2b3c4d.js`. */
  chunks: Record<string, string>;
  /** Text of each chunk, by file name. */
  assets: Record<string, string>;
}

interface Manifest {
  client: string;
  connect: string;
  signals: Record<string, string>;
  compat: Record<string, string>;
  stub: string;
  preview: string;
  chunks: Record<string, string>;
}

/** The package's own folder: from `dist/server` as well as from the sources. */
const packageFolder = (): string => {
  for (let folder = __dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (!fs.existsSync(file)) continue;
    const { name } = JSON.parse(fs.readFileSync(file, 'utf8')) as { name?: string };
    if (name === 'strapi-plugin-privacy-desk') return folder;
  }
  throw new Error(`No package.json of strapi-plugin-privacy-desk above ${__dirname}`);
};

let read: BrowserFiles | undefined;

/**
 * Reads the browser files, once per process.
 *
 * @throws Error if they were not built
 */
export const browserFiles = (): BrowserFiles => {
  if (read) return read;
  const folder = path.join(packageFolder(), 'dist/browser');
  const text = (file: string) => fs.readFileSync(path.join(folder, file), 'utf8');
  if (!fs.existsSync(path.join(folder, 'manifest.json')))
    throw new Error(
      'The browser files of Privacy Desk are missing (dist/browser): build the plugin with `npm run build`',
    );
  const manifest = JSON.parse(text('manifest.json')) as Manifest;
  const expression = (file: string) => text(file).trim().replace(/;$/, '');
  read = {
    client: expression(manifest.client),
    connect: text(manifest.connect),
    signals: Object.fromEntries(Object.entries(manifest.signals).map(([vendor, file]) => [vendor, text(file)])),
    compat: Object.fromEntries(Object.entries(manifest.compat).map(([name, file]) => [name, text(file)])),
    stub: text(manifest.stub),
    preview: expression(manifest.preview),
    chunks: manifest.chunks,
    assets: Object.fromEntries(Object.values(manifest.chunks).map((file) => [file, text(`assets/${file}`)])),
  };
  return read;
};
