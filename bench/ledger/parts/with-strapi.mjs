import { createDatabase } from '../databases.mjs';
import { startStrapi, stop } from '../processes.mjs';

/** A new database for as long as `work` takes. */
export const withDatabase = async (client, work) => {
  const database = await createDatabase(client);
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
};

/** A new database with a Strapi on it. */
export const withStrapi = (client, work) =>
  withDatabase(client, async (database) => {
    const strapi = await startStrapi(database);
    try {
      return await work(database, strapi);
    } finally {
      await stop(strapi.child);
    }
  });
