import type { Browser, Page } from 'playwright-core';
import { openAdminPanel, type AdminPanel } from './admin-panel';
import { launchBrowser } from './browser';
import { startDemo, type Demo } from './demo';
import { logIn, type Editor } from './demo-editor';

/** The demo, and who works in its panel at the same time, each in a browser profile of their own. */
export interface AdminTeam {
  demo: Demo;
  browser: Browser;
  /** What nobody does in the panel, or what happens behind their backs. */
  editor: Editor;
  /** Two super admins. */
  admin: AdminPanel;
  other: AdminPanel;
  /** Somebody whose role has only the permissions that were given. */
  reader: AdminPanel;
  stop(): Promise<void>;
}

export const startTeam = async (permissions: string[]): Promise<AdminTeam> => {
  const demo = await startDemo();
  let browser: Browser | undefined;
  const stop = async () => {
    await browser?.close();
    await demo.stop();
  };
  try {
    browser = await launchBrowser();
    const editor = await logIn(demo);
    const admin = await openAdminPanel(browser, demo);
    const other = await openAdminPanel(browser, demo);
    const reader = await openAdminPanel(browser, demo, await editor.colleague(permissions));
    return { demo, browser, editor, admin, other, reader, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Strapi's colours from the next opened page on. */
export const useScheme = (page: Page, theme: string): Promise<void> =>
  page.evaluate((name) => localStorage.setItem('STRAPI_THEME', name), theme);

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** The next answer to such a request. */
export const answerTo = (page: Page, method: string, path: string) =>
  page.waitForResponse((response) => response.request().method() === method && response.url().includes(path));
