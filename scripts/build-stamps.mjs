import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';

const file = path.join(root, 'node_modules/.privacy-desk-build.json');

const filesIn = (place) => {
  const full = path.join(root, place);
  if (!fs.existsSync(full)) return [];
  if (fs.statSync(full).isFile()) return [place];
  return fs
    .readdirSync(full, { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'dist'].includes(name))
    .flatMap(({ name }) => filesIn(path.join(place, name)))
    .sort();
};

/** A hash of what files say, so that neither a checkout nor a touch makes anything stale. */
export const hashOf = (...places) => {
  const hash = createHash('sha256');
  for (const name of places.flatMap(filesIn))
    hash
      .update(name)
      .update('\0')
      .update(fs.readFileSync(path.join(root, name)));
  return hash.digest('hex');
};

/** Hash of all that the plugin is built from. */
export const pluginSources = () =>
  hashOf('contract', 'server', 'admin', 'client', 'scripts/build.mjs', 'package.json', 'package-lock.json');

const read = () => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {});

/** Whether a build was made from just these sources. */
export const isBuilt = (name, sources) => read()[name] === sources;

/** Notes that a build was made; `sources` is the hash from before it began. */
export const setBuilt = (name, sources) => fs.writeFileSync(file, JSON.stringify({ ...read(), [name]: sources }));
