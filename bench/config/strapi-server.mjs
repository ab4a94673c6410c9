/** A Strapi with 30 tracking items in 3 categories, and the same content in two content types of its own for REST. */
import { startStrapi } from '../support/start-strapi.mjs';

const { strapi, publishing, listen } = await startStrapi();
const documents = (uid) => strapi.documents(uid);

await documents('plugin::privacy-desk.site').create({ data: { key: 'default', name: 'Website' } });
const categories = [];
for (const [index, key] of ['ESSENTIALS', 'STATISTICS', 'MARKETING'].entries()) {
  const data = { key, name: key, mode: ['required', 'opt-out', 'opt-in'][index] };
  categories.push({
    ours: await documents('plugin::privacy-desk.category').create({ data: { ...data, order: index } }),
    theirs: await documents('api::bench-category.bench-category').create({ data }),
  });
}
for (let index = 0; index < 30; index++) {
  const category = categories[index % 3];
  const data = { key: `item-${index}`, name: `Tracking item ${index}`, provider: `Provider ${index}` };
  await documents('plugin::privacy-desk.tracking-item').create({
    data: { ...data, storage: [], category: category.ours.documentId },
  });
  await documents('api::bench-item.bench-item').create({
    data: { ...data, storage: [], category: category.theirs.documentId },
  });
}
const role = await strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' } });
for (const action of ['api::bench-item.bench-item.find', 'api::bench-category.bench-category.find'])
  await strapi.db.query('plugin::users-permissions.permission').create({ data: { action, role: role.id } });
await publishing.refresh();
process.send({ port: await listen() });
