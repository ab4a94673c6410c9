/**
 * The whole build: the Strapi plugin, the browser files with their manifest, the npm package of the client,
 * and a report of their bytes, which fails above client/budgets.json and admin/budgets.json.
 *
 *   node scripts/build.mjs            everything
 *   node scripts/build.mjs --client   browser files and npm package without its types (about a second)
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import esbuild from 'esbuild';
import { reportAdminBytes } from './admin-bytes.mjs';
import { pluginSources, setBuilt } from './build-stamps.mjs';
import { minify } from 'terser';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => path.join(root, ...parts);
const clientOnly = process.argv.includes('--client');

/** The chunks, by the name under which client and manifest know them. None imports another: the desk hands over what they share. */
const chunks = {
  ui: 'client/src/ui/ui.ts',
  embed: 'client/src/gate/embed.ts',
  presets: 'client/src/ui/embed-presets.ts',
  choices: 'client/src/ui/choices.ts',
  request: 'client/src/request/request.ts',
  aftermath: 'client/src/aftermath/aftermath.ts',
};

/** Vendors that the client can tell of a decision: a file each in client/src/signals. */
const vendors = fs
  .readdirSync(at('client/src/signals'))
  .map((file) => path.parse(file).name)
  .filter((name) => !['connect', 'manifest'].includes(name));

/** Stylesheets are imported as minified text: a constructed stylesheet is the one way that no CSP forbids. */
const cssText = {
  name: 'css-text',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
      const { code } = await esbuild.transform(await fs.promises.readFile(file, 'utf8'), {
        loader: 'css',
        minify: true,
        target: 'chrome112',
      });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

const options = {
  absWorkingDir: root,
  bundle: true,
  minifySyntax: true,
  // Browsers since 2021.
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  format: 'esm',
  logLevel: 'warning',
  plugins: [cssText],
};

const compression = {
  booleans: false,
  lhs_constants: false,
  // Only what compresses better, and is what this code means: no prototype is patched, no function used as a constructor.
  unsafe: true,
  unsafe_arrows: true,
  unsafe_math: true,
};
/** Which of them gives the fewest bytes of brotli differs from file to file, so all are tried. */
const minifications = [
  { inline: 1, hoist_vars: true, passes: 2 },
  { inline: 1, hoist_vars: false, passes: 3 },
  { inline: 2, hoist_vars: false, passes: 3 },
  { inline: 1, hoist_vars: false, passes: 3, reduce_funcs: false },
  { inline: 1, hoist_vars: false, passes: 3, if_return: false, collapse_vars: false },
];

/** The text of one file with all it imports. terser comes last: it is 3 % smaller than esbuild alone. */
const bundle = async (entry, { parameters, ...more } = {}) => {
  const { outputFiles } = await esbuild.build({ ...options, entryPoints: [entry], write: false, ...more });
  const module = (more.format ?? options.format) === 'esm';
  const text = outputFiles[0].text;
  // Assigned, for a function expression that nobody uses would be minified to nothing.
  const source = parameters ? `_=function(${parameters}){${text}}` : text;
  const codes = await Promise.all(
    minifications.map(async (compress) => {
      const { code } = await minify(source, {
        module: module && !parameters,
        ecma: 2020,
        compress: { ...compression, ...compress },
        format: { comments: false },
      });
      return parameters ? code.replace(/^_=(.*);$/s, '($1)') : code.replace(/;$/, '');
    }),
  );
  return codes.reduce((least, next) => (brotli(next) < brotli(least) ? next : least));
};

/** The text of an expression that is what `entry` exports as default. */
const expression = async (entry) => {
  const { outputFiles } = await esbuild.build({ ...options, entryPoints: [entry], write: false });
  const text = outputFiles[0].text.replace(/export\s*\{\s*(\w+) as default\s*\};?\s*$/, 'return $1;');
  const { code } = await minify(`_=(()=>{${text}})()`, {
    ecma: 2020,
    compress: { passes: 3, booleans: false },
    format: { comments: false },
  });
  return code.replace(/^_=(.*?);?$/s, '($1)');
};

const hashOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 10);

