import fs from 'node:fs';
import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { Demo } from './demo';

const axeSource = fs.readFileSync(require.resolve('axe-core'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The built admin panel, used as an editor uses it. */
export interface AdminPanel {
  page: Page;
  /** Opens an address of the panel, for instance `/plugins/privacy-desk`. */
  open(path: string): Promise<void>;
  /** What axe finds inside an element: rule and markup; empty if nothing. */
  violations(selector: string): Promise<string[]>;
}

/** Logs in through the login form; as super admin unless somebody else is named. */
export const openAdminPanel = async (
  browser: Browser,
  demo: Demo,
  { adminEmail, adminPassword }: Pick<Demo, 'adminEmail' | 'adminPassword'> = demo,
): Promise<AdminPanel> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'en' });
  const page = await context.newPage();
  const open = async (path: string) => void (await page.goto(`${demo.strapiUrl}/admin${path}`));
  await open('/auth/login');
  await page.fill('input[name="email"]', adminEmail);
  await page.fill('input[name="password"]', adminPassword);
  await page.click('button[type="submit"]');
  await page.waitForURL((url) => !url.pathname.includes('/auth/'));
  return {
    page,
    open,
    async violations(selector) {
      await page.evaluate(`${axeSource};0`); // not a script element, which the panel's CSP refuses
      return page.evaluate(
        async ([inside, tags]) => {
          // What is still fading in has not its colours yet.
          const ending = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
          await Promise.allSettled(ending.map(({ finished }) => finished));
          const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(inside, {
            runOnly: [...tags],
          });
          return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
        },
        [selector, rules] as const,
      );
    },
  };
};
