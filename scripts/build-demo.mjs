import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root, run } from './install.mjs';

const at = (...parts) => path.join(root, ...parts);
const stampFile = at('playground/strapi/dist/.privacy-desk-build.json');

const filesIn = (place) => {
  const full = at(place);
  if (!fs.existsSync(full)) return [];
  if (fs.statSync(full).isFile()) return [place];
  return fs
    .readdirSync(full, { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'dist'].includes(name))
    .flatMap(({ name }) => filesIn(path.join(place, name)))
    .sort();
};

/** A hash of what files say, so that neither a checkout nor a touch makes anything stale. */
const hashOf = (...places) => {
  const hash = createHash('sha256');
  for (const file of places.flatMap(filesIn))
    hash
      .update(file)
      .update('\0')
      .update(fs.readFileSync(at(file)));
  return hash.digest('hex');
};

/** Builds the plugin, and the demo's Strapi with its admin panel, as far as their sources changed since the last time. */
export const ensureDemoBuilt = () => {
  const stamp = fs.existsSync(stampFile) ? JSON.parse(fs.readFileSync(stampFile, 'utf8')) : {};
  // Written after each step: a later one that fails does not undo what is done.
  const done = (key, value) => {
    stamp[key] = value;
    fs.mkdirSync(path.dirname(stampFile), { recursive: true });
    fs.writeFileSync(stampFile, JSON.stringify(stamp));
  };
  const playground = 'playground/strapi';

  const plugin = hashOf(
    'contract',
    'server',
    'admin',
    'client',
    'scripts/build.mjs',
    'package.json',
    'package-lock.json',
  );
  if (stamp.plugin !== plugin || !fs.existsSync(at('dist/server/index.js'))) {
    console.log('Building the plugin (about a minute) …');
    run(process.execPath, ['scripts/build.mjs']);
    done('plugin', plugin);
  }

  const panel = hashOf(
    'contract',
    'admin',
    `${playground}/src/admin`,
    `${playground}/package.json`,
    'package-lock.json',
  );
  const application = hashOf(`${playground}/config`, `${playground}/src`, `${playground}/tsconfig.json`);
  if (stamp.panel !== panel || !fs.existsSync(at(playground, 'dist/build/index.html'))) {
    console.log('Building Strapi’s admin panel (about a minute) …');
    run(process.execPath, [at('node_modules/@strapi/strapi/bin/strapi.js'), 'build'], {
      cwd: at(playground),
      env: { ...process.env, NODE_ENV: 'production', STRAPI_TELEMETRY_DISABLED: 'true' },
    });
    // It emptied the folder that the stamp is in.
    done('panel', panel);
    done('application', application);
  } else if (stamp.application !== application) {
    run(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', at(playground)]);
    done('application', application);
  }
};
