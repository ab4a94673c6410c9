/** A Strapi that records consents, beside a plain controller that does one `create()` per request; for bench/ledger. */
import { startStrapi } from '../support/start-strapi.mjs';

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

const answers = {
  version: async () => (await publishing.status('default')).version,
  cpu: () => process.cpuUsage(),
  verify: () => plugin().service('ledger').verify(),
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
