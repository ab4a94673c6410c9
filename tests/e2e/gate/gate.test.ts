import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { consentConfig } from '../../fixtures/consent-config';
import { launchBrowser, nonce, startPages, strictCsp, type PageServer } from '../../support/browser';

let browser: Browser;
let pages: PageServer;
/** Notes what runs, in order. */
let scripts: http.Server;
let scriptsOrigin: string;

const tell = (what: string) => `(window.ran = window.ran || []).push('${what}')`;
const gated = (key: string, rest: string, text = '') =>
  `<script type="text/plain" data-privacy="${key}" ${rest}>${text}</script>`;
const external = (what: string, ms = 0) => `data-src="${scriptsOrigin}/tell.js?${what}&${ms}"`;
/** Our script without a nonce. */
const plainClient = '<script src="/privacy-desk/client.js?"></script>';
const withNonce = `nonce="${nonce}"`;

const mixed = (attributes: string) =>
  [
    gated('STATISTICS', attributes, tell('1')),
    gated('STATISTICS', `${attributes} ${external('2', 150)}`),
    gated('STATISTICS', `${attributes} ${external('3')}`),
    gated('STATISTICS', attributes, tell('4')),
    gated('STATISTICS', `${attributes} ${external('deferred')} defer`),
    gated('STATISTICS', `${attributes} data-type="module"`, tell('module')),
    `<template data-privacy="STATISTICS"><script ${attributes}>${tell('5')}</script><script ${attributes} src="${scriptsOrigin}/tell.js?6&100"></script><script ${attributes}>${tell('7')}</script></template>`,
  ].join('\n');

beforeAll(async () => {
  scripts = http.createServer((request, response) => {
    const [what, ms] = (request.url ?? '').split('?')[1]!.split('&');
    setTimeout(() => response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(tell(what!)), Number(ms));
  });
  await new Promise<void>((listening) => scripts.listen(0, '127.0.0.1', listening));
  scriptsOrigin = `http://127.0.0.1:${(scripts.address() as AddressInfo).port}`;
  browser = await launchBrowser();
  pages = await startPages(
    {
      '/': { client: false, head: plainClient, body: mixed('') },
      '/csp': { body: mixed(withNonce), csp: strictCsp },
      '/injected': {
        body: `${gated('STATISTICS', '', tell('without nonce'))}${gated('STATISTICS', withNonce, tell('with nonce'))}`,
        csp: strictCsp,
      },
      '/throws': {
        client: false,
        head: plainClient,
        body: `${gated('STATISTICS', '', "throw new Error('theirs')")}${gated('STATISTICS', '', tell('next'))}`,
      },
      '/embed': {
        body: '<iframe data-privacy="MARKETING" data-src="/framed" width="400" height="300" title="Film"></iframe>',
        csp: strictCsp,
      },
      '/framed': { client: false, body: '<p>framed</p>' },
      '/async': {
        client: false,
        head: '<script async src="/privacy-desk/client.js?"></script>',
        body: gated('STATISTICS', '', tell('async client')),
      },
      '/reload': {
        client: false,
        head: '<script src="/privacy-desk/client.js?site=reload"></script>',
        body: gated('STATISTICS', '', `${tell('statistics')};document.cookie='_ga=1';document.cookie='mine=1'`),
      },
      '/opt-out': {
        client: false,
        head: '<script src="/privacy-desk/client.js?site=opt-out"></script>',
        body: gated('STATISTICS', '', tell('by default')),
      },
    },
    {
      'opt-out': { config: consentConfig('en', { regime: 'opt-out' }) },
      reload: { config: consentConfig('en', { reloadOnWithdrawal: true }) },
    },
  );
});
afterAll(async () => {
  await browser.close();
  await pages.close();
  scripts.closeAllConnections();
  await new Promise((closed) => scripts.close(closed));
});

/** A visitor's page of its own, which notes CSP violations and errors. */
const open = async (path: string): Promise<{ page: Page; problems: string[] }> => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.exposeFunction('problem', (text: string) => problems.push(text));
  await page.addInitScript(() => {
    const tellProblem = (text: string) => (window as unknown as { problem(text: string): void }).problem(text);
    document.addEventListener(
      'securitypolicyviolation',
      ({ violatedDirective, blockedURI, sample, sourceFile, lineNumber, columnNumber }) =>
        tellProblem(`${violatedDirective}: ${blockedURI} ${sample} ${sourceFile}:${lineNumber}:${columnNumber}`),
    );
    document.addEventListener('privacy-desk:error', (event) =>
      tellProblem(String((event as CustomEvent<{ error: unknown }>).detail.error)),
    );
  });
  await page.goto(pages.origin + path);
  return { page, problems };
};
const ran = (page: Page) => page.evaluate(() => (window as unknown as { ran?: string[] }).ran ?? []);
const ranAll = (page: Page, count: number) =>
  page.waitForFunction((n) => ((window as unknown as { ran?: string[] }).ran ?? []).length >= n, count);

