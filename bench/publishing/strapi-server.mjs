/** A Strapi that is told by its parent to fill its catalogue and to publish it, and that tells what this took. */
import { randomBytes } from 'node:crypto';
import { startStrapi } from '../support/start-strapi.mjs';

const [items, count] = process.argv.slice(2).map(Number);
const codes = 'en de fr it es nl pt pl sv da nb fi cs ro hu el ja ar tr uk bg hr sk sl et lv lt'
  .split(' ')
  .slice(0, count);

const { strapi, publishing, listen } = await startStrapi();
await strapi.documents('plugin::privacy-desk.site').create({ data: { key: 'default', name: 'Website' } });
const category = await strapi
  .documents('plugin::privacy-desk.category')
  .create({ data: { key: 'STATISTICS', name: 'Statistics', mode: 'opt-out' } });
await publishing.refresh();
// Only what the command asks for is to be published.
await publishing.stop();
publishing.answer();

/** As an import would: rows straight into the tables. */
const fill = async () => {
  for (const code of codes.slice(1)) await strapi.plugin('i18n').service('locales').create({ code, name: code });
  const { tableName } = strapi.db.metadata.get('plugin::privacy-desk.tracking-item');
  const link = strapi.db.metadata.get('plugin::privacy-desk.tracking-item').attributes.category.joinTable;
  const ids = Array.from({ length: items }, () => randomBytes(12).toString('hex'));
  for (const code of codes) {
    for (let start = 0; start < items; start += 400) {
      const rows = ids.slice(start, start + 400).map((id, offset) => ({
        document_id: id,
        locale: code,
        key: `item-${start + offset}`,
        name: `Tracking item ${start + offset} (${code})`,
        description: JSON.stringify([
          {
            type: 'paragraph',
            children: [{ type: 'text', text: `Measures how visitors use the website, number ${id}, in ${code}.` }],
          },
          {
            type: 'paragraph',
            children: [{ type: 'text', text: 'The data is kept for fourteen months and then deleted.' }],
          },
        ]),
        provider: `Provider ${(start + offset) % 500}`,
        storage: JSON.stringify([
          {
            id: 'a',
            name: `_id_${start + offset}`,
            match: 'exact',
            kind: 'cookie',
            lifetime: 63072000,
            purpose: `Tells visitors apart (${code})`,
          },
          {
            id: 'b',
            name: `_session_${start + offset}`,
            match: 'exact',
            kind: 'cookie',
            lifetime: 'session',
            purpose: `Holds the session (${code})`,
          },
        ]),
        order: start + offset,
        enabled: true,
        created_at: Date.now(),
        updated_at: Date.now(),
        published_at: Date.now(),
      }));
      await strapi.db.connection(tableName).insert(rows);
    }
  }
  const rows = await strapi.db.connection(tableName).where({ locale: 'en' }).select('id');
  for (let start = 0; start < items; start += 400)
    await strapi.db
      .connection(link.name)
      .insert(
        rows
          .slice(start, start + 400)
          .map(({ id }) => ({ [link.joinColumn.name]: id, [link.inverseJoinColumn.name]: category.id })),
      );
  return `filled ${items * codes.length} rows`;
};

const MiB = 2 ** 20;
let before = 0;
let peak = 0;
const sample = () => (peak = Math.max(peak, process.memoryUsage.rss()));

const publish = async () => {
  globalThis.gc();
  before = process.memoryUsage.rss();
  const timer = setInterval(sample, 20);
  const cpu = process.cpuUsage();
  const start = performance.now();
  await publishing.start();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = (user + system) / 1e6;
  clearInterval(timer);
  const { version } = await publishing.status('default');
  const answer = await fetch(`http://127.0.0.1:${port}/api/privacy-desk/config`);
  const { length } = await answer.text();
  return { seconds, cpuSeconds, extraMiB: (peak - before) / MiB, version, bytes: length };
};

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Waits until everything is compressed as well as can be, then measures what looking for changes costs. */
const settle = async () => {
  const timer = setInterval(sample, 20);
  await pause(10);
  clearInterval(timer);
  const cpu = process.cpuUsage();
  await pause(10);
  const { user, system } = process.cpuUsage(cpu);
  await publishing.stop();
  publishing.answer();
  return { extraMiB: (peak - before) / MiB, idlePercent: (user + system) / 1e5 };
};

const commands = {
  fill,
  publish,
  settle,
  cpu: async () => {
    const { user, system } = process.cpuUsage();
    return { micros: user + system };
  },
};
process.on('message', async (command) => process.send(await commands[command]()));
const port = await listen();
process.send({ port });
