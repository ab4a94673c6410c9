/** The table and the chart of docs/benchmarks.md. */
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median } from '../support/load.mjs';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const OURS = 'privacy-desk';
/** A returning visit to the gated script, at most that much more than the hand-written stub. */
const STUB_RATIO = 1.3;
/** A lead that chance would give more often says little. */
const CHANCE = 0.05;

/** Rows of the table: `key` of a visit's result; `rates` at which it is given; `compete` where the first place counts. */
const rows = [
  { title: 'Bytes until the banner', key: 'bytesToBanner', rates: [1], digits: 0, compete: true },
  { title: 'Bytes with the settings dialog', key: 'bytesToDialog', rates: [1], digits: 0, compete: true },
  { title: 'Bytes of a returning visit', key: 'bytesReturning', rates: [1], digits: 0, compete: true },
  { title: 'Script, first visit, CPU ms', key: 'script', digits: 1, compete: true },
  { title: 'Main thread, first visit, CPU ms', key: 'mainThread', digits: 0, compete: true },
  { title: 'Navigation to banner, ms', key: 'banner', digits: 0, compete: true },
  { title: 'Click to settings dialog, ms', key: 'dialog', digits: 0, compete: true },
  { title: 'Accept to gated script, ms', key: 'accept', digits: 0, compete: true },
  { title: 'Returning (warm) to gated script, ms', key: 'returningWarm', digits: 0, compete: true },
  { title: 'Returning (cold) to gated script, ms', key: 'returningCold', digits: 0, compete: true },
  { title: 'Long tasks, first visit', key: 'longTasks', digits: 0 },
  { title: 'Total blocking time, ms', key: 'blocking', digits: 0 },
  { title: 'Layout shift', key: 'shift', rates: [1], digits: 3 },
  { title: 'Requests until the banner', key: 'requests', rates: [1], digits: 0 },
  { title: 'Heap, KB', key: 'heap', rates: [1], digits: 0 },
];

const valuesOf = (results, name, { key }, rate) =>
  results[name][rate].map((result) => result[key]).filter((value) => value !== undefined);

const cell = (results, name, row, rate) => {
  const values = valuesOf(results, name, row, rate);
  if (!values.length) return '–';
  const show = (value) => value.toFixed(row.digits);
  const [least, most] = [Math.min(...values), Math.max(...values)].map(show);
  const middle = show(median(values));
  return least === most ? middle : `${middle} (${least}–${most})`;
};

const timing = (subjects, results) => {
  const names = Object.keys(subjects);
  const lines = [
    `| | CPU | ${names.map((name) => subjects[name].label).join(' | ')} |`,
    `|---|---|${names.map(() => '---:').join('|')}|`,
  ];
  for (const row of rows)
    for (const rate of row.rates ?? [1, 4])
      lines.push(
        `| ${row.title} | ${row.rates ? '' : rate === 1 ? '1×' : `${rate}× slower`} | ${names.map((name) => cell(results, name, row, rate)).join(' | ')} |`,
      );
  return lines;
};

const checked = (subjects, checks) => {
  const names = Object.keys(checks);
  const line = (title, show) => `| ${title} | ${names.map((name) => show(checks[name])).join(' | ')} |`;
  return [
    `| | ${names.map((name) => subjects[name].label).join(' | ')} |`,
    `|---|${names.map(() => '---').join('|')}|`,
    line('axe violations, banner and settings', ({ axe }) => axe.join(', ') || 'none'),
    line('Violations of a strict CSP with Trusted Types', ({ strict }) => strict.violations),
    line('Works under it (asks, and runs what was allowed)', ({ strict }) => (strict.works ? 'yes' : 'no')),
    line('Tab leaves the open settings', ({ tabLeaves }) => (tabLeaves ? 'yes' : 'no')),
  ];
};

