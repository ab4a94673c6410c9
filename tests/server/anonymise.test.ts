import { personalData } from '../../playground/strapi/src/personal-data';
import { getService } from '../../server/src/get-service';
import { consentsOf } from '../support/consents';
import { startShop } from '../support/shop';
import { dump, uploadedFiles, writeShop, type ShopCorpus } from '../support/shop-corpus';
import { adminToken, createDatabase, type TestApp, type TestDatabase } from '../support/strapi';

jest.setTimeout(600_000);

const options = { seed: 'a seed', locale: 'de', password: 'Known-To-All-1', batchRows: 2 };

type Row = Record<string, unknown>;
const rowsOf = (app: TestApp, table: string): Promise<Row[]> =>
  app.strapi.db.getConnection(table).orderBy('id').select();
const remaining = (texts: string[], markers: string[]): string[] =>
  texts.filter((text) => markers.some((marker) => text.toLowerCase().includes(marker.toLowerCase())));

describe('A shop full of persons', () => {
  let app: TestApp;
  let corpus: ShopCorpus;
  let before: Record<string, Row[]>;
  const tables = ['orders', 'comments', 'profiles', 'up_users', 'newsletter_subscriptions', 'components_shop_addresss'];

  beforeAll(async () => {
    app = await startShop();
    corpus = await writeShop(app.strapi);
    await adminToken(app.strapi);
    const api = consentsOf(app);
    await api.record(await api.body());
    // Whoever has the live site's master key with the copy could open it.
    await app.strapi.db.getConnection('privacy_desk_requests').insert({
      id: '0f8fad5b-d9cb-469f-a165-70867728950e',
      reference: '7KQ2-M9XD',
      site: 'default',
      locale: 'en',
      type: 'access',
      state: 'confirmed',
      received_at_ms: Date.now(),
      due_at_ms: Date.now() + 1e9,
      email_hash: 'of an address',
      downloads: 0,
      version: 1,
      sealed_key: 'a key',
      sealed_content: 'an address and a message',
    });
    await app.strapi.db.query('plugin::content-manager.history-version').create({
      data: {
        contentType: 'api::profile.profile',
        relatedDocumentId: corpus.profiles[0]!,
        data: { nickname: 'zq1-nick-of-all' },
        schema: {},
      },
    });
    before = Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await rowsOf(app, table)])));
  });
  afterAll(() => app?.stop());

  it('is planned without being touched', async () => {
    const texts = await dump(app.strapi);
    const plan = await getService('anonymisation', app).plan(options);
    expect(plan).toMatchObject({
      production: null,
      interrupted: false,
      files: { count: 9, provider: 'local', mode: 'remove' },
    });
    const target = (name: string) => plan.targets.find((found) => found.name === name);
    expect(target('api::order.order')).toMatchObject({ rows: 3, table: 'orders' });
    expect(target('api::order.order → lines → gift')).toMatchObject({ rows: 3 });
    // Published and draft, and the German draft.
    expect(target('api::profile.profile')!.rows).toBe(9);
    expect(target('api::profile.profile → sections[profile.quote]')!.rows).toBe(9);
    expect(target('admin::user')!.rows).toBe(1);
    expect(plan.stores.find(({ what }) => what.startsWith('content history'))!.rows).toBeGreaterThan(0);
    expect(plan.stores.find(({ what }) => what.startsWith('data requests'))!.rows).toBe(1);
    expect(await dump(app.strapi)).toEqual(texts);
  });

  it('loses every person, and keeps what is none', async () => {
    expect(remaining(await dump(app.strapi), corpus.markers).length).toBeGreaterThan(corpus.markers.length / 2);
    const { email, password } = (await app.strapi.db.query('admin::user').findOne({}))!;
    const report = await getService('anonymisation', app).run(options);
    const texts = await dump(app.strapi);
    expect(remaining(texts, [...corpus.markers, email, password, 'zqtown', 'zqfirst'])).toEqual([]);
    expect(remaining(uploadedFiles(app.strapi), corpus.markers)).toEqual([]);
    expect(report).toMatchObject({ files: { removed: 9, failed: 0 }, check: { leftovers: [], more: 0 } });
    expect(report.check!.originals).toBeGreaterThan(corpus.markers.length / 2);
    expect(texts.filter((text) => text.includes('privacy_desk_anonymisation'))).toEqual([]);
    expect(remaining(texts, ['an address and a message', 'of an address'])).toEqual([]);
    expect(texts).toContain('articles.title: How to sit');
    expect(texts.filter((text) => text.startsWith('components_shop_addresss.country: Germany')).length).toBe(12);
    expect(texts.filter((text) => text.startsWith('orders.number: 2026-')).length).toBe(3);
  });

  it('has one person in all places', async () => {
    const [orders, users, addresses, profiles] = await Promise.all(
      ['orders', 'up_users', 'components_shop_addresss', 'profiles'].map((table) => rowsOf(app, table)),
    );
    // Whose address is encrypted: read as the site reads it.
    const subscriptions = (await app.strapi
      .documents('api::newsletter-subscription.newsletter-subscription' as never)
      .findMany({ sort: 'id' } as never)) as unknown as Row[];
    for (const [index, user] of users!.entries()) {
      expect(user.email).toMatch(/^[a-z.]+\.[a-z0-9]{12}@example\.com$/);
      expect(orders![index]!.email).toBe(user.email);
      expect(subscriptions[index]!.email).toBe(user.email);
    }
    expect(new Set(users!.map(({ email }) => email)).size).toBe(3);
    const changes = (table: string, rows: Row[], column: string): Map<unknown, Set<unknown>> => {
      const made = new Map<unknown, Set<unknown>>();
      for (const [index, row] of rows.entries()) {
        const original = before[table]![index]![column];
        made.set(original, (made.get(original) ?? new Set()).add(row[column]));
      }
      return made;
    };
    for (const column of ['full_name', 'phone']) {
      const made = changes('components_shop_addresss', addresses!, column);
      expect(made.size).toBe(3);
      for (const values of made.values()) expect(values.size).toBe(1);
    }
    const phones = new Set([...addresses!, ...profiles!].map(({ phone }) => phone));
    expect(phones.size).toBe(3);
    for (const phone of phones) expect(phone).toMatch(/^\+49 15\d \d{7}$/);
    const read = (await app.strapi
      .documents('api::profile.profile' as never)
      .findMany({ sort: 'id' } as never)) as unknown as Row[];
    expect(new Set(read.map(({ iban }) => iban)).size).toBe(3);
    for (const { iban } of read) expect(iban).toMatch(/^DE\d\d \d{4} \d{4} \d{4} \d{4} \d\d$/);
    for (const { birthday } of profiles!) {
      expect(String(birthday)).toMatch(/^\d{4}-\d\d-\d\d/);
    }
  });

  it('can still be read as before', async () => {
    const profile = (await app.strapi.documents('api::profile.profile' as never).findOne({
      documentId: corpus.profiles[0]!,
      locale: 'en',
      status: 'published',
      populate: '*',
    } as never)) as unknown as { story: Row[]; sections: Row[]; avatar: unknown; home: Row };
    expect(profile.story[0]).toMatchObject({ type: 'paragraph', children: [{ type: 'text' }] });
    expect(profile.sections).toHaveLength(2);
    expect(profile.avatar).toBeNull();
    expect(profile.home.country).toBe('Germany');
    const links = await app.strapi.db.getConnection('comments_author_lnk').select();
    expect(links).toEqual([]);
    expect((await app.strapi.db.getConnection('orders_customer_lnk').select()).length).toBe(3);
  });

  it('has only the accounts that its report tells of', async () => {
    const { admin } = await getService('anonymisation', app).run({ ...options, seed: 'another one' });
    const found = await app.strapi.db.query('admin::user').findOne({ where: { email: admin! } });
    const valid = (hash: string): Promise<boolean> =>
      app.strapi.service('admin::auth').validatePassword(options.password, hash);
    expect(await valid(found!.password)).toBe(true);
    for (const user of await rowsOf(app, 'up_users')) {
      expect(await valid(user.password as string)).toBe(true);
      expect(user).toMatchObject({ reset_password_token: null, confirmation_token: null, provider: 'local' });
    }
    expect(await rowsOf(app, 'strapi_sessions')).toEqual([]);
  });

  it('has a ledger and an audit trail that verify', async () => {
    expect(await getService('ledger', app).verify([])).toMatchObject({ ok: true, consents: 1 });
    expect(await app.strapi.db.getConnection('privacy_desk_consent_subjects').select()).toEqual([]);
    expect(await getService('audit', app).verify()).toMatchObject({ ok: true });
  });
});

