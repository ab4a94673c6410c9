/** A Strapi that records consents, beside a plain controller that does one `create()` per request; for bench/ledger. */
import { randomBytes, randomUUID } from 'node:crypto';
import v8 from 'node:v8';
import vm from 'node:vm';
import { startStrapi } from '../support/start-strapi.mjs';
import { tamper } from './tamper.mjs';

const { strapi, publishing, listen } = await startStrapi();
const documents = (uid) => strapi.documents(uid);
const plugin = () => strapi.plugin('privacy-desk');

if ((await documents('plugin::privacy-desk.site').findMany({})).length === 0) {
  await documents('plugin::privacy-desk.site').create({ data: { key: 'default', name: 'Website' } });
  for (const [index, key] of ['ESSENTIALS', 'STATISTICS', 'MARKETING'].entries())
    await documents('plugin::privacy-desk.category').create({
      data: { key, name: key, mode: ['required', 'opt-out', 'opt-in'][index], order: index },
    });
}
await publishing.refresh();

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');

const stored = () => plugin().service('ledger').stored();
const timed = async (work) => {
  const from = performance.now();
  const result = await work();
  return { ms: performance.now() - from, result };
};

const answers = {
  version: async () => (await publishing.status('default')).version,
  verify: () => plugin().service('ledger').verify(),
  checkpoint: () => plugin().service('ledger').checkpoints().write(),
  tamper: (count) => tamper(strapi.db.connection, answers.verify, count),
  /** How long the statistics of so many days take, and how many decisions there are. */
  async statistics(days) {
    const to = Math.floor(Date.now() / 86_400_000);
    const { ms, result } = await timed(() => stored().statistics({ site: 'default', from: to - days + 1, to }));
    return { ms, decisions: result.decisions };
  },
  /** How long a search takes, and how many it found. */
  async search(query) {
    const { ms, result } = await timed(() => stored().records.search(query));
    return { ms, count: result.records.length };
  },
  /** Records consents of so many visitors, and tells their subjects. */
  async subjectsOf(count) {
    const { version } = await publishing.status('default');
    const subjects = Array.from({ length: count }, () => randomBytes(16).toString('base64url'));
    for (const subject of subjects)
      await fetch(`http://127.0.0.1:${strapi.server.httpServer.address().port}/api/privacy-desk/consents`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          id: randomUUID(),
          site: 'default',
          locale: 'en',
          configVersion: version,
          subject,
          choices: { STATISTICS: true },
          source: 'save',
          decidedAt: new Date().toISOString(),
        }),
      });
    return subjects;
  },
  /** By how many bytes what the process uses grows at most while so many lines are exported to a slow reader. */
  async exportMemory(lines) {
    const send = (path, options) =>
      fetch(`http://127.0.0.1:${strapi.server.httpServer.address().port}${path}`, options);
    const created = await send('/admin/register-admin', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'bench@example.com', password: 'Privacy-Desk-1', firstname: 'Bench' }),
    });
    const { data } = await created.json();
    const answer = await send('/privacy-desk/ledger/export?site=default&format=jsonl', {
      headers: { authorization: `Bearer ${data.token}` },
    });
    let [read, looked, first, most] = [0, 0, 0, 0];
    for await (const chunk of answer.body) {
      for (const byte of chunk) if (byte === 10) read += 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (read < looked + lines / 10) continue;
      looked = read;
      // Without what only waits to be collected: that is as much as the machine has room for.
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      // What the first tenth needed is there to stay: code, pools, statements.
      first ||= heapUsed + external;
      most = Math.max(most, heapUsed + external);
      if (read >= lines) break;
    }
    return { read, grown: most - first };
  },
  /** Which of these ids are recorded, and how often. */
  async find(ids) {
    const found = {};
    for (let start = 0; start < ids.length; start += 500) {
      const rows = await strapi.db
        .getConnection('privacy_desk_consents')
        .whereIn('id', ids.slice(start, start + 500))
        .select('id');
      for (const { id } of rows) found[id] = (found[id] ?? 0) + 1;
    }
    return found;
  },
};
process.on('message', async ({ id, method, parameters = [] }) => {
  process.send({ id, result: await answers[method](...parameters) });
});
process.send({ port: await listen() });
