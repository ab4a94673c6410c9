import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { Demo } from './demo';

/** Page views that the demo's two trackers have seen. */
export interface Hits {
  statistics: number;
  marketing: number;
}

/** Someone with a browser in front of the demo website. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  banner: Locator;
  dialog: Locator;
  /** Errors that no script caught. */
  errors: string[];
  /** Opens a page and waits until Privacy Desk has gated it and nothing is being loaded any more. */
  visit(path: string): Promise<void>;
  /** Clicks a button of the banner, or of the dialog while it is open, which then goes. */
  choose(action: 'accept-all' | 'reject-all' | 'open-settings' | 'save' | 'close'): Promise<void>;
  preferences(): Promise<Record<string, boolean>>;
  cookieNames(): Promise<string[]>;
}

export const bannerSelector = '[data-privacy-part="banner"]';
export const dialogSelector = 'dialog[data-privacy-part="settings"]';

/** A visitor in a browser profile of their own; pass a context to come back with an old one. */
export const newVisitor = async (demo: Demo, where: Browser | BrowserContext): Promise<Visitor> => {
  const context = 'newContext' in where ? await where.newContext() : where;
  // A thing that has not come by then does not come: say which, before the test as a whole runs out of time.
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const failed: string[] = [];
  page.on('requestfailed', (request) => failed.push(`${request.failure()?.errorText} ${request.url()}`));
  page.on('response', (response) => response.status() < 400 || failed.push(`${response.status()} ${response.url()}`));
  const [banner, dialog] = [page.locator(bannerSelector), page.locator(dialogSelector)];
  return {
    page,
    context,
    banner,
    dialog,
    errors,
    async visit(path) {
      await page.goto(demo.websiteUrl + path);
      await page
        .waitForFunction(() => window.privacyDesk.ready.then(() => true))
        .catch((cause) => {
          throw new Error(`Privacy Desk is not ready on ${path}. In vain: ${failed.join(', ') || 'nothing'}`, {
            cause,
          });
        });
      await page.waitForLoadState('networkidle');
    },
    async choose(action) {
      const root = (await dialog.isVisible()) ? dialog : banner;
      await root.locator(`[data-privacy-action="${action}"]`).click();
      if (action === 'open-settings') await dialog.waitFor();
      else await root.waitFor({ state: 'hidden' });
    },
    preferences: () => page.evaluate(() => window.privacyDesk.getPreferences()),
    cookieNames: async () => (await context.cookies(demo.websiteUrl)).map(({ name }) => name).sort(),
  };
};

export const hitsOf = async (demo: Demo): Promise<Hits> =>
  (await fetch(`${demo.websiteUrl}/hits`)).json() as Promise<Hits>;

export const resetHits = (demo: Demo): Promise<Response> => fetch(`${demo.websiteUrl}/hits/reset`, { method: 'POST' });

/** Resolves when `check` no longer throws, and throws its last error after the deadline. */
export const eventually = async <Result>(check: () => Promise<Result>, withinMs = 10_000): Promise<Result> => {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
};
