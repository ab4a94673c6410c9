/**
 * The bytes that the admin panel loads because of us: bundled as Strapi's own build does it (one file per dynamic import,
 * minified), with our run-time dependencies, without what Strapi has anyway (our peer dependencies).
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import esbuild from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => path.join(root, ...parts);

/** Outputs that are loaded together with one: itself and what it imports statically. */
const withImports = (outputs, name, seen = new Set()) => {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const { path: imported, kind, external } of outputs[name].imports)
    if (kind === 'import-statement' && !external) withImports(outputs, imported, seen);
  return seen;
};

/** Prints bytes of gzip and their budgets (admin/budgets.json); true when all are kept. */
export const reportAdminBytes = async () => {
  const { peerDependencies } = JSON.parse(fs.readFileSync(at('package.json'), 'utf8'));
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['admin/src/index.ts'],
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    write: false,
    metafile: true,
    outdir: 'admin-bytes',
    external: Object.keys(peerDependencies),
    logLevel: 'warning',
  });
  const { outputs } = metafile;
  const bytes = Object.fromEntries(
    outputFiles.map((file) => [path.relative(root, file.path), zlib.gzipSync(file.contents, { level: 9 }).length]),
  );
  /** The output that a source file is the beginning of. */
  const outputOf = (source) => Object.keys(outputs).find((name) => outputs[name].entryPoint === source);
  const closure = (...sources) => new Set(sources.flatMap((source) => [...withImports(outputs, outputOf(source))]));
  const gzip = (names) => [...names].reduce((sum, name) => sum + bytes[name], 0);

  const texts = (folder) =>
    fs
      .readdirSync(at(folder))
      .filter((file) => file.endsWith('.json'))
      .map((file) => `${folder}/${file}`)
      .sort((a, b) => bytes[outputOf(b)] - bytes[outputOf(a)])[0];
  const before = ['admin/src/index.ts', texts('admin/src/translations/menu')];
  const opened = [...before, 'admin/src/shell/index.ts', texts('admin/src/translations')];
  const pages = metafile.inputs['admin/src/shell/pages.ts'].imports
    .filter(({ kind }) => kind === 'dynamic-import')
    .map(({ path: source }) => path.basename(path.dirname(source)));
  /** The texts that only this page shows: a folder named as the page's (`PersonalData`: personal-data). */
  const textsOf = (page) => {
    const folder = `admin/src/translations/${page.replace(/\B[A-Z]/g, '-$&').toLowerCase()}`;
    return fs.existsSync(at(folder)) ? [texts(folder)] : [];
  };

  const budgets = JSON.parse(fs.readFileSync(at('admin/budgets.json'), 'utf8'));
  const rows = [
    { name: 'before opening', size: gzip(closure(...before)), budget: budgets['before opening'] },
    ...pages.map((page) => ({
      name: `first ${page}`,
      size: gzip(closure(...opened, `admin/src/pages/${page}/index.ts`, ...textsOf(page))),
      budget: budgets['first opening'],
    })),
  ];
  console.log(`\n${'admin bytes'.padEnd(24)}${'gzip'.padStart(8)}${'budget'.padStart(8)}`);
  for (const { name, size, budget } of rows)
    console.log(
      `${name.padEnd(24)}${String(size).padStart(8)}${String(budget).padStart(8)}${size > budget ? '  over budget' : ''}`,
    );
  console.log('\nfirst = everything of ours until that page stands, in the language with the longest texts.\n');
  return rows.every(({ size, budget }) => size <= budget);
};
