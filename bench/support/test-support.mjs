/** The launcher, page server and fixtures of the tests, which are TypeScript, for benchmarks. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

let loaded = 0;

/** Bundles and loads what `contents` exports; its imports are relative to tests/support. */
export const loadTestSupport = async (contents) => {
  const folder = fileURLToPath(new URL('../../tests/support', import.meta.url));
  const results = fileURLToPath(new URL('../results', import.meta.url));
  fs.mkdirSync(results, { recursive: true });
  const outfile = path.join(results, `test-support-${loaded++}.cjs`);
  await esbuild.build({
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    bundle: true,
    platform: 'node',
    packages: 'external',
    define: { __dirname: JSON.stringify(folder) },
    outfile,
  });
  return createRequire(import.meta.url)(outfile);
};