describe.each([
  ['without a policy', '/'],
  ['under a strict CSP with nonces and Trusted Types', '/csp'],
])('Gated scripts %s', (_, path) => {
  const all = ['1', '2', '3', '4', 'deferred', 'module', '5', '6', '7'];

  test('run after the decision, in the order of the document', async () => {
    const { page, problems } = await open(path);
    await page.evaluate(() => window.privacyDesk.ready);
    await page.waitForLoadState('networkidle');
    expect(await ran(page)).toEqual([]);
    await page.evaluate(() => window.privacyDesk.acceptAll());
    await ranAll(page, all.length);
    const order = await ran(page);
    expect(order.filter((what) => /\d/.test(what))).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect([...order].sort()).toEqual([...all].sort());
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('run while the page is parsed, on the next visit', async () => {
    const { page, problems } = await open(path);
    await page.evaluate(() => window.privacyDesk.acceptAll());
    await page.reload();
    await ranAll(page, all.length);
    expect((await ran(page)).filter((what) => /\d/.test(what))).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

test('Gating is no way around the CSP: a script without the nonce never runs', async () => {
  const { page } = await open('/injected');
  await page.evaluate(() => window.privacyDesk.acceptAll());
  await ranAll(page, 1);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.type = 'text/plain';
    script.dataset.privacy = 'STATISTICS';
    document.body.append(script);
  });
  await page.waitForTimeout(100);
  expect(await ran(page)).toEqual(['with nonce']);
  await page.context().close();
});

test('A gated script that throws stops no other', async () => {
  const { page, problems } = await open('/throws');
  await page.evaluate(() => window.privacyDesk.acceptAll());
  await ranAll(page, 1);
  expect(await ran(page)).toEqual(['next']);
  expect(problems).toEqual(['theirs']);
  await page.context().close();
});

test('What is on by default runs without a decision, and not after a refusal', async () => {
  const { page } = await open('/opt-out');
  await ranAll(page, 1);
  await page.evaluate(() => window.privacyDesk.rejectAll());
  await page.reload();
  await page.evaluate(() => window.privacyDesk.ready);
  await page.waitForTimeout(100);
  expect(await ran(page)).toEqual([]);
  await page.context().close();
});

test('A client that is loaded asynchronously picks up what is there', async () => {
  const { page, problems } = await open('/async');
  await page.waitForFunction(() => window.privacyDesk);
  await page.evaluate(() => window.privacyDesk.acceptAll());
  await ranAll(page, 1);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('An embed is allowed once, goes with a withdrawal, and leaves no step in the history', async () => {
  const { page, problems } = await open('/embed');
  const frames = () => page.frames().filter((frame) => frame.url().endsWith('/framed')).length;
  await page.click('[data-privacy-part="placeholder"] [data-privacy-action="allow-once"]');
  await page.frameLocator('iframe').locator('p').waitFor();
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const steps = await page.evaluate(() => history.length);
  await page.evaluate(() => window.privacyDesk.withdraw());
  await page.waitForSelector('[data-privacy-part="placeholder"]');
  expect(frames()).toBe(0);
  expect(await page.evaluate(() => history.length)).toBe(steps);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('After a withdrawal what was stored is gone, and the page is fresh where the site wants that', async () => {
  const { page, problems } = await open('/reload');
  await page.evaluate(() => window.privacyDesk.acceptAll());
  await ranAll(page, 1);
  expect(await page.evaluate(() => document.cookie)).toContain('_ga=1');
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => window.privacyDesk.withdraw())]);
  await page.evaluate(() => window.privacyDesk.ready);
  expect(await ran(page)).toEqual([]);
  expect(await page.evaluate(() => document.cookie)).toMatch(/^(?=.*mine=1)(?!.*_ga=)/);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('A decision reaches the other tabs', async () => {
  const { page } = await open('/');
  const other = await page.context().newPage();
  await other.goto(`${pages.origin}/`);
  await page.evaluate(() => window.privacyDesk.acceptAll());
  await other.waitForFunction(() => window.privacyDesk.getPreference('MARKETING'));
  await page.context().close();
});

test('A script that arrives in pieces is run as a whole', async () => {
  const client = await (await fetch(`${pages.origin}/privacy-desk/client.js?`)).text();
  const slow = http.createServer((request, response) => {
    if (request.url === '/privacy-desk/client.js')
      return void response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(client);
    if (request.url !== '/') return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': 'text/html' });
    const padding = `/*${'x'.repeat(70_000)}*/`;
    const pieces = [
      `<!doctype html><title>t</title><script src="/privacy-desk/client.js"></script><script type="text/plain" data-privacy="STATISTICS">${tell('begin')};${padding}`,
      `${padding};${tell('middle')};`,
      `${padding};${tell('end')}</script><p>rest</p>`,
    ];
    const next = () => {
      const piece = pieces.shift();
      if (piece === undefined) return void response.end();
      response.write(piece);
      setTimeout(next, 200);
    };
    next();
  });
  await new Promise<void>((listening) => slow.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(origin);
  await page.evaluate(() => window.privacyDesk.acceptAll());
  await page.goto(`${origin}/`);
  await ranAll(page, 3);
  expect(await ran(page)).toEqual(['begin', 'middle', 'end']);
  await context.close();
  slow.closeAllConnections();
  await new Promise((closed) => slow.close(closed));
});
