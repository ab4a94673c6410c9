import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import type { ChoiceStorage, ConsentConfig } from '../../contract/consent-config';
import { readChoice } from '../../server/src/choice/choice-post';
import { sameOrigin } from '../../server/src/choice/same-origin';
import { setCookie } from '../../server/src/choice/set-cookie';
import { browserFiles } from '../../server/src/publishing/browser-files';
import { composeClient } from '../../server/src/publishing/compose-client';
import { consentConfig, slimConfig } from '../fixtures/consent-config';

const root = path.resolve(__dirname, '../..');
const built = path.join(root, 'dist/browser');

/** Where Chrome and Chromium usually live. */
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .map((folder) => path.join(folder, 'Google/Chrome/Application/chrome.exe')),
];

/** The Chromium to test with: `CHROMIUM_PATH`, else one that is installed, else Playwright's own. @throws Error with the command that installs one */
export const findChromium = (): string => {
  const found = [process.env.CHROMIUM_PATH, ...usualPlaces, chromium.executablePath()].find(
    (file) => file && fs.existsSync(file),
  );
  if (!found)
    throw new Error(
      'No Chromium found: run `npx playwright-core install chromium`, or set CHROMIUM_PATH to a Chrome or Chromium.',
    );
  return found;
};

/** Starts Chromium without a window and without traffic of its own. */
export const launchBrowser = (...more: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });

/** The nonce of all test pages. */
export const nonce = 'dGVzdHM';

/** The strictest policy that a website with nonces can have. */
export const strictCsp = [
  "default-src 'self'",
  `script-src 'nonce-${nonce}' 'strict-dynamic'`,
  `style-src 'nonce-${nonce}'`,
  "object-src 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types privacy-desk',
].join('; ');

/** What a test page is made of. */
export interface TestPage {
  body?: string;
  head?: string;
  lang?: string;
  dir?: 'rtl';
  /** `Content-Security-Policy`; violations are reported by the page as `securitypolicyviolation` events. */
  csp?: string;
  /** What stands for `?…` of the client's script: site and locale. `false`: a page without our client. */
  client?: string | false;
}

export interface PageServer {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** Paths with query that were asked for, in order. */
  requests: string[];
  close(): Promise<void>;
}

/** `details` is how `/config` answers: with the config, with an error, or never. */
export interface TestSite {
  config: ConsentConfig;
  details?: 'fail' | 'hang';
}

/** Answers `POST /choice` as the plugin does. */
const renew = async (request: http.IncomingMessage, response: http.ServerResponse, storage: ChoiceStorage) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const read = readChoice(JSON.parse(body));
  const origin = sameOrigin(request.headers, []);
  if ('problems' in read || !origin) return response.writeHead(403).end();
  response.writeHead(204, { 'Set-Cookie': setCookie(storage, read.choice.value, storage.maxAgeSeconds, origin) }).end();
};

const document = ({ body = '', head = '', lang = 'en', dir, client = '' }: TestPage) => `<!doctype html>
<html lang="${lang}"${dir ? ` dir="${dir}"` : ''}><head><meta charset="utf-8"><title>Test page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
${client === false ? '' : `<script nonce="${nonce}" src="/privacy-desk/client.js?${client}"></script>`}
${head}</head><body>${body}</body></html>`;

/**
 * Serves test pages together with the built client as the plugin would:
 * `/privacy-desk/client.js?site=&locale=`, `/privacy-desk/config`, `POST /privacy-desk/choice` and `/privacy-desk/assets/…` from dist/browser.
 * A site that is not given has the fixture's config in the locale that is asked for.
 * Other files: `/modules/…` is node_modules. @throws Error when the client has not been built
 */
export const startPages = async (
  pages: Record<string, TestPage>,
  sites: Record<string, TestSite> = {},
): Promise<PageServer> => {
  if (!fs.existsSync(path.join(built, 'manifest.json')))
    throw new Error('The client is not built: run `node scripts/build.mjs --client`.');
  const requests: string[] = [];
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    requests.push(url.pathname + url.search);
    const send = (type: string, body: string | Buffer, headers: Record<string, string> = {}) =>
      response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8`, ...headers }).end(body);
    const site: TestSite = sites[url.searchParams.get('site') ?? ''] ?? {
      config: consentConfig(url.searchParams.get('locale') ?? 'en'),
    };
    const page = pages[url.pathname];
    if (page) return send('text/html', document(page), page.csp ? { 'Content-Security-Policy': page.csp } : {});
    switch (url.pathname) {
      case '/privacy-desk/client.js': {
        const slim = { ...slimConfig(site.config), site: url.searchParams.get('site') ?? 'default' };
        return send('text/javascript', composeClient(browserFiles(), slim));
      }
      case '/privacy-desk/config':
        if (site.details === 'hang') return;
        if (site.details === 'fail') return response.writeHead(500).end();
        return send('application/json', JSON.stringify(site.config), { 'Access-Control-Allow-Origin': '*' });
      case '/privacy-desk/choice':
        return void renew(request, response, site.config.choice);
      case '/favicon.ico':
        return response.writeHead(204).end();
    }
    const file = url.pathname.startsWith('/modules/')
      ? path.join(root, 'node_modules', path.normalize(url.pathname.slice('/modules'.length)))
      : path.join(built, path.normalize(url.pathname.replace('/privacy-desk/', '/')));
    const type = file.endsWith('.css') ? 'text/css' : 'text/javascript';
    return fs.existsSync(file) ? send(type, fs.readFileSync(file)) : response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
};