const run = (command, args) => {
  const { status } = spawnSync(process.execPath, [command, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

/** dist/browser: what the server composes and serves. Returns the texts, by their name in the report. */
const buildBrowserFiles = async () => {
  const [core, client, compat, stub, preview] = await Promise.all([
    bundle('client/src/core/create-desk.ts'),
    bundle('client/src/script.ts', { parameters: 'config,chunks,signals' }),
    bundle('client/src/compat-django.ts', { format: 'iife' }),
    bundle('client/src/stub-script.ts', { format: 'iife', tsconfigRaw: {} }),
    bundle('client/src/preview/frame.ts', { parameters: 'client,chunks,base' }),
  ]);
  const gate = await bundle('client/src/gate/create-gate.ts');
  const react = await bundle('client/src/react.ts', { external: ['react'] });
  const manifest = {
    client: 'client.js',
    connect: 'connect.js',
    signals: {},
    compat: { django: 'compat-django.js' },
    stub: 'stub.js',
    preview: 'preview.js',
    chunks: {},
  };
  const connect = await expression('client/src/signals/connect.ts');
  const signals = {};
  for (const vendor of vendors) signals[vendor] = await expression(`client/src/signals/${vendor}.ts`);
  const parts = {};
  for (const [name, entry] of Object.entries(chunks)) {
    parts[name] = await bundle(entry);
    manifest.chunks[name] = `${name}.${hashOf(parts[name])}.js`;
  }
  const folder = at('dist/browser');
  fs.rmSync(folder, { recursive: true, force: true });
  for (const inner of ['assets', 'signals']) fs.mkdirSync(path.join(folder, inner), { recursive: true });
  const write = (name, text) => fs.writeFileSync(path.join(folder, name), text);
  write(manifest.client, client);
  write(manifest.compat.django, compat);
  write(manifest.stub, stub);
  write(manifest.preview, preview);
  write(manifest.connect, connect);
  for (const [vendor, text] of Object.entries(signals))
    write((manifest.signals[vendor] = `signals/${vendor}.js`), text);
  for (const [name, text] of Object.entries(parts)) write(`assets/${manifest.chunks[name]}`, text);
  write('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
  return { texts: { core, gate, client, ...parts, 'compat-django': compat, react, stub }, connect, signals };
};

/** client/dist: the npm package, whose chunks are dynamic imports of its own. */
const buildPackage = async () => {
  const folder = at('client/dist');
  fs.mkdirSync(folder, { recursive: true });
  // The types stay: `--client` does not make them.
  for (const file of fs.readdirSync(folder)) if (file.endsWith('.js')) fs.rmSync(path.join(folder, file));
  await esbuild.build({
    ...options,
    entryPoints: { index: 'client/src/index.ts', signals: 'client/src/signals.ts', react: 'client/src/react.ts' },
    external: ['react'],
    outdir: 'client/dist',
    minify: true,
    splitting: true,
    chunkNames: '[name].[hash]',
  });
};

/** Writes the type declarations of `entries` and all that they reach into one folder, with the extensions that node16 resolution asks for. */
const writeTypes = async (entries, folder) => {
  const { default: ts } = await import('typescript');
  const { config } = ts.readConfigFile(at('client/tsconfig.json'), ts.sys.readFile);
  const { options: settings } = ts.parseJsonConfigFileContent(config, ts.sys, at('client'));
  const program = ts.createProgram(
    entries.map((entry) => at(entry)),
    { ...settings, noEmit: false, emitDeclarationOnly: true },
  );
  const texts = new Map();
  program.emit(undefined, (file, text) => texts.set(path.basename(file), text), undefined, true);
  fs.mkdirSync(at(folder), { recursive: true });
  const reached = entries.map((entry) => `${path.parse(entry).name}.d.ts`);
  for (const name of reached) {
    const text = texts.get(name).replace(/((?:from |import\()['"])(\.[^'"]*)(['"])/g, (_, before, specifier, after) => {
      const target = path.basename(specifier);
      if (!reached.includes(`${target}.d.ts`)) reached.push(`${target}.d.ts`);
      return `${before}./${target}.js${after}`;
    });
    fs.writeFileSync(at(folder, name), text);
  }
};

const brotli = (text) =>
  zlib.brotliCompressSync(text, {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
    },
  }).length;

/** Prints bytes raw, gzip and brotli; true when all keep their budget. */
const report = async ({ texts, connect, signals }) => {
  const { outputFiles } = await esbuild.build({ ...options, entryPoints: ['contract/vendors.ts'], write: false });
  const { vendors: signalsOf } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  const budgets = JSON.parse(fs.readFileSync(at('client/budgets.json'), 'utf8'));
  const english = fs.readFileSync(at('server/src/catalogue/texts/en.json'), 'utf8');
  const rows = Object.entries({ ...texts, 'texts (en)': JSON.stringify(JSON.parse(english).ui) }).map(
    ([name, text]) => ({
      name,
      raw: Buffer.byteLength(text),
      gzip: zlib.gzipSync(text, { level: 9 }).length,
      brotli: brotli(text),
    }),
  );
  // What a vendor adds to the client as the server composes it: its code, and the usual settings.
  const composed = (settings, manifests) => {
    const text = `${texts.client}(${JSON.stringify({ signals: settings })},{},[${manifests}].map(${manifests && connect}))`;
    return [Buffer.byteLength(text), zlib.gzipSync(text, { level: 9 }).length, brotli(text)];
  };
  const without = composed({}, '');
  for (const [vendor, text] of Object.entries(signals)) {
    const grants = Object.fromEntries(
      Object.keys(signalsOf[vendor]).map((name) => [name, ['STATISTICS', 'STATISTICS/a-service']]),
    );
    const [raw, gzip, small] = composed({ [vendor]: { grants } }, text).map((size, unit) => size - without[unit]);
    rows.push({ name: `+ ${vendor}`, raw, gzip, brotli: small });
  }
  const sums = {
    'with ui': ['client', 'ui', 'texts (en)'],
    everything: ['client', ...Object.keys(chunks), 'texts (en)'],
  };
  for (const [name, parts] of Object.entries(sums)) {
    const sum = (unit) => rows.filter((row) => parts.includes(row.name)).reduce((total, row) => total + row[unit], 0);
    rows.push({ name, raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') });
  }
  let kept = true;
  console.log(`\n${'bytes'.padEnd(16)}${['raw', 'gzip', 'brotli', 'budget'].map((head) => head.padStart(8)).join('')}`);
  for (const { name, raw, gzip, brotli } of rows) {
    const budget = budgets[name];
    // The stub stands in the page's own HTML, so its plain bytes count.
    const over = budget !== undefined && (name === 'stub' ? raw : brotli) > budget;
    kept &&= !over;
    const cells = [raw, gzip, brotli, budget ?? ''].map((cell) => String(cell).padStart(8)).join('');
    console.log(`${name.padEnd(16)}${cells}${over ? '  over budget' : ''}`);
  }
  console.log(
    '\nclient = core + gate, one file; + vendor = what its signals add to that; with ui = client, ui (banner, dialog, declaration, with their CSS), and the texts of one language.\n' +
      'Budgets: client/budgets.json, in bytes of brotli 11; of the stub in raw bytes.\n',
  );
  return kept;
};

const sources = pluginSources();
const built = await buildBrowserFiles();
await buildPackage();
if (!clientOnly) {
  await writeTypes(['client/src/index.ts', 'client/src/signals.ts', 'client/src/react.ts'], 'client/dist');
  run(at('node_modules/@strapi/sdk-plugin/bin/strapi-plugin.js'), ['build']);
  // strapi-plugin emits the types of each half alone; both refer to those of the contract beside them.
  for (const half of ['server', 'admin']) await writeTypes(['contract/index.ts'], `dist/${half}/contract`);
}
if (!(await report(built))) {
  console.error('The browser files are over their budget (client/budgets.json).');
  process.exitCode = 1;
} else if (!clientOnly && !(await reportAdminBytes())) {
  console.error('The admin panel is over its budget (admin/budgets.json).');
  process.exitCode = 1;
} else if (!clientOnly) {
  // The demo builds again only what has changed since.
  setBuilt('plugin', sources);
}
