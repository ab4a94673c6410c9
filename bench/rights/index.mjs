/**
 * How fast everything of one person is exported and erased, with how much memory, beside the document service reading the
 * same entries.
 *
 *   node bench/rights/index.mjs [entries]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const [entries = 100_000] = process.argv.slice(2).map(Number);
const LEAST_PER_SECOND = 5000;
const MOST_MIB = 100;

const child = fork(fileURLToPath(new URL('strapi-server.mjs', import.meta.url)), { execArgv: ['--expose-gc'] });
process.on('exit', () => child.kill());
await once(child, 'message');
const ask = async (command, parameters = {}) => {
  child.send({ command, ...parameters });
  const [{ result, error }] = await once(child, 'message');
  if (error) throw new Error(error);
  return result;
};
const line = (label, value) => console.log(`${label.padEnd(44)}${value}`);

await ask('fill', { entries });
line('entries of the person', entries);
// The first one also loads code and warms it up.
await ask('export', { format: 'json' });
const { perSecond: baseline } = await ask('documents', { entries });
line('document service, entries/s', Math.round(baseline));
let reached = true;
for (const format of ['json', 'xml', 'csv']) {
  const { bytes, seconds, extraMiB } = await ask('export', { format });
  const rate = entries / seconds;
  reached &&= rate >= LEAST_PER_SECOND && extraMiB < MOST_MIB;
  line(`${format}, entries/s (at least ${LEAST_PER_SECOND})`, Math.round(rate));
  line(`${format} / document service`, (rate / baseline).toFixed(2));
  line(`${format}, extra memory, MiB (under ${MOST_MIB})`, extraMiB.toFixed(0));
  line(`${format}, zip, KiB`, Math.round(bytes / 1024));
}
const { seconds } = await ask('erase');
line('erasure, entries/s', Math.round(entries / seconds));
console.log(reached ? 'reached' : 'NOT reached');
process.exit(reached ? 0 : 1);
