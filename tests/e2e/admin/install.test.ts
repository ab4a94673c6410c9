import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { openAdminPanel, type AdminPanel } from '../../support/admin-panel';
import { launchBrowser } from '../../support/browser';
import { startDemo, type Demo } from '../../support/demo';
import { logIn } from '../../support/demo-editor';

const address = '/plugins/privacy-desk/install?site=default';

let demo: Demo;
let browser: Browser;
let panel: AdminPanel;
let page: Page;

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  panel = await openAdminPanel(browser, demo);
  page = panel.page;
}, 900_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

/** What the browser refuses of a page with this policy and these scripts, once its banner is there. */
const refusedBy = async (policy: string, scripts: string): Promise<string[]> => {
  const html = `<!doctype html><html lang="en"><head><title>Copied</title>${scripts}</head><body></body></html>`;
  const server = http.createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html', ...(policy && { 'Content-Security-Policy': policy }) });
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const visitor = await browser.newPage();
  const refused: string[] = [];
  visitor.on('console', (message) => {
    if (/Content Security Policy|Trusted/.test(message.text())) refused.push(message.text());
  });
  await visitor.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  await visitor.locator('[data-privacy-part="banner"]').waitFor();
  await visitor.close();
  server.closeAllConnections();
  server.close();
  return refused;
};

describe('Install page', () => {
  it('sees a website that loads the script', async () => {
    await panel.open(address);
    await page
      .getByText(/^No request (yet|from)/)
      .first()
      .waitFor();
    const visitor = await browser.newPage();
    await visitor.goto(demo.websiteUrl);
    await page.getByText(`Requested from ${demo.websiteUrl}`).waitFor();
    await visitor.close();
  });

  it('has code that works when it is copied into a page', async () => {
    const code = await page.getByRole('region', { name: 'Script tag' }).innerText();
    expect(await refusedBy('', code)).toEqual([]);
  });

  it('has policies under which the copied code works', async () => {
    await page.getByRole('tab', { name: 'Strict CSP' }).click();
    const code = (await page.getByRole('region', { name: 'Strict CSP' }).innerText()).replaceAll('{nonce}', 'random-7');
    const ways = [...code.matchAll(/^Content-Security-Policy: (.*)\n+((?:<script[^]*?<\/script>\s*)+)/gm)];
    expect(ways).toHaveLength(2);
    for (const [, policy, scripts] of ways) expect(await refusedBy(policy!, scripts!)).toEqual([]);
  });

  it.each([
    ['light', 1440],
    ['dark', 768],
  ])('has no accessibility problem that axe can find: %s, %d pixels wide', async (theme, width) => {
    await page.evaluate((name) => localStorage.setItem('STRAPI_THEME', name), theme);
    await page.setViewportSize({ width, height: 1000 });
    await panel.open(address);
    await page.getByRole('region', { name: 'Script tag' }).waitFor();
    expect(await panel.violations('main')).toEqual([]);
  });

  it('is all that an Editor sees who may see nothing else', async () => {
    const editor = await logIn(demo);
    const reader = await openAdminPanel(browser, demo, await editor.colleague(['install.read']));
    await reader.open('/plugins/privacy-desk');
    await reader.page.getByRole('heading', { level: 1, name: 'Install' }).waitFor();
    expect(
      await reader.page.getByRole('navigation', { name: 'Privacy Desk' }).getByRole('link').allInnerTexts(),
    ).toEqual(['Install']);
    await reader.page.context().close();
  });
});
