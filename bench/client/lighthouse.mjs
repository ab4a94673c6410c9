/**
 * Lighthouse on the demo's first page, and on the same page without our script, in turns:
 *
 *   npm run bench:lighthouse -- [rounds]     after `npm run build`
 *
 * 100 in accessibility and best practices; in performance at most one point below the page without us (medians).
 */
import { median } from '../support/load.mjs';
import { loadTestSupport } from '../support/test-support.mjs';
import { ensurePeers } from './install.mjs';

ensurePeers();
const { launch } = await import('chrome-launcher');
const { default: lighthouse } = await import('lighthouse');
const { findChromium, startDemo } = await loadTestSupport(
  "export { findChromium } from './browser'; export { startDemo } from './demo';",
);

const rounds = Number(process.argv[2] ?? 5);
const ALLOWED_LOSS = 1;
const pages = { with: '/', without: '/empty/' };
const categories = ['performance', 'accessibility', 'best-practices'];

const demo = await startDemo();
const chrome = await launch({
  chromePath: findChromium(),
  chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
});
const scores = Object.fromEntries(
  Object.keys(pages).map((name) => [name, Object.fromEntries(categories.map((category) => [category, []]))]),
);
const found = new Set();
try {
  for (let round = 0; round < rounds; round++)
    for (const [name, path] of Object.entries(pages)) {
      const { lhr } = await lighthouse(`${demo.websiteUrl}${path}`, {
        port: chrome.port,
        onlyCategories: categories,
        logLevel: 'error',
      });
      for (const category of categories) scores[name][category].push(Math.round(lhr.categories[category].score * 100));
      if (name === 'with')
        for (const category of ['accessibility', 'best-practices'])
          for (const { id } of lhr.categories[category].auditRefs) {
            const { score, title } = lhr.audits[id];
            if (score !== null && score < 1) found.add(`${category}: ${title} (${id})`);
          }
    }
} finally {
  chrome.kill();
  await demo.stop();
}

const middle = (name, category) => median(scores[name][category]);
console.log(`Lighthouse, ${rounds} rounds in turns, medians (all scores)\n`);
for (const category of categories)
  for (const name of Object.keys(pages))
    console.log(
      `${category.padEnd(16)}${`${name} our script`.padEnd(22)}${middle(name, category)}  (${scores[name][category].join(', ')})`,
    );
for (const problem of found) console.log(problem);
const reached =
  middle('with', 'accessibility') === 100 &&
  middle('with', 'best-practices') === 100 &&
  middle('with', 'performance') >= middle('without', 'performance') - ALLOWED_LOSS;
console.log(reached ? 'reached' : 'Not reached.');
process.exitCode = reached ? 0 : 1;
