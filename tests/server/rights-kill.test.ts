import fs from 'node:fs';
import path from 'node:path';
import type { Erasure } from '../../contract';
import { getService } from '../../server/src/get-service';
import { subjectHashOf } from '../../server/src/ledger/ingest';
import { linkSubject } from '../../server/src/rights/links';
import { eventually } from '../support/eventually';
import { personalData } from '../../playground/strapi/src/personal-data';
import { dumpDatabase, seedPerson, seedShop, tokenOf, type SeededPerson } from '../support/persons';
import { shopFolder, startShop } from '../support/shop';
import { createDatabase, type TestApp, type TestDatabase } from '../support/strapi';
import { startStrapiProcess } from '../support/strapi-process';

// Processes that boot, are killed, and boot again.
jest.setTimeout(600_000);

const config = { personalData, rights: { trustAccountEmail: 'always' } };

const left = async ({ strapi }: TestApp, { markers }: SeededPerson): Promise<string[]> => {
  const dump = (await dumpDatabase(strapi)).toLowerCase();
  return markers.filter((marker) => dump.includes(marker.toLowerCase()));
};

let database: TestDatabase;
let appDir: string;

beforeAll(async () => {
  database = await createDatabase();
  appDir = shopFolder();
});
afterAll(async () => {
  await database.drop();
  fs.rmSync(appDir, { recursive: true, force: true });
});

/**
 * A random moment of an erasure: of those that begin with the request and end some time after it would be done. Each kill
 * costs two starts of Strapi, so there are few of them; whatever moment is hit has to be right.
 */
it.each([0, 1].map((half) => half * 180 + Math.floor(Math.random() * 180)))(
  'is all or nothing, and comes to its end, when the process is killed after %i ms',
  async (delayMs) => {
    const before = await startShop({ database, config, appDir });
    const person = await seedPerson(before.strapi, await seedShop(before.strapi));
    const hashKey = await getService('keyRing', before).secret('subject-hashes');
    await linkSubject(before.strapi, person.id, subjectHashOf(hashKey, person.subject), person.subject);
    const token = await tokenOf(before.strapi, person);
    const stored = await left(before, person);
    await before.stop();

    const startedMs = Date.now();
    const other = await startStrapiProcess(database, config, appDir);
    const answer = fetch(`${other.url}/api/privacy-desk/me/erasure`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ confirm: person.email }),
    }).then(
      async (response) => (await response.json()) as Erasure,
      () => null,
    );
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    await other.kill();
    const said = await answer;

    const after = await startShop({ database, config, appDir });
    const rows = async (): Promise<Erasure[]> =>
      (await getService('rights', after).erasures.list()).filter(({ startedAt }) => Date.parse(startedAt) > startedMs);
    // Killed before it was written down: nothing happened, and nobody was told otherwise.
    if ((await rows()).length === 0) {
      expect(said).toBeNull();
      expect(await left(after, person)).toEqual(stored);
    } else {
      // A lease of the killed process is waited for.
      await eventually(async () => expect((await rows())[0]!.state).toBe('done'), 90_000);
      expect(await left(after, person)).toEqual([]);
      const uploads = fs.readdirSync(path.join(after.strapi.dirs.static.public, 'uploads'));
      expect(uploads.filter((name) => person.files.some((file) => name.includes(file)))).toEqual([]);
      if (said?.state === 'done') expect((await rows())[0]!.proof).toBe(said.proof);
    }
    await after.stop();
  },
  240_000,
);
