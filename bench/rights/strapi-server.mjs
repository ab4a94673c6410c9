/** A Strapi with the demo's shop, that is told by its parent to fill itself with entries of one person and to export them. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { loadTestSupport } from '../support/test-support.mjs';
import { startStrapi } from '../support/start-strapi.mjs';

const { personalData } = await loadTestSupport(
  "export { personalData } from '../../playground/strapi/src/personal-data'",
);
const playground = fileURLToPath(new URL('../../playground/strapi/src', import.meta.url));
const benchApp = fileURLToPath(new URL('../app', import.meta.url));
const require = createRequire(import.meta.url);

const appDir = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-bench-shop-'));
process.on('exit', () => fs.rmSync(appDir, { recursive: true, force: true }));
const isSchema = (file) => fs.statSync(file).isDirectory() || file.endsWith('.json');
for (const name of ['config', 'public', 'database', 'package.json'])
  fs.cpSync(path.join(benchApp, name), path.join(appDir, name), { recursive: true });
for (const name of ['api', 'components'])
  fs.cpSync(path.join(playground, name), path.join(appDir, 'src', name), { recursive: true, filter: isSchema });
fs.symlinkSync(
  path.resolve(path.dirname(require.resolve('@strapi/strapi/package.json')), '../..'),
  path.join(appDir, 'node_modules'),
);

const { strapi } = await startStrapi({ appDir, config: { personalData } });
const knex = strapi.db.connection;
const EMAIL = 'bench@example.com';

/** Half orders with an address and two lines, half comments: rows straight into the tables, as an import would. */
const fill = async (entries) => {
  const user = await strapi
    .plugin('users-permissions')
    .service('user')
    .add({ username: 'bench', email: EMAIL, password: 'Passw0rd!', confirmed: true, provider: 'local', role: 1 });
  const meta = (uid) => strapi.db.metadata.get(uid);
  const order = meta('api::order.order');
  const comment = meta('api::comment.comment');
  const now = Date.now();
  const half = Math.floor(entries / 2);
  const each = (make) => Array.from({ length: half }, (_, index) => make(index + 1));
  const author = comment.attributes.author.joinTable;
  const components = order.attributes.shipping.joinTable;
  await knex.transaction(async (trx) => {
    const into = async (table, rows) => {
      for (let start = 0; start < rows.length; start += 80) await trx(table).insert(rows.slice(start, start + 80));
    };
    await into(
      order.tableName,
      each((id) => ({
        id,
        document_id: `order-${id}`,
        number: `N${id}`,
        email: EMAIL,
        note: `Please leave it at the door number ${id}.`,
        total: id,
        created_at: now,
        updated_at: now,
      })),
    );
    await into(
      meta('shop.address').tableName,
      each((id) => ({
        id,
        full_name: 'Bench Person',
        street: `Street ${id}`,
        postal_code: '1010',
        city: 'Vienna',
        country: 'Austria',
        phone: '+43 1 234567',
      })),
    );
    await into(meta('shop.order-line').tableName, [
      ...each((id) => ({ id: 2 * id, quantity: 1, engraving: `For ${id}` })),
      ...each((id) => ({ id: 2 * id + 1, quantity: 2, engraving: null })),
    ]);
    await into(
      components.name,
      each((id) => ({ entity_id: id, cmp_id: id, component_type: 'shop.address', field: 'shipping', order: 1 })),
    );
    await into(
      components.name,
      each((id) => ({ entity_id: id, cmp_id: 2 * id, component_type: 'shop.order-line', field: 'lines', order: 1 })),
    );
    await into(
      components.name,
      each((id) => ({
        entity_id: id,
        cmp_id: 2 * id + 1,
        component_type: 'shop.order-line',
        field: 'lines',
        order: 2,
      })),
    );
    await into(
      comment.tableName,
      each((id) => ({
        id,
        document_id: `comment-${id}`,
        author_name: 'Bench Person',
        text: `What I think of number ${id}.`,
        created_at: now,
        updated_at: now,
      })),
    );
    await into(
      author.name,
      each((id) => ({ [author.joinColumn.name]: id, [author.inverseJoinColumn.name]: user.id })),
    );
  });
  return user.id;
};

/** Reads a stream to its end, as fast as it comes. */
const drain = async (stream) => {
  let bytes = 0;
  const sink = new PassThrough().on('data', (part) => (bytes += part.length));
  stream.pipe(sink);
  stream.on('error', (error) => sink.destroy(error));
  await finished(sink);
  return bytes;
};

let user;
const commands = {
  fill: async ({ entries }) => {
    user = await fill(entries);
    global.gc?.();
  },
  export: async ({ format }) => {
    global.gc?.();
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
    const begin = performance.now();
    const rights = strapi.plugin('privacy-desk').service('rights');
    const person = {
      users: [{ id: user, documentId: 'x', username: 'bench', email: EMAIL }],
      emails: [EMAIL],
      subjects: [],
      subjectHashes: [],
    };
    const { stream } = await rights.access.archive(person, format, 'en');
    const bytes = await drain(stream);
    const seconds = (performance.now() - begin) / 1000;
    clearInterval(watch);
    return { bytes, seconds, extraMiB: (peak - before) / 2 ** 20 };
  },
  /** What reading the same entries with Strapi's document service takes. */
  documents: async ({ entries }) => {
    const begin = performance.now();
    let read = 0;
    for (const [uid, populate] of [
      ['api::order.order', { shipping: true, lines: { populate: ['product', 'gift'] }, customer: { fields: ['id'] } }],
      [
        'api::comment.comment',
        { author: { fields: ['id'] }, article: { fields: ['id'] }, replyTo: { fields: ['id'] } },
      ],
    ])
      for (let start = 0; start < Math.min(entries / 2, 5000); start += 500) {
        const found = await strapi.documents(uid).findMany({ populate, start, limit: 500, sort: 'id' });
        read += JSON.stringify(found).length && found.length;
      }
    return { perSecond: read / ((performance.now() - begin) / 1000) };
  },
  erase: async () => {
    const begin = performance.now();
    const rights = strapi.plugin('privacy-desk').service('rights');
    const person = {
      users: [{ id: user, documentId: 'x', username: 'bench', email: EMAIL }],
      emails: [EMAIL],
      subjects: [],
      subjectHashes: [],
    };
    const { state, failure } = await rights.erasures.erase(person, 'admin');
    if (state !== 'done') throw new Error(failure);
    return { seconds: (performance.now() - begin) / 1000 };
  },
};

process.on('message', async ({ command, ...parameters }) => {
  try {
    process.send({ result: (await commands[command](parameters)) ?? {} });
  } catch (error) {
    process.send({ error: error.stack });
  }
});
process.on('disconnect', () => process.exit());
process.send({ ready: true });