/** A bar chart: time to the banner and bytes, at the slower rate. */
const chart = (subjects, results) => {
  const shown = Object.keys(subjects).filter((name) => subjects[name].banner);
  const panels = [
    { title: 'Bytes until the banner (brotli 11)', key: 'bytesToBanner', rate: 1 },
    { title: 'Script of a first visit, CPU 4× slower, ms', key: 'script', rate: 4 },
    { title: 'Navigation to banner, CPU 4× slower, ms', key: 'banner', rate: 4 },
    { title: 'Returning (warm) to gated script, CPU 4× slower, ms', key: 'returningWarm', rate: 4 },
  ];
  const [rowHeight, left, width, bars] = [26, 220, 820, 520];
  const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const parts = [];
  let y = 16;
  for (const { title, key, rate } of panels) {
    parts.push(`<text x="16" y="${y + 14}" font-weight="600">${escape(title)}</text>`);
    y += 28;
    const middles = shown.map((name) => median(valuesOf(results, name, { key }, rate)));
    for (const [index, name] of shown.entries()) {
      const length = Math.max(2, (middles[index] / Math.max(...middles)) * bars);
      const colour = name === OURS ? '#4945ff' : '#a5a5ba';
      parts.push(
        `<text x="${left - 10}" y="${y + 15}" text-anchor="end">${escape(subjects[name].label.replace(/ \(.*/, ''))}</text>` +
          `<rect x="${left}" y="${y + 3}" width="${length.toFixed(1)}" height="16" rx="3" fill="${colour}"/>` +
          `<text x="${(left + length + 8).toFixed(1)}" y="${y + 15}">${Math.round(middles[index]).toLocaleString('en')}</text>`,
      );
      y += rowHeight;
    }
    y += 14;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" font-family="system-ui, sans-serif" font-size="13" fill="#32324d" role="img" aria-label="Benchmark of consent managers"><rect width="100%" height="100%" fill="#fff"/>${parts.join('')}</svg>\n`;
};

/** How likely a fair coin shows heads at least so often. */
const byChance = (heads, tosses) => {
  let [sum, ways] = [0, 1];
  for (let count = tosses; count >= heads; count--) {
    sum += ways;
    ways = (ways * count) / (tosses - count + 1);
  }
  return sum / 2 ** tosses;
};

/** In how many rounds a rival that is ahead in the median was faster, and whether chance would do so, too (sign test). */
const leadOf = (theirs, ours) => {
  const differences = theirs.map((value, round) => value - ours[round]).filter((difference) => difference !== 0);
  const faster = differences.filter((difference) => difference < 0).length;
  const chance = byChance(faster, differences.length) < CHANCE ? '' : ', which may be chance';
  return `faster in ${faster} of ${theirs.length} rounds${chance}`;
};

/** Rows in which rivals are ahead of ours in the median, in words. */
const aheadOf = (subjects, results) => {
  const rivals = Object.keys(subjects).filter((name) => subjects[name].banner && name !== OURS);
  return rows
    .filter(({ compete }) => compete)
    .flatMap((row) =>
      (row.rates ?? [1, 4]).flatMap((rate) => {
        const ours = valuesOf(results, OURS, row, rate);
        return rivals.flatMap((rival) => {
          const theirs = valuesOf(results, rival, row, rate);
          return median(theirs) < median(ours) ? `${row.title}, ${rate}×: ${rival} (${leadOf(theirs, ours)})` : [];
        });
      }),
    );
};

/** What the benchmark demands besides the first places, and is not reached. */
const failuresOf = (results, checks) => {
  const failures = [];
  for (const rate of [1, 4]) {
    const row = { key: 'returningWarm' };
    const ratio = median(valuesOf(results, OURS, row, rate)) / median(valuesOf(results, 'stub', row, rate));
    console.log(
      `returning visit to gated script, against the stub, at ${rate}×: ${ratio.toFixed(2)} (limit ${STUB_RATIO})`,
    );
    if (ratio > STUB_RATIO) failures.push(`returning visit at ${rate}×: ${ratio.toFixed(2)} times the stub`);
  }
  const { axe, strict, tabLeaves } = checks[OURS];
  if (axe.length || strict.violations || !strict.works || tabLeaves)
    failures.push(`checks: ${JSON.stringify(checks[OURS])}`);
  return failures;
};

/** Writes docs/benchmarks.md and its chart. @returns what is not reached, in words */
export const writeReport = ({ subjects, results, checks, rounds, machine }) => {
  const ahead = aheadOf(subjects, results);
  fs.mkdirSync(`${docs}images`, { recursive: true });
  fs.writeFileSync(`${docs}images/benchmark.svg`, chart(subjects, results));
  const text = [
    '# Benchmarks of the client',
    '',
    `Written by \`npm run bench:client\`: the same page with three purposes, twelve services and two gated scripts, with each consent manager from npm set up by its own guide; ${rounds} rounds in turns in one Chromium, medians with least and most; ${machine}; everything from memory on the same machine, brotli 11. "CPU 4× slower" is Chromium's own throttling. Times depend on the machine; compare within the table.`,
    '',
    '![Bytes and times of the consent managers](images/benchmark.svg)',
    '',
    ...timing(subjects, results),
    '',
    `Ahead of Privacy Desk in the median, in time or bytes: ${ahead.join('; ') || 'none'}.`,
    '',
    'The stub is a gate by hand of 33 lines without any interface, inline in the page: the physical limit. Bytes are those of scripts, styles and configs that a consent manager loads, and of what stands inline in the page for it. c15t stands on React, which is not counted in its bytes.',
    '',
    ...checked(subjects, checks),
    '',
  ].join('\n');
  fs.writeFileSync(`${docs}benchmarks.md`, text);
  console.log(text);
  return [...ahead.map((place) => `first place: ${place}`), ...failuresOf(results, checks)];
};