describe('The same seed', () => {
  const contents = async (database: TestDatabase, seed: string, batchRows: number): Promise<string[]> => {
    const app = await startShop({ database });
    try {
      await writeShop(app.strapi, 2);
      await getService('anonymisation', app).run({ ...options, seed, batchRows, keepAdmins: true });
      const texts: string[] = [];
      for (const table of ['orders', 'profiles', 'up_users', 'components_shop_addresss', 'components_profile_quotes'])
        for (const row of await rowsOf(app, table)) {
          // What is encrypted looks different each time.
          for (const name of ['document_id', 'created_at', 'updated_at', 'published_at', 'password', 'iban'])
            delete row[name];
          texts.push(JSON.stringify(row));
        }
      return texts;
    } finally {
      await app.stop();
      await database.drop();
    }
  };

  it('makes the same of the same database, in batches of any size; another seed does not', async () => {
    const first = await contents(await createDatabase(), 'one', 1);
    expect(await contents(await createDatabase(), 'one', 1000)).toEqual(first);
    expect(await contents(await createDatabase(), 'two', 1000)).not.toEqual(first);
  });
});

describe('What stands in the way', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startShop({ config: { personalData: { ...personalData } } })));
  afterAll(() => app?.stop());

  it('is found wherever it was copied to, and replaced if asked for', async () => {
    const { strapi } = app;
    const knex = strapi.db.connection;
    await strapi.db.getConnection('orders').insert({
      number: 'x-1',
      email: 'carla.secret@example.net',
      note: 'The key is under the mat',
    });
    const [{ id }] = (await strapi.db.getConnection('orders').where({ number: 'x-1' }).select('id')) as [
      { id: number },
    ];
    await knex.schema.createTable('legacy_log', (table) => {
      table.increments('id');
      table.text('line');
      table.json('payload');
    });
    await knex('legacy_log').insert([
      { line: 'nothing at all' },
      { line: 'Mail to CARLA.SECRET@example.net; order sent', payload: JSON.stringify({ tel: ['no'] }) },
      { line: 'https://example.org/?mail=carla.secret%40example.net' },
      { line: 'ok', payload: JSON.stringify({ deep: [{ to: 'carla.secret@example.net' }] }) },
      { line: 'she said: the key is under the mat!' },
      { line: 'carla.secret@example.network is somebody else' },
    ]);
    const run = { ...options, keepAdmins: true };
    const report = await getService('anonymisation', app).run(run);
    expect(id).toBeGreaterThan(0);
    expect(report.check!.leftovers.map(({ table, column, id: row }) => `${table}.${column} ${row}`).sort()).toEqual([
      'legacy_log.line 2',
      'legacy_log.line 3',
      'legacy_log.line 5',
      'legacy_log.payload 4',
    ]);

    await strapi.db
      .getConnection('orders')
      .update({ email: 'carla.secret@example.net', note: 'The key is under the mat' });
    const scrubbed = await getService('anonymisation', app).run({ ...run, scrub: true });
    expect(scrubbed.check).toMatchObject({ leftovers: [], scrubbed: 4 });
    const lines = (await knex('legacy_log').orderBy('id').select()) as { line: string; payload: unknown }[];
    expect(JSON.stringify(lines.slice(0, 5))).not.toMatch(/carla|secret@|under the mat/i);
    expect(lines[0]!.line).toBe('nothing at all');
    expect(lines[1]!.line).toMatch(/^Mail to \S+; order sent$/);
    const payload = lines[3]!.payload;
    expect((typeof payload === 'string' ? JSON.parse(payload) : payload) as unknown).toMatchObject({
      deep: [{ to: expect.stringMatching(/^[a-z]{5}\.[a-z]{6}@[a-z]{7}\.[a-z]{3}$/) }],
    });
    expect(lines[5]!.line).toContain('carla.secret@example.network');
    await knex.schema.dropTable('legacy_log');
  });

  it('gives way where the database allows a value only once', async () => {
    const { strapi } = app;
    await strapi.db.getConnection('comments').delete();
    // There are but ten numbers of one digit, and nine of them are taken.
    await strapi.db.connection.schema.alterTable(
      'comments',
      (table) => void table.unique(['author_name'], { indexName: 'one_name' }),
    );
    await strapi.db
      .getConnection('comments')
      .insert(Array.from({ length: 9 }, (_, index) => ({ author_name: String(index), text: 'x' })));
    const map = { ...personalData['api::comment.comment'], fields: { authorName: 'postalCode' as const } };
    const mapped = jest.spyOn(getService('personalDataMap', app), 'usable');
    mapped.mockResolvedValue(new Map([['api::comment.comment', map as never]]));
    try {
      await getService('anonymisation', app).run({ ...options, verify: 'off', keepAdmins: true });
      const names = (await rowsOf(app, 'comments')).map(({ author_name }) => author_name);
      expect(new Set(names).size).toBe(9);
      for (const [index, name] of names.entries()) {
        expect(name).toMatch(/^\d$/);
        expect(name).not.toBe(String(index));
      }
    } finally {
      mapped.mockRestore();
      await strapi.db.connection.schema.alterTable(
        'comments',
        (table) => void table.dropUnique(['author_name'], 'one_name'),
      );
    }
  });
});
