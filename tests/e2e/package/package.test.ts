import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import esbuild from 'esbuild';

const root = path.resolve(__dirname, '../../..');
let app: string;

/** An app of its own that has installed the packed package, and nothing else. */
beforeAll(() => {
  if (!fs.existsSync(path.join(root, 'client/dist/index.d.ts')))
    throw new Error('The package is not built: run `npm run build`.');
  app = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-app-'));
  const installed = path.join(app, 'node_modules/privacy-desk-client');
  fs.mkdirSync(installed, { recursive: true });
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', app], {
      cwd: path.join(root, 'client'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ filename: string }];
  execFileSync('tar', ['-xzf', path.join(app, filename), '-C', installed, '--strip-components=1']);
  fs.writeFileSync(path.join(app, 'package.json'), JSON.stringify({ type: 'module' }));
  // The optional peer.
  fs.mkdirSync(path.join(app, 'node_modules/@types'));
  for (const peer of ['react', '@types/react'])
    fs.symlinkSync(path.join(root, 'node_modules', peer), path.join(app, 'node_modules', peer), 'junction');
  fs.writeFileSync(
    path.join(app, 'app.ts'),
    `import { createPrivacyDesk, type Change, type PrivacyDesk, type PrivacyDeskOptions } from 'privacy-desk-client';
import { Embed, Gate, PrivacyDeskProvider, useConsent, usePreference, type EmbedProps } from 'privacy-desk-client/react';
import { google, meta } from 'privacy-desk-client/signals';
const options: PrivacyDeskOptions = { endpoint: 'https://cms.example.com/api/privacy-desk', locale: 'de', signals: [google, meta] };
const desk: PrivacyDesk = createPrivacyDesk(options);
const allowed: boolean = desk.getPreference('STATISTICS');
const stop: () => void = desk.onChange(({ preferences, source }: Change) => console.log(preferences.STATISTICS, source));
// @ts-expect-error what is not boolean is no decision
desk.setPreference('STATISTICS', 'yes');
stop();
console.log(allowed, Gate, Embed, PrivacyDeskProvider);
export const useBoth = (): [boolean, () => void] => [usePreference('STATISTICS'), useConsent().acceptAll];
export const film: EmbedProps = { category: 'MARKETING', service: 'youtube', id: '1', title: 'Film' };
// @ts-expect-error a service needs an id
export const nothing: EmbedProps = { category: 'MARKETING', service: 'youtube', title: 'Film' };
`,
  );
});
afterAll(() => fs.rmSync(app, { recursive: true, force: true }));

describe('The packed npm package', () => {
  test.each([
    ['bundler', 'ESNext'],
    ['node16', 'Node16'],
  ])('has types for moduleResolution %s', (moduleResolution, module) => {
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const settings = ['--strict', '--noEmit', '--target', 'es2022', '--lib', 'es2022,dom'];
    const { stdout } = spawnSync(
      process.execPath,
      [tsc, ...settings, '--module', module, '--moduleResolution', moduleResolution, 'app.ts'],
      { cwd: app, encoding: 'utf8' },
    );
    expect(stdout).toBe('');
  });

  test('can be imported on a server, where it denies everything and touches nothing', () => {
    const script = `
      globalThis.fetch = () => { throw new Error('fetched'); };
      const { createPrivacyDesk } = await import('privacy-desk-client');
      const desk = createPrivacyDesk({ endpoint: 'https://cms.example.com/api/privacy-desk' });
      desk.setPreference('STATISTICS', true);
      desk.onChange(() => {})();
      await desk.ready;
      console.log(JSON.stringify([desk.getPreference('ESSENTIALS'), desk.getPreferences(), desk.hasDecided(), typeof window]));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: app,
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual([false, {}, false, 'undefined']);
  });

  const bundled = async (contents: string): Promise<string> => {
    const { outputFiles } = await esbuild.build({
      stdin: { contents, resolveDir: app },
      bundle: true,
      format: 'esm',
      external: ['react'],
      write: false,
    });
    return outputFiles[0]!.text;
  };

  test('leaves out of a bundle the vendors that are not imported', async () => {
    const text = await bundled("import { meta } from 'privacy-desk-client/signals'; console.log(meta);");
    expect(text).toContain('fbq');
    for (const other of ['dataLayer', 'uetq', 'posthog', '_paq', 'ttq']) expect(text).not.toContain(other);
  });

  test('leaves out of a bundle the parts for React that are not imported, and the client itself', async () => {
    const text = await bundled(
      "import { usePreference } from 'privacy-desk-client/react'; console.log(usePreference);",
    );
    expect(text).toContain('useSyncExternalStore');
    for (const other of ['noscript', 'acceptAll"', 'createPrivacyDesk', 'MutationObserver'])
      expect(text).not.toContain(other);
  });

  test('has what Next.js asks of modules with hooks, and can be imported on a server without React’s DOM', () => {
    const file = path.join(app, 'node_modules/privacy-desk-client/dist/react.js');
    expect(fs.readFileSync(file, 'utf8')).toMatch(/^["']use client["'];/);
    const script = "console.log(Object.keys(await import('privacy-desk-client/react')).join())";
    expect(
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: app, encoding: 'utf8' }).trim(),
    ).toBe('Embed,Gate,PrivacyDeskProvider,useConsent,usePreference');
  });

  test('depends on nothing', () => {
    const manifest = JSON.parse(
      fs.readFileSync(path.join(app, 'node_modules/privacy-desk-client/package.json'), 'utf8'),
    ) as Record<string, unknown>;
    expect(manifest.dependencies).toBeUndefined();
  });
});
