/* global window, document, addEventListener */
/** What needs no clock: accessibility, a strict policy, and whether the keyboard stays in the dialog. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { click, openPage } from './visits.mjs';

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const TABS = 40;

const visible = (page, selector) =>
  page.waitForFunction((wanted) => window.isVisible(wanted), selector, { timeout: 10_000 });

/** Rules that axe finds broken inside an element; animations have ended. */
const violations = async (page, selector) => {
  await page.waitForTimeout(1000);
  await page.evaluate(`${axeSource};0`);
  return page.evaluate(
    async ([inside, tags]) => {
      const target = [...document.querySelectorAll(inside)].find((element) => element.getClientRects().length > 0);
      const { violations: found } = await window.axe.run(target, { runOnly: tags });
      return found.map(({ id, nodes }) => `${id} ×${nodes.length}`);
    },
    [selector, rules],
  );
};

/** Whether Tab reaches something of the page behind the open dialog. */
const tabLeaves = async (page, selector) => {
  for (let press = 0; press < TABS; press++) {
    await page.keyboard.press('Tab');
    const outside = await page.evaluate((inside) => {
      const { activeElement, body } = document;
      return activeElement !== body && !activeElement.closest(inside);
    }, selector);
    if (outside) return true;
  }
  return false;
};

/** With a policy that allows nonces only and Trusted Types: violations, and whether asking and gating still work. */
const strict = async (browser, server, name, subject) => {
  const { context, page } = await openPage(browser, 1);
  await page.addInitScript(() => {
    window.reports = [];
    addEventListener('securitypolicyviolation', ({ effectiveDirective }) => window.reports.push(effectiveDirective));
  });
  try {
    await page.goto(`${server.origin}/${name}/strict`);
    await visible(page, subject.banner).catch(() => undefined);
    await page.waitForTimeout(1000);
    const asks = await page.evaluate((selector) => window.isVisible(selector), subject.banner);
    if (asks) await click(page, subject.accept);
    await page.waitForTimeout(1500);
    const { reports, ran } = await page.evaluate(() => ({
      reports: window.reports,
      ran: Boolean(window.ran?.STATISTICS),
    }));
    return { violations: reports.length, works: asks && ran };
  } finally {
    await context.close();
  }
};

export const checkAll = async (browser, server, name, subject) => {
  const { context, page } = await openPage(browser, 1);
  await page.goto(`${server.origin}/${name}/`);
  await visible(page, subject.banner);
  const banner = await violations(page, subject.banner);
  await click(page, subject.open);
  await visible(page, subject.dialog);
  const dialog = await violations(page, subject.dialog);
  const leaves = await tabLeaves(page, subject.dialog);
  await context.close();
  return { axe: [...banner, ...dialog], tabLeaves: leaves, strict: await strict(browser, server, name, subject) };
};
