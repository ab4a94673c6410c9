/**
 * The whole build: the Strapi plugin, the browser files with their manifest, the npm package of the client,
 * and a report of their bytes, which fails above client/budgets.json.
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
import { pluginSources, setBuilt } from './build-stamps.mjs';
import { minify } from 'terser';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => path.join(root, ...parts);
const clientOnly = process.argv.includes('--client');

/** The chunks, by the name under which client and manifest know them; one may import those before it. */
const chunks = {
  banner: 'client/src/ui/banner.ts',
  dialog: 'client/src/ui/dialog.ts',
  declaration: 'client/src/ui/declaration.ts',
  placeholder: 'client/src/ui/placeholder.ts',
  embed: 'client/src/gate/embed.ts',
  aftermath: 'client/src/gate/aftermath.ts',
};

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

/** A chunk that another one imports stays a file of its own, so that shared code travels once. */
const otherChunks = (self, files) => ({
  name: 'other-chunks',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ path: specifier, resolveDir }) => {
      const file = path.relative(root, path.resolve(resolveDir, `${specifier}.ts`));
      const other = Object.keys(chunks).find((name) => name !== self && chunks[name] === file);
      return other && { path: `./${files[other]}`, external: true };
    });
  },
});

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

/** The text of one file with all it imports. terser comes last: it is 3 % smaller than esbuild alone. */
const bundle = async (entry, { parameters, ...more } = {}) => {
  const { outputFiles } = await esbuild.build({ ...options, entryPoints: [entry], write: false, ...more });
  const module = (more.format ?? options.format) === 'esm';
  const text = outputFiles[0].text;
  // Assigned, for a function expression that nobody uses would be minified to nothing.
  const { code } = await minify(parameters ? `_=function(${parameters}){${text}}` : text, {
    module: module && !parameters,
    ecma: 2020,
    compress: { passes: 3, inline: 1, booleans: false },
    format: { comments: false },
  });
  return parameters ? code.replace(/^_=(.*);$/s, '($1)') : code.replace(/;$/, '');
};

const hashOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 10);

const run = (command, args) => {
  const { status } = spawnSync(process.execPath, [command, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

/** dist/browser: what the server composes and serves. Returns the texts, by their name in the report. */
const buildBrowserFiles = async () => {
  const [core, client, compat, stub] = await Promise.all([
    bundle('client/src/core/create-desk.ts'),
    bundle('client/src/script.ts', { parameters: 'config,chunks' }),
    bundle('client/src/compat-django.ts', { format: 'iife' }),
    bundle('client/src/stub-script.ts', { format: 'iife', tsconfigRaw: {} }),
  ]);
  const gate = await bundle('client/src/gate/create-gate.ts');
  const manifest = { client: 'client.js', compat: { django: 'compat-django.js' }, stub: 'stub.js', chunks: {} };
  const parts = {};
  for (const [name, entry] of Object.entries(chunks)) {
    parts[name] = await bundle(entry, { plugins: [cssText, otherChunks(name, manifest.chunks)] });
    manifest.chunks[name] = `${name}.${hashOf(parts[name])}.js`;
  }
  const folder = at('dist/browser');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.join(folder, 'assets'), { recursive: true });
  const write = (name, text) => fs.writeFileSync(path.join(folder, name), text);
  write(manifest.client, client);
  write(manifest.compat.django, compat);
  write(manifest.stub, stub);
  for (const [name, text] of Object.entries(parts)) write(`assets/${manifest.chunks[name]}`, text);
  write('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
  return { core, gate, client, ...parts, 'compat-django': compat, stub };
};

/** client/dist: the npm package, whose chunks are dynamic imports of its own. */
const buildPackage = async () => {
  const folder = at('client/dist');
  fs.mkdirSync(folder, { recursive: true });
  // The types stay: `--client` does not make them.
  for (const file of fs.readdirSync(folder)) if (file.endsWith('.js')) fs.rmSync(path.join(folder, file));
  await esbuild.build({
    ...options,
    entryPoints: { index: 'client/src/index.ts' },
    outdir: 'client/dist',
    minify: true,
    splitting: true,
    chunkNames: '[name].[hash]',
  });
};

/** Writes the type declarations of `entry` and all that it reaches into one folder, with the extensions that node16 resolution asks for. */
const writeTypes = async (entry, folder) => {
  const { default: ts } = await import('typescript');
  const { config } = ts.readConfigFile(at('client/tsconfig.json'), ts.sys.readFile);
  const { options: settings } = ts.parseJsonConfigFileContent(config, ts.sys, at('client'));
  const program = ts.createProgram([at(entry)], { ...settings, noEmit: false, emitDeclarationOnly: true });
  const texts = new Map();
  program.emit(undefined, (file, text) => texts.set(path.basename(file), text), undefined, true);
  fs.mkdirSync(at(folder), { recursive: true });
  const reached = ['index.d.ts'];
  for (const name of reached) {
    const text = texts.get(name).replace(/(from ['"])(\.[^'"]*)(['"])/g, (_, before, specifier, after) => {
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
const report = async (texts) => {
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
  const sums = {
    'with ui': ['client', 'banner', 'dialog', 'declaration', 'texts (en)'],
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
    '\nclient = core + gate, one file; with ui = client, banner, dialog, declaration with their CSS, and the texts of one language.\n' +
      'Budgets: client/budgets.json, in bytes of brotli 11; of the stub in raw bytes.\n',
  );
  return kept;
};

const sources = pluginSources();
const texts = await buildBrowserFiles();
await buildPackage();
if (!clientOnly) {
  await writeTypes('client/src/index.ts', 'client/dist');
  run(at('node_modules/@strapi/sdk-plugin/bin/strapi-plugin.js'), ['build']);
  // strapi-plugin emits the types of each half alone; both refer to those of the contract beside them.
  for (const half of ['server', 'admin']) await writeTypes('contract/index.ts', `dist/${half}/contract`);
}
if (!(await report(texts))) {
  console.error('The browser files are over their budget (client/budgets.json).');
  process.exitCode = 1;
} else if (!clientOnly) {
  // The demo builds again only what has changed since.
  setBuilt('plugin', sources);
}
